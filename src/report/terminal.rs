//! Findings for a person at a terminal.

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::text::SourcePath;

/// How the terminal is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Colour and underlines.
    Coloured,
    /// Neither.
    Plain,
}

/// One finding as text: rule, message, place, the source underlined, other places, help; ends with a newline.
pub fn terminal<'a>(
    _finding: &Diagnostic,
    _source: &dyn Fn(&SourcePath) -> Option<&'a Source>,
    _style: Style,
) -> String {
    todo!()
}
