//! Where a fault is: the parser's word for it, corrected where the parser only notices later.

use crate::text::{Span, line_start};

/// Words that open what `end` closes.
const OPENERS: &[&str] = &["subgraph", "loop", "alt", "opt", "par", "critical", "break", "rect", "box"];

/// The line around an offset, without the space around it.
pub(super) fn line_at(source: &str, offset: usize) -> Span {
    let start = line_start(source, offset.min(source.len()));
    let end = source.get(offset..).and_then(|rest| rest.find('\n')).map_or(source.len(), |at| offset + at);
    trimmed(source, start, end)
}

/// The last line before an offset that holds anything but a comment.
pub(super) fn line_before(source: &str, offset: usize) -> Span {
    let before = source.get(..offset).unwrap_or(source);
    lines(before).filter(|(_, line)| !line.is_empty() && !line.starts_with("%%")).last().map_or(Span::new(0, 0), of)
}

/// The first line that holds a text.
pub(super) fn line_with(source: &str, text: &str) -> Option<Span> {
    lines(source).find(|(_, line)| line.contains(text)).map(of)
}

/// The first place of a text.
pub(super) fn first(source: &str, text: &str) -> Option<Span> {
    source.find(text).map(|at| Span::new(at, at + text.len()))
}

/// The first line that holds anything.
pub(super) fn first_line(source: &str) -> Span {
    lines(source).find(|(_, line)| !line.is_empty()).map_or(Span::new(0, 0), of)
}

/// The line with this number, from 1.
pub(super) fn line_number(source: &str, number: usize) -> Option<Span> {
    lines(source).nth(number.checked_sub(1)?).map(of)
}

/// The last line that opens a block which nothing closes, and the word that opens it.
pub(super) fn unclosed(source: &str, closer: Closer) -> Option<(Span, &str)> {
    let mut open = Vec::new();
    for (at, line) in lines(source) {
        let word = line.split_whitespace().next().unwrap_or("");
        match closer {
            Closer::End if OPENERS.contains(&word) => open.push((of((at, line)), word)),
            Closer::Brace if line.ends_with('{') => open.push((of((at, line)), word)),
            Closer::End if line == "end" => drop(open.pop()),
            Closer::Brace if line.starts_with('}') => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}

/// What closes a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closer {
    /// The word `end`.
    End,
    /// A brace.
    Brace,
}

/// Lines without the space around them, each with the offset of its first character.
fn lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    source.split_inclusive('\n').map(move |line| {
        let at = start + (line.len() - line.trim_start().len());
        start += line.len();
        (at, line.trim())
    })
}

fn of((at, line): (usize, &str)) -> Span {
    Span::new(at, at + line.len())
}

fn trimmed(source: &str, start: usize, end: usize) -> Span {
    let line = source.get(start..end).unwrap_or("");
    let at = start + (line.len() - line.trim_start().len());
    Span::new(at, at + line.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_block_left_open_is_the_innermost() {
        let source = "flowchart TB\n subgraph A\n  subgraph B\n   x --> y\n  end\n";
        let (span, word) = unclosed(source, Closer::End).unwrap();
        assert_eq!((span.of(source), word), ("subgraph A", "subgraph"));
        let source = "stateDiagram-v2\n state A {\n  x --> y\n }\n state B {\n";
        assert_eq!(unclosed(source, Closer::Brace).map(|(span, _)| span.of(source)), Some("state B {"));
        assert_eq!(unclosed("flowchart TB\n subgraph A\n end\n", Closer::End), None);
    }

    #[test]
    fn lines_are_found_without_their_indent() {
        let source = "a\n  b — c\n\n%% note\nd";
        assert_eq!(line_at(source, 6).of(source), "b — c");
        assert_eq!(line_before(source, source.len() - 1).of(source), "b — c");
        assert_eq!(line_number(source, 5).map(|span| span.of(source)), Some("d"));
    }
}
