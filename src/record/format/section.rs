//! A section for each thing that a record says of itself: `## Status`, `## Date`, `## Links`.

use super::field::{Field, Holder};
use super::form::Format;
use super::key::Key;
use super::line::{self, lines};
use super::table;
use super::target::targets;
use crate::markdown::Section;
use crate::record::reference::RelationKind;
use crate::text::Span;
use std::collections::BTreeSet;

/// Titles of sections that hold what other records put in a head.
const HEADS: &[&str] =
    &["meta", "metadata", "meta data", "document information", "record information", "info", "metadaten"];

/// Titles of sections that list what a record is to others.
const LINKS: &[&str] =
    &["links", "more information", "references", "related decisions", "related adrs", "related records", "relations"];

/// The longest section that holds one value and no prose, in bytes.
const LONGEST: usize = 400;

/// The most words of a line that names a state.
const MOST_WORDS: usize = 6;

/// What the sections of a text say.
#[derive(Default)]
pub(super) struct Said {
    pub(super) fields: Vec<Field>,
    /// The form, where they say where the record stands.
    pub(super) format: Option<Format>,
    /// Where the last of the sections ends that say nothing else.
    pub(super) end: usize,
}

/// Reads the sections that say something of the record itself; in a record with a head of its own, the status alone.
pub(super) fn read(text: &str, sections: &[Section], is_native: bool) -> Said {
    let mut said = Said::default();
    // Deeper down, a heading `Status` is about something else than the record.
    let head =
        sections.first().filter(|section| section.level == 1 && sections.iter().skip(1).all(|other| other.level > 1));
    let top = sections.iter().skip(usize::from(head.is_some())).map(|section| section.level).min().unwrap_or(1);
    for section in sections.iter().filter(|section| section.level == top) {
        let (title, value) = title(text, section);
        let name = section.heading;
        match Key::named(title) {
            Some(Key::Status) if !said.fields.iter().any(|field| field.key == Key::Status) => {
                match value {
                    Some(value) => said.fields.push(Field::at(text, Key::Status, (name, value), holder(section))),
                    // `## Current status` may speak of how things stand, and not of the record.
                    None if super::key::plain(title) != "status" && is_prose(text, section) => continue,
                    None => said.fields.extend(status(text, section)),
                }
                said.format = said.fields.iter().any(|field| field.key == Key::Status).then_some(Format::Sections);
                said.end = section.own.range().end;
            }
            Some(key) if !is_native && is_short(key) && section.own.of(text).trim().len() <= LONGEST => {
                let own = without_prose(text, section.own);
                if let Some(value) = value.or(own) {
                    // Readers look for a list of related records where it stands.
                    let holder = if matches!(key, Key::Relation(_)) { Holder::Text } else { holder(section) };
                    said.fields.push(Field::at(text, key, (name, value), holder));
                    said.end = section.own.range().end;
                }
            }
            _ if is_native => {}
            _ if HEADS.contains(&super::key::plain(title).as_str()) => {
                let (mut fields, format) = line::read(text, section.own);
                fields.extend(table::read(text, section.own));
                fields.iter_mut().for_each(|field| field.holder = Holder::Meta(whole(section)));
                said.format = said.format.or(format);
                said.fields.extend(fields);
                said.end = section.own.range().end;
            }
            _ if LINKS.contains(&super::key::plain(title).as_str()) => said.fields.extend(relations(text, section)),
            _ => {}
        }
    }
    said
}

/// The title of a section without its number, and the value that stands in the heading itself: `## Status: Accepted`.
fn title<'a>(text: &str, section: &'a Section) -> (&'a str, Option<Span>) {
    let title = section.title.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    let Some((name, value)) = title.split_once(':') else { return (title, None) };
    let heading = section.heading.of(text);
    let value = value.trim();
    let at = heading.rfind(value).filter(|_| !value.is_empty());
    (name, at.map(|at| Span::new(section.heading.range().start + at, section.heading.range().start + at + value.len())))
}

/// A section whose text says one thing of the record.
fn holder(section: &Section) -> Holder {
    Holder::Section(whole(section))
}

/// A section with its heading.
fn whole(section: &Section) -> Span {
    Span { start: section.heading.start, end: section.own.end.max(section.heading.end) }
}

fn is_short(key: Key) -> bool {
    matches!(
        key,
        Key::Created
            | Key::Updated
            | Key::Deciders
            | Key::Consulted
            | Key::Informed
            | Key::Authors
            | Key::Tags
            | Key::Relation(_)
    )
}

/// The text of a section when it is a value: one paragraph or a list.
fn without_prose(text: &str, own: Span) -> Option<Span> {
    let words = own.of(text).trim();
    let is_prose = words.contains("\n\n") && !words.starts_with(['-', '*']) || words.contains(". ");
    (!words.is_empty() && !is_prose && !words.starts_with("<!--")).then_some(own)
}

/// The status in a section, and the lines below it that say what the record is to others.
fn status(text: &str, section: &Section) -> Vec<Field> {
    let (mut fields, _) = line::read(text, section.own);
    fields.extend(table::read(text, section.own));
    fields.iter_mut().for_each(|field| field.holder = holder(section));
    // There may be very many: none is looked for among all of them.
    let read: BTreeSet<usize> = fields.iter().map(|field| field.name.span.range().start).collect();
    let mut has_status = fields.iter().any(|field| field.key == Key::Status);
    let mut comment = false;
    for line in lines(text, section.own) {
        let bare = line.text.trim();
        let is_comment = comment || bare.starts_with("<!--");
        comment = is_comment && !bare.contains("-->");
        let is_read = read.range(line.start..line.start + line.text.len()).next().is_some();
        if is_comment || bare.is_empty() || bare.starts_with(['|', '<', '#']) || is_read {
            continue;
        }
        let words = bare.trim_start_matches(['-', '*', '+', '>', ' ']);
        let Some(words) = unticked(words) else { continue };
        let start = line.start + line.text.trim_end().len() - words.len();
        let place = Span::new(start, start + words.len());
        match related(words) {
            // The newer record: its own state stands on another line.
            Some((kind, phrase)) if has_status || kind != RelationKind::SupersededBy => {
                fields.push(Field::at(
                    text,
                    Key::Relation(kind),
                    (Span::new(start, start + phrase), Span::new(start + phrase, place.range().end)),
                    holder(section),
                ));
            }
            _ if !has_status => {
                fields.push(Field::at(text, Key::Status, (section.heading, place), holder(section)));
                has_status = true;
            }
            _ => {}
        }
    }
    fields
}

/// Whether a section opens with a sentence, and not with a word or two that say where something stands.
fn is_prose(text: &str, section: &Section) -> bool {
    let mut lines = section.own.of(text).lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next().is_some_and(|first| first.split_whitespace().count() > MOST_WORDS && !first.contains(['[', ':', '|']))
}

/// A line without the box before it; `None` when the box is not ticked.
fn unticked(words: &str) -> Option<&str> {
    match words.get(..3) {
        Some("[ ]") => None,
        Some("[x]" | "[X]") => words.get(3..).map(str::trim_start),
        _ => Some(words),
    }
}

/// What a line `Supersedes [2. Use SQLite](0002-use-sqlite.md)` says: in which sense, and where its phrase ends.
fn related(words: &str) -> Option<(RelationKind, usize)> {
    let start =
        words.find(['[', ':']).or_else(|| words.find(|c: char| c.is_ascii_digit() || c == '#')).unwrap_or(words.len());
    let mut phrase = words.get(..start)?.trim_end();
    loop {
        if let Some(kind) =
            Key::relation(phrase).filter(|_| phrase.split_whitespace().count() > 1 || start < words.len())
        {
            let (named, _) = targets(words.get(phrase.len()..)?.trim_start_matches(':'), 0);
            if !named.is_empty() {
                return Some((kind, phrase.len() + usize::from(words.get(phrase.len()..)?.starts_with(':'))));
            }
        }
        // `Superseded by ADR 9`: the prefix of an id is no part of the phrase.
        match phrase.rfind(' ').and_then(|end| phrase.get(..end)) {
            Some(shorter) => phrase = shorter.trim_end(),
            None => break,
        }
    }
    // adr-tools lets a link say anything: `Clarifies the retry of [3. Use a queue](0003-use-a-queue.md)`.
    let words_of_link = words.get(..words.find('[')?)?.trim_end();
    let is_phrase = !words_of_link.is_empty()
        && words_of_link.split_whitespace().count() <= 4
        // A picture is no link.
        && !words_of_link.contains(['.', ',', '!']);
    let (named, end) = targets(words.get(words_of_link.len()..)?, 0);
    let is_alone =
        words.get(words_of_link.len() + end..).is_some_and(|rest| rest.trim().trim_end_matches('.').is_empty());
    (is_phrase && is_alone && !named.is_empty()).then_some((RelationKind::RelatesTo, words_of_link.len()))
}

/// What the items of a section of links say: `* Refined by [ADR-0005](0005-x.md)`.
fn relations(text: &str, section: &Section) -> Vec<Field> {
    let mut fields = Vec::new();
    for line in lines(text, section.own) {
        let words = line.text.trim().trim_start_matches(['-', '*', '+', ' ']);
        let start = line.start + line.text.trim_end().len() - words.len();
        let Some(open) = words.find('[') else { continue };
        let phrase = words.get(..open).unwrap_or("").trim_end_matches([' ', ':']);
        if let Some(kind) = Key::relation(phrase) {
            let end = start + words.len();
            fields.push(Field::at(
                text,
                Key::Relation(kind),
                (Span::new(start, start + phrase.len()), Span::new(start + open, end)),
                Holder::Text,
            ));
        }
    }
    fields
}
