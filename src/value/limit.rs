//! How much structure is read: enough for people, too little for attacks.

use super::excerpt::Excerpt;
use crate::diagnostic::Diagnostic;

/// How much the head of a page may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadLimits {
    /// Its bytes.
    pub bytes: usize,
    /// How many keys all of its tables may hold together.
    pub keys: usize,
    /// How deep tables and lists may lie within each other.
    pub depth: usize,
}

impl HeadLimits {
    /// The depth that may be asked for: the parsers call themselves, and twice that often where keys have dots.
    pub const DEEPEST: usize = 20;
}

impl Default for HeadLimits {
    fn default() -> HeadLimits {
        HeadLimits { bytes: 64 * 1024, keys: 500, depth: 16 }
    }
}

/// What to do about a head that is too long, and about one that has too many keys.
const SHORTEN: [&str; 2] = [
    "move long texts into the body, or raise `front-matter-bytes` under `[limits]` in `precedent.toml`",
    "move what is not about the record itself into the body, or raise `front-matter-keys` under `[limits]` in `precedent.toml`",
];

/// Whether a finding says that a text is too long, or has too many keys, to be read whole.
pub fn is_of_excess(finding: &Diagnostic) -> bool {
    finding.help.as_deref().is_some_and(|help| SHORTEN.contains(&help))
}

/// The limits of one text.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What messages call the text.
    pub(super) noun: &'static str,
    bytes: usize,
    /// How many keys all tables may hold together.
    pub(super) keys: usize,
    /// How deep tables and lists may lie within each other.
    pub(super) depth: usize,
    /// What to do where it is too long, has too many keys and is too deep.
    help: [&'static str; 3],
}

impl From<&HeadLimits> for Limit {
    fn from(limits: &HeadLimits) -> Limit {
        let HeadLimits { bytes, keys, depth } = *limits;
        let [shorten, part] = SHORTEN;
        let flatten = "write it flatter, or raise `front-matter-depth` under `[limits]` in `precedent.toml`";
        Limit { noun: "the front matter", bytes, keys, depth, help: [shorten, part, flatten] }
    }
}

impl Limit {
    /// Those of `precedent.toml`, which says what the others are. A whole file may be larger than the head of a page.
    pub const SETTINGS: Limit = Limit {
        noun: "the file",
        bytes: 1024 * 1024,
        keys: 20_000,
        depth: 16,
        help: ["take out what is not needed", "take out what is not needed", "write it flatter"],
    };

    /// What to say about a text that is too long to be read.
    pub(super) fn too_long(&self, text: &Excerpt<'_>) -> Option<Diagnostic> {
        if text.text.len() <= self.bytes {
            return None;
        }
        let (start, end) = text.line(0);
        let message = format!("{} has {} bytes; it may have {}", self.noun, text.text.len(), self.bytes);
        Some(text.malformed(start, end.min(start + 80), message).with_help(self.help[0]))
    }

    /// What to say where nesting goes too deep.
    pub(super) fn too_deep(&self, text: &Excerpt<'_>, at: usize) -> Diagnostic {
        let message = format!("{} is nested more than {} levels deep here", self.noun, self.depth);
        text.malformed(at, at + 1, message).with_help(self.help[2])
    }

    /// What to say at the first key that is one too many.
    pub(super) fn too_many(&self, text: &Excerpt<'_>, start: usize, end: usize) -> Diagnostic {
        let message = format!("{} has more than {} keys; from here on they are not read", self.noun, self.keys);
        text.malformed(start, end, message).with_help(self.help[1])
    }
}
