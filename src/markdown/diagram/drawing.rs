//! What drawing a diagram gives.

/// The id that stands in a drawing wherever one is needed, for callers to replace by one that is unique on the page.
pub(crate) const PLACEHOLDER: &str = "diagram-id-placeholder";

/// A drawn diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The SVG element, cleaned by the allow-list; every id and reference starts with `diagram-id-placeholder`.
    pub svg: String,
    /// Title for the reader: `accTitle`, the diagram's own title, or the kind in words (`Flowchart`).
    pub title: String,
    /// Whether its palette cannot follow light and dark, so that it needs a light card.
    pub light_only: bool,
}
