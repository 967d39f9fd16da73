//! Text to HTML.

use super::diagram::{Diagrams, Problem};
use super::options::Options;
use super::outline::Outline;

/// Where things lead; records answer, Markdown does not ask how.
pub trait Resolve {
    /// A link's target as written; `None` leaves the text without a link (it leads nowhere).
    fn link(&self, target: &str) -> Option<Link>;
    /// An image's target as written; `None` shows the text alternative.
    fn image(&self, target: &str) -> Option<String>;
    /// A bare identifier (`ADR-7`); `None` leaves it plain text.
    fn mention(&self, id: &str) -> Option<Link>;
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address for `href`, not yet escaped for HTML.
    pub href: String,
    /// A title for the reader, often empty.
    pub title: String,
    /// A class for the style sheet, often empty: `record superseded`.
    pub class: String,
}

/// A rendered text.
#[derive(Clone, Debug, Default)]
pub struct Html {
    /// The HTML of the body.
    pub body: String,
    /// The first H1, as HTML without the `h1` itself, when the text opens with one: it is left out of `body`, and shown in the page's head.
    pub title: Option<String>,
    /// What could not be drawn or coloured, with places in the file.
    pub problems: Vec<Problem>,
    /// Whether the page holds a Mermaid source that was not drawn.
    pub undrawn: bool,
}

/// Renders `text[body..]`, whose outline is `outline` (its anchors are used).
pub fn html(
    _text: &str,
    _body: usize,
    _outline: &Outline,
    _options: &Options,
    _diagrams: &Diagrams,
    _links: &dyn Resolve,
) -> Html {
    todo!()
}
