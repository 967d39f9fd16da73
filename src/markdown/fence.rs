//! Fences as the outline lists them.

use super::outline::{Code, Fence};
use super::run::Run;
use crate::text::Span;
use std::ops::Range;

/// The language of fences that are drawn.
pub(super) const MERMAID: &str = "mermaid";

/// A fence without its code; the text is that of a diagram where its language says so.
pub(super) fn fence(info: &str, range: &Range<usize>) -> Fence {
    let first = |c: char| c.is_whitespace() || matches!(c, ',' | '{');
    let language = info.trim_start().split(first).next().unwrap_or("").to_lowercase();
    let diagram = (language == MERMAID).then(Code::default);
    Fence { span: Span::new(range.start, range.end), language, diagram }
}

/// Adds a piece of the code of a diagram.
pub(super) fn add_code(code: &mut Code, run: &Run<'_>) {
    if code.text.is_empty() || code.text.ends_with('\n') {
        code.line_starts.push(Span::new(run.span.start, run.span.start).start);
    }
    let line_ends = run.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
    for start in line_ends.filter(|start| *start < run.text.len()) {
        let start = run.source_at(start);
        code.line_starts.push(Span::new(start, start).start);
    }
    code.text.push_str(&run.text);
}
