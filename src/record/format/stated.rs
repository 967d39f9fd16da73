//! What a text says of its record, from wherever its form has it.

use super::day::day;
use super::field::Field;
use super::form::Format;
use super::key::Key;
use super::{head, html_table, line, section, table};
use crate::markdown::{Limits, Outline, outline};
use crate::text::Span;
use crate::value::Table;
use memchr::memchr;

/// How far into a text without headings what it says of itself may stand, in bytes.
const REACH: usize = 4_000;

/// How much of a text is read for its first paragraph, in bytes.
const LEAD: usize = 2_000;

/// What is said outside the keys of a native head.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::record) struct Stated {
    /// The form of the record.
    pub(in crate::record) format: Format,
    /// What it says, in the order of how much it counts: the head, what stands above the text, the sections.
    pub(in crate::record) fields: Vec<Field>,
    /// Where what was read ends, at least: prose starts behind it.
    end: usize,
}

/// A head as it concerns formats.
pub(in crate::record) struct HeadOf<'a> {
    /// Its keys.
    pub(in crate::record) table: &'a Table,
    /// Whether it is TOML.
    pub(in crate::record) is_toml: bool,
    /// Whether a key of its own numbers the record in its series: `caip: 7`.
    pub(in crate::record) is_numbered: bool,
}

impl Stated {
    /// Whether a place holds a day that is read here and is written with the month's name.
    pub(in crate::record) fn is_day_in_words(&self, place: Span) -> bool {
        let is_of_day = |field: &&Field| matches!(field.key, Key::Created | Key::Updated) && field.value.span == place;
        let is_in_words = |text: &str| text.contains(char::is_alphabetic) && day(text).is_some();
        self.fields.iter().filter(is_of_day).any(|field| is_in_words(&field.value.value))
    }

    /// Reads what a text says of its record; `body` is where the text starts behind its head.
    pub(in crate::record) fn read(text: &str, body: usize, outline: &Outline, of: &HeadOf<'_>) -> Stated {
        let by_head = head::format(of.table, of.is_toml, of.is_numbered);
        let mut fields = if of.table.entries.is_empty() { Vec::new() } else { head::fields(of.table) };
        let is_of_page = head::is_of_page(of.table, of.is_toml);
        let is_native = by_head == Some(Format::Native) && !is_of_page;
        let mut end = body;
        let mut by_text = None;
        for part in tops(text, body, outline) {
            let (above, format) = top(text, part);
            let has_status = |fields: &[Field]| fields.iter().any(|field| field.key == Key::Status);
            if by_text.is_none() || has_status(&above) && !has_status(&fields) {
                by_text = format.or(by_text);
            }
            end = above.iter().map(|field| field.value.span.range().end).chain([end]).max().unwrap_or(end);
            fields.extend(above.into_iter().filter(|field| !is_native || field.key == Key::Status));
        }
        let said = section::read(text, &outline.sections, is_native);
        let has_status = fields.iter().any(|field| field.key == Key::Status);
        if !has_status && said.format.is_some() {
            by_text = said.format;
        }
        // A section behind the first prose says nothing of where the prose starts.
        let first = outline.sections.iter().find(|section| section.own.range().end == said.end);
        if first.is_some_and(|first| {
            outline.sections.iter().take_while(|section| section.heading < first.heading).count() < 4
        }) {
            end = end.max(said.end);
        }
        fields.extend(said.fields);
        let format = if is_of_page { by_text.or(by_head) } else { by_head.or(by_text) };
        Stated { format: format.unwrap_or(Format::Bare), fields, end }
    }

    /// The first value of a key.
    pub(in crate::record) fn first(&self, key: Key) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Whether something is said within a part of the text.
    pub(in crate::record) fn stands_in(&self, part: Span) -> bool {
        self.fields.iter().any(|field| part.contains(field.name.span) && !field.name.span.is_empty())
    }

    /// Every value of a key.
    pub(in crate::record) fn all(&self, key: Key) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |field| field.key == key)
    }

    /// The first paragraph that is prose, where the text's first paragraph says what stands in a head elsewhere; else `None`.
    pub(in crate::record) fn lead(&self, text: &str, body: usize) -> Option<String> {
        if self.end <= body {
            return None;
        }
        let rest = text.get(self.end..)?;
        let from = self.end + rest.find('\n')?;
        let lead = text.get(..text.floor_char_boundary(from + LEAD))?;
        Some(outline(lead, from, &Limits::default()).lead)
    }
}

/// The parts of a text in which it may say of itself what others put in a head: before the first heading, and below the title.
fn tops(text: &str, body: usize, outline: &Outline) -> Vec<Span> {
    let limit = text.floor_char_boundary(body + REACH);
    let start = |at: usize| outline.sections.get(at).map_or(limit, |section| section.heading.range().start.min(limit));
    let before = Span::new(body, start(0));
    let opens = before.of(text).trim().is_empty();
    let below = outline.sections.first().filter(|section| section.level == 1 || opens).map(|title| {
        let from = title.heading.range().end;
        Span::new(from, start(1).max(from))
    });
    // Some write the title twice, one heading below the other.
    let again = match outline.sections.as_slice() {
        [title, again, ..] if title.title == again.title => {
            Some(Span::new(again.own.range().start, again.own.range().end.min(limit).max(again.own.range().start)))
        }
        _ => None,
    };
    let has_text = |part: &Span| !part.of(text).trim().is_empty();
    [Some(before), below, again].into_iter().flatten().filter(has_text).collect()
}

/// The fields of a part, and their form: the table's where there is one.
fn top(text: &str, part: Span) -> (Vec<Field>, Option<Format>) {
    let whole = part.of(text);
    let mut found = (Vec::new(), None);
    let holds = |mark| memchr(mark, whole.as_bytes()).is_some();
    if holds(b'<') {
        found = (html_table::read(text, part), Some(Format::HtmlTable));
    }
    if found.0.is_empty() && holds(b'|') {
        found = (table::read(text, part), Some(Format::Table));
    }
    if found.0.is_empty() { line::read(text, part) } else { found }
}
