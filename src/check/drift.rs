//! How a text that is no longer what it was is pointed at.

use crate::diagnostic::Diagnostic;
use crate::record::{Difference, Piece, Record};
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

/// The rules whose findings say that a text has changed.
const RULES: [&str; 2] = ["silent-drift", "changed-after-circulation"];

/// Whether a finding says that a text has changed since somebody vouched for it.
pub fn is_drift(finding: &Diagnostic) -> bool {
    RULES.contains(&finding.rule)
}

/// Says in a finding which words have changed, for whom the text of then is at hand.
pub fn with_words(finding: &mut Diagnostic, difference: &Difference) {
    let words = |span: Span| {
        let at = difference.passages.iter().find(|passage| passage.span == span)?;
        changed_words(&at.pieces)
    };
    if let Some(words) = words(finding.primary.span) {
        finding.label = words;
    }
    let path = finding.primary.path.clone();
    for related in finding.related.iter_mut().filter(|related| related.location.path == path) {
        if let Some(words) = words(related.location.span) {
            related.message = words;
        }
    }
}

/// The first change of a passage in a few words: `was "sixty"`, `"in bold" is new`.
fn changed_words(pieces: &[Piece]) -> Option<String> {
    let at = pieces.iter().position(|piece| !matches!(piece, Piece::Same(_)))?;
    match (pieces.get(at)?, pieces.get(at + 1)) {
        (Piece::Gone(gone), Some(Piece::New(_))) => Some(format!("was \"{}\"", few(gone))),
        (Piece::Gone(gone), _) => Some(format!("\"{}\" is gone", few(gone))),
        (Piece::New(new), _) => Some(format!("\"{}\" is new", few(new))),
        (Piece::Same(_), _) => None,
    }
}

/// The first words of many.
fn few(words: &str) -> String {
    let all: Vec<&str> = words.split(' ').collect();
    match all.get(..7).filter(|_| all.len() > 8) {
        Some(first) => format!("{} …", first.join(" ")),
        None => words.to_owned(),
    }
}

/// A finding that a fingerprint cannot be read.
pub(super) fn unreadable(rule: &'static str, record: &Record, digest: Span, help: &str) -> Diagnostic {
    let finding = Diagnostic::new(rule, record.path(), digest, "`digest` is no fingerprint of this version");
    finding.with_label("cannot be read").with_help(help)
}
