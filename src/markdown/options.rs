//! The one set of parser options.

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
    /// Whether Mermaid fences are drawn.
    pub diagrams: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { raw_html: RawHtml::default(), highlight: true, diagrams: true }
    }
}
