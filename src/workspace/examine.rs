//! One text on its way into the log: read, examined, and laid aside where nobody needs all of it.

use super::counts::Counts;
use crate::check::{Allows, Context, check_record, in_own_words, sort};
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::source::{Shelf, Source};
use std::sync::Arc;

/// What is kept of a record once it was examined.
#[derive(Clone, Debug)]
pub(super) enum Keep {
    /// All of it, and its diagrams are drawn: pages are made of it.
    Everything,
    /// The same, for this run alone.
    Once,
    /// All of it: pages may be made of it.
    Texts,
    /// What the log and other records ask of it. The rest waits on the shelf, so that memory does not grow with the texts.
    Joints(Arc<Shelf>),
}

/// A record, and what was found in it alone.
#[derive(Clone)]
pub(super) struct Examined {
    /// The record.
    pub(super) record: Arc<Record>,
    /// The findings.
    pub(super) found: Vec<Diagnostic>,
    /// The findings that its comments allow.
    pub(super) allows: Allows,
    /// What its text holds.
    pub(super) counts: Counts,
}

/// The same text; everything else is made of it, under the same settings and on the same day.
impl PartialEq for Examined {
    fn eq(&self, other: &Examined) -> bool {
        let (one, other) = (&self.record.source, &other.record.source);
        one.path == other.path && one.says_the_same(other)
    }
}

/// Reads a text and runs the rules that look at one record alone.
pub(super) fn examine(source: &Source, context: &Context<'_>, keep: &Keep) -> Examined {
    let (record, mut found) = Record::parse(source, context.config);
    if matches!(keep, Keep::Everything | Keep::Once) && context.config.diagrams.draw {
        for code in record.outline.fences.iter().filter_map(|fence| fence.diagram.as_ref()) {
            // Drawn before the rules run, so that they and the pages find it drawn; what cannot be drawn is a rule's to report.
            let _ = context.diagrams.draw(&code.text, &context.config.limits.text);
        }
    }
    found.append(&mut check_record(&record, context));
    in_own_words(&record, &mut found);
    sort(&mut found);
    let allows = Allows::of(&record);
    let counts = Counts::of(&record.outline);
    let record = match keep {
        Keep::Everything | Keep::Once | Keep::Texts => record.shrunk(),
        Keep::Joints(shelf) => record.laid_aside(shelf),
    };
    found.shrink_to_fit();
    Examined { record: Arc::new(record), found, allows, counts }
}
