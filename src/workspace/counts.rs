//! What texts hold, in numbers.

use crate::markdown::Outline;
use std::iter::Sum;

/// How much of what there is in texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) links: usize,
    /// Links that name a place in a page of ours.
    pub(super) anchors: usize,
    pub(super) diagrams: usize,
}

impl Counts {
    /// Those of one text.
    pub(super) fn of(outline: &Outline) -> Counts {
        let names_anchor = |target: &str| target.contains('#') && !target.contains("://");
        Counts {
            links: outline.links.len(),
            anchors: outline.links.iter().filter(|link| names_anchor(&link.target.value)).count(),
            diagrams: outline.fences.iter().filter(|fence| fence.diagram.is_some()).count(),
        }
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Counts>>(counts: I) -> Counts {
        counts.fold(Counts::default(), |sum, other| Counts {
            links: sum.links + other.links,
            anchors: sum.anchors + other.anchors,
            diagrams: sum.diagrams + other.diagrams,
        })
    }
}
