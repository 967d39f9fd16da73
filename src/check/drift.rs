//! How a text that is no longer what it was is pointed at.

use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::text::{Location, Span};

/// Beyond so many changed places nobody reads on.
const MOST: usize = 5;

/// What a rule says of a text that has changed since somebody vouched for it.
pub(super) struct Words {
    /// What is wrong.
    pub(super) message: &'static str,
    /// What stands under the first changed place.
    pub(super) label: &'static str,
    /// What stands under the fingerprint.
    pub(super) vouched: String,
    /// What to do.
    pub(super) help: &'static str,
}

/// A finding of `rule` at the first place that changed, with the others and the fingerprint beside it; at the fingerprint, where
/// the places cannot be told.
pub(super) fn changed(rule: &'static str, record: &Record, digest: Span, places: &[Span], words: Words) -> Diagnostic {
    let name = record.id.as_ref().map_or_else(|| record.path().to_string(), |id| id.value.to_string());
    let help = format!("{}; `precedent diff {name}` shows the words", words.help);
    let at = |span| Location { path: record.path().clone(), span };
    let Some((first, others)) = places.split_first() else {
        let finding = Diagnostic::new(rule, record.path(), digest, words.message);
        return finding.with_label(words.vouched).with_help(help);
    };
    let mut finding = Diagnostic::new(rule, record.path(), *first, words.message).with_label(words.label);
    finding = finding.with_related(at(digest), words.vouched);
    for other in others.iter().take(MOST - 1) {
        finding = finding.with_related(at(*other), "this, too");
    }
    finding.with_help(help)
}

/// A finding that a fingerprint cannot be read.
pub(super) fn unreadable(rule: &'static str, record: &Record, digest: Span, help: &str) -> Diagnostic {
    let finding = Diagnostic::new(rule, record.path(), digest, "`digest` is no fingerprint of this version");
    finding.with_label("cannot be read").with_help(help)
}
