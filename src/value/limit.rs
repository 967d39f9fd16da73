//! How much structure is read: enough for people, too little for attacks.

use super::excerpt::Excerpt;
use crate::diagnostic::Diagnostic;
use crate::text::SourcePath;

/// How deep tables and lists may lie within each other.
pub(super) const DEPTH: usize = 16;

/// What to do about a head that holds too much.
const SHORTEN: [&str; 2] = ["move long texts into the body", "move what is not about the record itself into the body"];

/// Whether a finding says that a text is too long, or has too many keys, to be read whole.
pub fn is_of_excess(finding: &Diagnostic) -> bool {
    finding.help.as_deref().is_some_and(|help| SHORTEN.contains(&help))
}

/// The limits of one text.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    /// What messages call the text.
    pub(super) noun: &'static str,
    bytes: usize,
    /// How many keys all tables may hold together.
    pub(super) keys: usize,
}

impl Limit {
    /// The limits for a file: a whole file of settings may be larger than the head of a page.
    pub(super) fn of(path: &SourcePath) -> Limit {
        if path.extension().eq_ignore_ascii_case("toml") {
            Limit { noun: "the file", bytes: 1024 * 1024, keys: 20_000 }
        } else {
            Limit { noun: "the front matter", bytes: 64 * 1024, keys: 500 }
        }
    }

    /// What to say about a text that is too long to be read.
    pub(super) fn too_long(&self, text: &Excerpt<'_>) -> Option<Diagnostic> {
        if text.text.len() <= self.bytes {
            return None;
        }
        let (start, end) = text.line(0);
        let message =
            format!("{} is {} KiB long; it may have {} KiB", self.noun, text.text.len() / 1024, self.bytes / 1024);
        Some(text.malformed(start, end.min(start + 80), message).with_help(SHORTEN[0]))
    }

    /// What to say where nesting goes too deep.
    pub(super) fn too_deep(&self, text: &Excerpt<'_>, at: usize) -> Diagnostic {
        let message = format!("{} is nested more than {DEPTH} levels deep here", self.noun);
        text.malformed(at, at + 1, message).with_help("write it flatter")
    }

    /// What to say at the first key that is one too many.
    pub(super) fn too_many(&self, text: &Excerpt<'_>, start: usize, end: usize) -> Diagnostic {
        let message = format!("{} has more than {} keys; from here on they are not read", self.noun, self.keys);
        text.malformed(start, end, message).with_help(SHORTEN[1])
    }
}
