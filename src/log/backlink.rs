//! Who mentions whom, and in which words.

use crate::text::Span;

/// A mention, seen from its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlink {
    /// The record that mentions it: a position in [`super::DecisionLog::records`].
    pub from: usize,
    /// Where.
    pub span: Span,
    /// The sentence around it, as plain text: before, the mention itself, after.
    pub sentence: (String, String, String),
}
