//! Mermaid sources to SVG at build time.

use crate::text::Span;
use std::sync::Arc;

/// A fault in a diagram or in code, at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in one line, without a full stop.
    pub message: String,
    /// Where; in the source of the diagram from [`Diagrams`], in the file from `html`.
    pub span: Span,
    /// What to do.
    pub help: Option<String>,
}

/// A drawn diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The SVG element, cleaned by the allow-list; ids and selectors start with `diagram_id`, which callers replace to be unique on a page.
    pub svg: String,
    /// Title for the reader: `accTitle`, the diagram's own title, or the kind in words (`Flowchart`).
    pub title: String,
    /// Whether its palette cannot follow light and dark, so that it needs a light card.
    pub light_only: bool,
}

/// Draws diagrams, and remembers what it drew by the source's digest.
#[derive(Debug, Default)]
pub struct Diagrams {}

impl Diagrams {
    /// What is wrong with a source, without drawing it; empty when nothing is.
    pub fn check(&self, _source: &str) -> Vec<Problem> {
        todo!()
    }

    /// The drawing, or why there is none; `Ok(None)` when this build of the program draws no diagrams.
    pub fn draw(&self, _source: &str) -> Result<Option<Arc<Drawing>>, Problem> {
        todo!()
    }
}
