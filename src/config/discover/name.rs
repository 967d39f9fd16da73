//! What the name of a file tells without a look into it.

use crate::text::SourcePath;

/// Folders whose texts are somebody else's, or examples, or made by a program.
const FOREIGN: [&str; 18] = [
    "__tests__",
    "build",
    "dist",
    "example",
    "examples",
    "fixtures",
    "node_modules",
    "public",
    "site-packages",
    "target",
    "template",
    "templates",
    "test",
    "testdata",
    "tests",
    "third-party",
    "third_party",
    "vendor",
];

/// How the name of a file opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening<'a> {
    /// The letters before the number; empty for none.
    pub(super) letters: &'a str,
    /// The digits of the number.
    pub(super) digits: &'a str,
}

/// Whether a file is Markdown of the project's own.
pub(super) fn is_text(path: &SourcePath) -> bool {
    let is_foreign = |part: &str| FOREIGN.iter().any(|foreign| foreign.eq_ignore_ascii_case(part));
    path.is_markdown() && !path.folder().split('/').any(is_foreign)
}

/// The letters and the number that open a name: `0007-x`, `ADR-7 x`, `caip-12`, `20240101-x`.
pub(super) fn opening(name: &str) -> Option<Opening<'_>> {
    let letters = name.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, rest) = name.split_at_checked(letters)?;
    let rest = if letters.is_empty() { rest } else { rest.strip_prefix(['-', '_', ' ', '#']).unwrap_or(rest) };
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at_checked(end)?;
    let is_apart = after.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (!digits.is_empty() && is_apart).then_some(Opening { letters, digits })
}
