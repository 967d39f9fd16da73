//! A fault in a diagram or in code, at a place.

use crate::text::Span;

/// A fault in a diagram or in code, at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in one line, without a full stop.
    pub message: String,
    /// Where; in the source of the diagram from `Diagrams`, in the file from `html`.
    pub span: Span,
    /// What to do.
    pub help: Option<String>,
}
