//! The tables and list items that stand in a part of a text, read when a rule asks for them.

use super::options::parser;
use crate::text::{Span, Spanned};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
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
    let part = within.of(text);
    if !part.contains('|') {
        return Vec::new();
    }
    let mut tables: Vec<Table> = Vec::new();
    let mut row: Vec<Spanned<String>> = Vec::new();
    let mut cell: Option<(Span, String)> = None;
    for (event, range) in Parser::new_ext(part, parser()).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Table::default()),
            Event::Start(Tag::TableCell) => cell = Some((trimmed(part, range), String::new())),
            Event::End(TagEnd::TableCell) => {
                let done = cell.take().map(|(span, words)| Spanned::new(words, span.shift(within.start as usize)));
                row.extend(done);
            }
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
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, written)) = &mut cell {
                    written.push_str(&words);
                }
            }
            Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) => {
                if let Some((_, written)) = &mut cell {
                    written.push(' ');
                }
            }
            _ => {}
        }
    }
    tables
}

/// The outermost list items in a part of a text: the plain text of each, and the place of its first line.
pub fn items(text: &str, within: Span) -> Vec<Spanned<String>> {
    let part = within.of(text);
    let mut items = Vec::new();
    let mut depth = 0;
    let mut item: Option<(Span, String)> = None;
    for (event, range) in Parser::new_ext(part, parser()).into_offset_iter() {
        match event {
            Event::Start(Tag::Item) => {
                depth += 1;
                match &mut item {
                    Some((_, written)) => written.push(' '),
                    None => item = Some((first_line(part, range), String::new())),
                }
            }
            Event::End(TagEnd::Item) => {
                depth -= 1;
                if depth == 0 {
                    let done = item.take().map(|(span, words)| Spanned::new(words, span.shift(within.start as usize)));
                    items.extend(done);
                }
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, written)) = &mut item {
                    written.push_str(&words);
                }
            }
            Event::TaskListMarker(done) => {
                if let Some((_, written)) = &mut item {
                    written.push_str(if done { "[x] " } else { "[ ] " });
                }
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => {
                if let Some((_, written)) = &mut item {
                    written.push(' ');
                }
            }
            _ => {}
        }
    }
    items
}

fn trimmed(part: &str, range: Range<usize>) -> Span {
    let written = part.get(range.clone()).unwrap_or("");
    let bare = written.trim_matches(|c: char| c.is_whitespace() || c == '|');
    let lead = written.find(bare).unwrap_or(0);
    Span::new(range.start + lead, range.start + lead + bare.len())
}

/// The first line of an item without its mark.
fn first_line(part: &str, range: Range<usize>) -> Span {
    let line = part.get(range.clone()).unwrap_or("").lines().next().unwrap_or("");
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
    fn only_outermost_items_are_given() {
        let text = "- **Kafka**: not chosen,\n  because\n  - nested\n- Do nothing\n\n1. [ ] open\n";
        let found = items(text, Span::new(0, text.len()));
        let words: Vec<&str> = found.iter().map(|item| item.value.trim()).collect();
        assert_eq!(words, ["Kafka: not chosen, because nested", "Do nothing", "[ ] open"]);
        assert_eq!(found[0].span.of(text), "**Kafka**: not chosen,");
    }
}
