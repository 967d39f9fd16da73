//! Mermaid sources to SVG at build time.

#[cfg(feature = "diagrams")]
mod allow;
#[cfg(feature = "diagrams")]
mod cascade;
#[cfg(feature = "diagrams")]
mod clean;
#[cfg(feature = "diagrams")]
mod colour;
#[cfg(feature = "diagrams")]
mod draw;
mod drawing;
#[cfg(feature = "diagrams")]
mod explain;
#[cfg(feature = "diagrams")]
mod kind;
#[cfg(feature = "diagrams")]
mod measure;
#[cfg(feature = "diagrams")]
mod memo;
#[cfg(feature = "diagrams")]
mod number;
#[cfg(feature = "diagrams")]
mod paint;
mod problem;
#[cfg(feature = "diagrams")]
mod stylesheet;
#[cfg(feature = "diagrams")]
mod widths;

pub use drawing::Drawing;
pub(super) use drawing::PLACEHOLDER;
pub use problem::Problem;

#[cfg(feature = "diagrams")]
use memo::Memo;
use std::sync::Arc;

/// Draws diagrams, and remembers what it drew by the source's digest.
#[derive(Debug, Default)]
pub struct Diagrams {
    #[cfg(feature = "diagrams")]
    memo: Memo,
}

#[cfg(feature = "diagrams")]
impl Diagrams {
    /// What is wrong with a source, without drawing it; empty when nothing is.
    ///
    /// A source that has been drawn, or that could not be, is answered from memory.
    pub fn check(&self, source: &str) -> Vec<Problem> {
        match self.memo.recall(source) {
            Some(Ok(_)) => Vec::new(),
            Some(Err(problem)) => vec![problem],
            None => explain::analyse(source).into_iter().collect(),
        }
    }

    /// The drawing, or why there is none; `Ok(None)` when this build of the program draws no diagrams.
    ///
    /// # Errors
    /// The first thing that is wrong with the source, at its place.
    pub fn draw(&self, source: &str) -> Result<Option<Arc<Drawing>>, Problem> {
        self.memo.draw(source).map(Some)
    }
}

#[cfg(not(feature = "diagrams"))]
impl Diagrams {
    /// What is wrong with a source; nothing, when this build of the program draws no diagrams.
    pub fn check(&self, _source: &str) -> Vec<Problem> {
        Vec::new()
    }

    /// The drawing, or why there is none; `Ok(None)` when this build of the program draws no diagrams.
    ///
    /// # Errors
    /// None in this build.
    pub fn draw(&self, _source: &str) -> Result<Option<Arc<Drawing>>, Problem> {
        Ok(None)
    }
}
