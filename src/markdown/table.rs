//! The tables and list items that stand in a part of a text, read when a rule asks for them.

use super::events::{Events, Glimpse};
use crate::text::{Span, Spanned};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// A table; cells are plain text without markup, each with the place of its trimmed source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The first row.
    pub header: Vec<Spanned<String>>,
    /// The others.
    pub rows: Vec<Vec<Spanned<String>>>,
}

/// The tables in a part of a text, in order; spans are offsets in the whole text.
pub fn tables(text: &str, within: Span) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    if !within.of(text).contains('|') {
        return tables;
    }
    let mut row: Vec<Spanned<String>> = Vec::new();
    let mut cell: Option<Spanned<String>> = None;
    pieces(text, within).each(|piece, _| {
        if let Some(cell) = &mut cell {
            write(&mut cell.value, text, &piece);
        }
        let Glimpse::Other(event, range) = piece else { return };
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Table::default()),
            Event::Start(Tag::TableCell) => cell = Some(Spanned::new(String::new(), trimmed(text, range))),
            Event::End(TagEnd::TableCell) => row.extend(cell.take()),
            Event::End(TagEnd::TableHead) => {
                if let Some(table) = tables.last_mut() {
                    table.header = std::mem::take(&mut row);
                }
            }
            Event::End(TagEnd::TableRow) => {
                if let Some(table) = tables.last_mut() {
                    table.rows.push(std::mem::take(&mut row));
                }
            }
            _ => {}
        }
    });
    tables
}

/// The outermost list items in a part of a text: the plain text of each, and the place of its first line.
pub fn items(text: &str, within: Span) -> Vec<Spanned<String>> {
    let mut items = Vec::new();
    let mut depth = 0;
    let mut item: Option<Spanned<String>> = None;
    pieces(text, within).each(|piece, _| {
        if let Some(item) = &mut item {
            write(&mut item.value, text, &piece);
        }
        let Glimpse::Other(event, range) = piece else { return };
        match event {
            Event::Start(Tag::Item) => {
                depth += 1;
                match &mut item {
                    Some(item) => item.value.push(' '),
                    None => item = Some(Spanned::new(String::new(), first_line(text, range))),
                }
            }
            Event::End(TagEnd::Item) => {
                depth -= 1;
                if depth == 0 {
                    items.extend(item.take());
                }
            }
            _ => {}
        }
    });
    items
}

/// The pieces of a part of a text; it is read as if nothing stood around it.
fn pieces(text: &str, within: Span) -> Events<'_> {
    Events::new(text.get(..within.end as usize).unwrap_or(text), within.start as usize)
}

/// Adds what a reader sees of a piece; a formula and a footnote's mark as they are written, so that neither looks like nothing.
fn write(written: &mut String, text: &str, piece: &Glimpse<'_, '_>) {
    match piece {
        Glimpse::Text(run) => written.push_str(&run.text),
        Glimpse::Other(Event::Code(words), _) => written.push_str(words),
        Glimpse::Other(Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_), range) => {
            written.push_str(text.get(range.clone()).unwrap_or(""));
        }
        Glimpse::Other(Event::TaskListMarker(true), _) => written.push_str("[x] "),
        Glimpse::Other(Event::TaskListMarker(false), _) => written.push_str("[ ] "),
        Glimpse::Other(
            Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) | Event::End(TagEnd::Paragraph),
            _,
        ) => written.push(' '),
        Glimpse::Html(_) | Glimpse::Other(..) => {}
    }
}

/// The place of a cell's text, without the bars around it; an escaped bar is text.
fn trimmed(text: &str, range: Range<usize>) -> Span {
    let written = text.get(range.clone()).unwrap_or("");
    let bare = written.trim_start_matches(|c: char| c.is_whitespace() || c == '|').trim_end();
    let bare = match bare.strip_suffix('|') {
        Some(inner) if !inner.ends_with('\\') => inner.trim_end(),
        _ => bare,
    };
    let lead = written.find(bare).unwrap_or(0);
    Span::new(range.start + lead, range.start + lead + bare.len())
}

/// The first line of an item without its mark.
fn first_line(text: &str, range: Range<usize>) -> Span {
    let line = text.get(range.clone()).unwrap_or("").lines().next().unwrap_or("");
    let line = line.trim_end();
    let bare = line.trim_start().split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start());
    let start = range.start + line.len() - bare.len();
    Span::new(start, start + bare.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_plain_and_in_their_places() {
        let text = "Before.\n\n| Year | **Cost** |\n|---|--:|\n| 1 | `600` k |\n| 2 |  |\n\nAfter.\n";
        let found = tables(text, Span::new(7, text.len()));
        assert_eq!(found.len(), 1);
        let words = |row: &[Spanned<String>]| row.iter().map(|cell| cell.value.clone()).collect::<Vec<_>>();
        assert_eq!(words(&found[0].header), ["Year", "Cost"]);
        assert_eq!(words(&found[0].rows[0]), ["1", "600 k"]);
        assert_eq!(words(&found[0].rows[1]), ["2", ""]);
        assert_eq!(found[0].header[1].span.of(text), "**Cost**");
        assert_eq!(found[0].rows[0][1].span.of(text), "`600` k");
        assert!(tables("no table", Span::new(0, 8)).is_empty());
    }

    #[test]
    fn what_stands_in_a_cell_is_not_lost() {
        let text =
            "| a | b |\n|---|---|\n| $5-$10 | $O(n)$ |\n| [^1] | [RFC-0007] |\n| a \\| | x |\n| only |\n\n[^1]: n\n";
        let found = tables(text, Span::new(0, text.len()));
        let row = |at: usize| -> Vec<(&str, &str)> {
            found[0].rows[at].iter().map(|cell| (cell.value.as_str(), cell.span.of(text))).collect()
        };
        assert_eq!(row(0), [("$5-$10", "$5-$10"), ("$O(n)$", "$O(n)$")]);
        assert_eq!(row(1), [("[^1]", "[^1]"), ("RFC-0007", "[RFC-0007]")]);
        assert_eq!(row(2), [("a |", "a \\|"), ("x", "x")]);
        assert_eq!(row(3)[0], ("only", "only"));
        assert!(row(3)[1..].iter().all(|cell| *cell == ("", "")));
    }

    #[test]
    fn only_outermost_items_are_given() {
        let text = "- **Kafka**: not chosen,\n  because\n  - nested\n- Do nothing\n\n1. [ ] open\n";
        let found = items(text, Span::new(0, text.len()));
        let words: Vec<&str> = found.iter().map(|item| item.value.trim()).collect();
        assert_eq!(words, ["Kafka: not chosen, because nested", "Do nothing", "[ ] open"]);
        assert_eq!(found[0].span.of(text), "**Kafka**: not chosen,");
    }
}
