//! Front matter line by line, for when it does not parse as a whole.

use super::super::excerpt::Excerpt;
use super::super::tree::{Data, Entry, Scalar, Value};
use crate::text::Spanned;

/// A line of the form `key: value`.
pub(super) struct KeyLine<'a> {
    pub(super) key: &'a str,
    key_at: (usize, usize),
    /// Where the value stands; empty when the line ends after the colon.
    pub(super) value: (usize, usize),
}

impl<'a> KeyLine<'a> {
    /// Reads the line from `start` to `end`; `None` when it has no key.
    pub(super) fn of(text: &Excerpt<'a>, start: usize, end: usize) -> Option<KeyLine<'a>> {
        let line = text.slice(start, end);
        let is_colon = |at: usize| matches!(line.as_bytes().get(at + 1), None | Some(b' ' | b'\t'));
        let colon = line.match_indices(':').map(|(at, _)| at).find(|at| is_colon(*at))?;
        let before = line.get(..colon)?;
        let key = before.trim().trim_matches(['"', '\'']);
        if key.is_empty() || key.starts_with('#') {
            return None;
        }
        let key_start = start + (before.len() - before.trim_start().len());
        let after = line.get(colon + 1..)?;
        let value = after.trim_start();
        let from = start + colon + 1 + (after.len() - value.len());
        let key_at = (key_start, start + before.trim_end().len());
        Some(KeyLine { key, key_at, value: (from, from + value.trim_end().len()) })
    }

    /// Whether there is no value on the line.
    pub(super) fn is_empty(&self) -> bool {
        self.value.0 >= self.value.1
    }
}

/// Cuts a text before each line that begins a new key at the margin.
pub(super) fn blocks<'a>(text: &Excerpt<'a>) -> Vec<Excerpt<'a>> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.text.split_inclusive('\n') {
        let goes_on = line.starts_with([' ', '\t', '#', '-', ']', '}', '\r', '\n']);
        if at > 0 && !goes_on {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().copied().skip(1).chain([text.text.len()]);
    let cut = |(start, end): (&usize, usize)| Excerpt {
        path: text.path,
        text: text.slice(*start, end),
        offset: text.offset + start,
    };
    starts.iter().zip(ends).map(cut).collect()
}

/// What can be saved from a block that is not YAML: its key, with the rest of its line or the items below.
pub(super) fn salvage(block: &Excerpt<'_>) -> Option<Entry> {
    let (start, end) = block.line(0);
    let line = KeyLine::of(block, start, end)?;
    let key = Spanned::new(line.key.to_owned(), block.span(line.key_at.0, line.key_at.1));
    if !line.is_empty() {
        return Some(Entry { key, value: raw(block, line.value.0, line.value.1) });
    }
    let items = items(block, end);
    let span = items.first().zip(items.last()).map_or(block.span(end, end), |(first, last)| crate::text::Span {
        start: first.span.start,
        end: last.span.end,
    });
    let data = if items.is_empty() { Data::Scalar(Scalar::Null, String::new()) } else { Data::List(items) };
    Some(Entry { key, value: Value { span, data } })
}

/// The `- item` lines after byte `from`.
fn items(block: &Excerpt<'_>, from: usize) -> Vec<Value> {
    let mut items = Vec::new();
    let mut at = from;
    while let Some(newline) = block.text.get(at..).and_then(|rest| rest.find('\n')) {
        let (start, end) = block.line(at + newline + 1);
        let line = block.slice(start, end);
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            let item = item.trim_start();
            items.push(raw(block, end - item.len(), end));
        }
        at = end.max(at + newline + 1);
    }
    items
}

/// A value as it is written, without quotes around it.
fn raw(block: &Excerpt<'_>, start: usize, end: usize) -> Value {
    let text = block.slice(start, end).trim_matches(['"', '\'']).trim().to_owned();
    Value { span: block.span(start, end), data: Data::Scalar(Scalar::Broken, text) }
}
