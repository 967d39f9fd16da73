//! What stands under the cursor.

use super::head::{Part, Spot, spot};
use super::project::Scene;
use crate::config::SectionRule;
use crate::log::Target;
use crate::markdown::Section;
use crate::record::Record;
use crate::text::Span;

/// What stands under the cursor.
pub(super) enum Under<'a> {
    /// Something that names a record.
    Reference(Reference),
    /// A key of the front matter, or a table; the path of keys to it.
    Key(String, Span),
    /// The status.
    Status(Span),
    /// A heading that names a section of the kind.
    Heading(&'a SectionRule, Span),
}

/// A record that is named somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// Which.
    pub(super) record: usize,
    /// The heading or anchor that is named in it.
    pub(super) anchor: Option<String>,
    /// What names it, as it is written: an id, a number, a link's target.
    pub(super) written: Span,
    /// All of it: a link with its text.
    pub(super) span: Span,
}

/// What stands at `offset`.
pub(super) fn under<'a>(scene: Scene<'a>, offset: usize) -> Option<Under<'a>> {
    let record = scene.record;
    let named = references(scene.snapshot, record).into_iter().find(|reference| holds(reference.span, offset));
    if let Some(reference) = named {
        return Some(Under::Reference(reference));
    }
    if let Some(status) = record.raw_status.as_ref().filter(|status| holds(status.span, offset)) {
        return Some(Under::Status(status.span));
    }
    if let Some((key, span)) = key(record.text(), offset) {
        return Some(Under::Key(key, span));
    }
    let section = record.outline.sections.iter().find(|section| holds(section.heading, offset))?;
    Some(Under::Heading(rule(record, section)?, section.heading))
}

/// The rule of the kind that a heading answers to.
pub(super) fn rule<'a>(record: &'a Record, section: &Section) -> Option<&'a SectionRule> {
    let headings = crate::record::Headings::of(record);
    record.kind.sections.iter().find(|rule| headings.named(rule).iter().any(|named| named.heading == section.heading))
}

/// Everything in a record that names a record of the log, itself included, in no order.
pub(super) fn references(snapshot: &crate::workspace::Snapshot, record: &Record) -> Vec<Reference> {
    let log = &snapshot.log;
    let of_head = record.references.iter().map(|reference| &reference.target).chain(&record.front.replacement);
    let of_head = of_head.filter_map(|target| {
        let (other, anchor) = log.related(record, &target.value)?;
        Some(Reference { record: other, anchor, written: unquoted(record.text(), target.span), span: target.span })
    });
    let links = record.outline.links.iter().filter_map(|link| match log.resolve(record, &link.target.value) {
        Target::Record { record, anchor } => {
            Some(Reference { record, anchor, written: link.target.span, span: link.span })
        }
        _ => None,
    });
    let mentions = record.outline.mentions.iter().filter_map(|mention| {
        let other = log.named_by(record, &mention.text)?;
        Some(Reference { record: other, anchor: None, written: mention.span, span: mention.span })
    });
    of_head.chain(links).chain(mentions).collect()
}

/// The key at `offset`, with the keys of the tables around it.
fn key(text: &str, offset: usize) -> Option<(String, Span)> {
    let is_word = |letter: &char| letter.is_alphanumeric() || *letter == '-' || *letter == '_';
    let rest = text.get(offset..)?;
    let end = offset + rest.chars().take_while(is_word).map(char::len_utf8).sum::<usize>();
    let Spot { table, part, typed, .. } = spot(text, end)?;
    match part {
        Part::Key if !typed.is_empty() => {
            let name = typed.of(text);
            let path = if table.is_empty() { name.to_owned() } else { format!("{table}.{name}") };
            Some((path, typed))
        }
        Part::Table => Some((typed.of(text).to_owned(), typed)),
        Part::Key | Part::Value { .. } => None,
    }
}

/// Whether a cursor at `offset` stands in or at the end of a span.
fn holds(span: Span, offset: usize) -> bool {
    span.range().start <= offset && offset <= span.range().end
}

/// A value without the quotes around it.
pub(super) fn unquoted(text: &str, span: Span) -> Span {
    let written = span.of(text);
    let bare = written.trim_matches(['"', '\'']);
    let start = written.len() - written.trim_start_matches(['"', '\'']).len();
    Span::new(span.range().start + start, span.range().start + start + bare.len())
}
