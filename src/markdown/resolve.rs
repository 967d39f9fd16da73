//! Where things lead: the questions that rendering asks of its caller.

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
