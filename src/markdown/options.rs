//! The one set of parser options.

use super::limits::Limits;

/// What becomes of HTML written in the Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// Harmless elements pass, comments vanish, everything else is shown as text.
    #[default]
    Sanitise,
    /// All of it passes: only for trusted texts.
    Allow,
    /// All of it is shown as text.
    Escape,
}

/// How a text is rendered.
#[derive(Clone, Debug)]
pub struct Options {
    /// What becomes of HTML written in the Markdown.
    pub raw_html: RawHtml,
    /// Whether code is coloured.
    pub highlight: bool,
    /// Whether pictures from other hosts are shown; where they are not, a link leads to each.
    pub remote_images: bool,
    /// Whether Mermaid fences are drawn.
    pub diagrams: bool,
    /// Whether an H1 that opens the text stays in the body: it does where it is not the page's title (`Record::title_heading` is `None`).
    pub keep_title: bool,
    /// Whether the words are gathered besides, for those who search in them.
    pub passages: bool,
    /// How much a text may hold.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            raw_html: RawHtml::default(),
            highlight: true,
            remote_images: true,
            diagrams: true,
            keep_title: false,
            passages: false,
            limits: Limits::default(),
        }
    }
}

/// What the parser understands; the same for the outline and for the page, so that both see one text.
///
/// Metadata blocks are off: they match anywhere in a text and would swallow it.
pub(super) fn parser() -> pulldown_cmark::Options {
    use pulldown_cmark::Options;
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH
}
