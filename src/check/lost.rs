//! Links of one text that lead nowhere: those to one place are one finding.

use super::allow::is_named;
use crate::diagnostic::{Diagnostic, Edit, Label};
use crate::record::Record;
use std::collections::BTreeMap;

/// A target that leads nowhere.
pub(super) struct Lost {
    /// What is wrong with it.
    pub(super) finding: Diagnostic,
    /// Where it leads, however it is written: the same for two that one reader takes for one.
    pub(super) place: String,
}

/// The findings of `rule` in a record, one for each place; where it allows some of them, each for itself.
pub(super) fn joined(rule: &str, record: &Record, lost: impl Iterator<Item = Lost>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for Lost { finding, place } in lost {
        match places.get_mut(&place).filter(|_| !is_named(record, rule)) {
            Some(place) => {
                if let Some(first) = found.get_mut(place.at) {
                    place.more += usize::from(!join(first, finding));
                }
            }
            None => {
                places.insert(place, Place { at: found.len(), more: 0 });
                found.push(finding);
            }
        }
    }
    for place in places.into_values().filter(|place| place.more > 0) {
        if let Some(last) = found.get_mut(place.at).and_then(|first| first.related.last_mut()) {
            last.message = format!("here, too, and in {} more places", place.more);
        }
    }
    found
}

/// Where among the findings the links to one place are, and how many of them it does not name.
struct Place {
    at: usize,
    more: usize,
}

/// Places that one finding names; nobody follows more of them.
pub(super) const MOST_PLACES: usize = 50;

/// Makes one of two findings that a text leads to the same place: who mends one link mends both. `false` when the first names
/// enough places already, and the other is only to be counted.
fn join(first: &mut Diagnostic, other: Diagnostic) -> bool {
    if first.related.len() >= MOST_PLACES {
        return false;
    }
    if let (Some(fix), Some(more)) = (&mut first.fix, other.fix) {
        let is_new = |edit: &Edit| !fix.edits.contains(edit);
        let new: Vec<Edit> = more.edits.into_iter().filter(is_new).collect();
        fix.edits.extend(new);
    }
    let is_known = first.primary == other.primary || first.related.iter().any(|label| label.location == other.primary);
    if !is_known {
        first.related.push(Label { location: other.primary, message: "here, too".to_owned() });
    }
    true
}
