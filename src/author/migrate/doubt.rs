//! What stands in the way of moving a record.

use super::super::head::Head;
use super::carried::is_plain_status;
use super::said::Said;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::record::{Field, Key, Record, Restated};
use crate::text::Span;
use crate::value::parse_yaml;

/// Why a record stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What stands in the way.
    pub span: Span,
    /// Why.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Refusal {
    pub(super) fn at(span: Span, message: &str, help: &str) -> Refusal {
        Refusal { span, message: message.to_owned(), help: help.to_owned() }
    }
}

/// What has to be mended before anything is moved.
pub(super) fn doubts(record: &Record, said: &Said, config: &Config) -> Result<(), Refusal> {
    let start = Span::new(record.body, record.body);
    if record.source.beside.is_some() && record.head.is_empty() {
        let help = "write what is to stand in a head into one by hand, or keep the record in this form";
        return Err(Refusal::at(start, "a file of data beside it speaks for it, which a head would silence", help));
    }
    // A parse tells what is wrong with the record itself, wherever its log is.
    let (_, found) = Record::parse(&record.source, config);
    let in_head = Head::of(record).filter(|head| !head.is_toml).map(|head| {
        let start = record.head.range().start + record.head.of(record.text()).find('\n').map_or(0, |at| at + 1);
        parse_yaml(record.path(), head.inner(), start, (&config.limits.head).into()).1
    });
    // A key that nobody knows is kept as it is.
    let is_doubt = |finding: &&Diagnostic| finding.rule != "unknown-field";
    if let Some(finding) = found.iter().chain(in_head.iter().flatten()).find(is_doubt) {
        let help = finding.help.as_deref().unwrap_or("mend it first");
        return Err(Refusal::at(finding.primary.span, &finding.message, help));
    }
    let Some(raw) = &record.raw_status else { return Ok(()) };
    if record.status.is_none() {
        let what = match raw.value.trim() {
            "" => "the status is empty".to_owned(),
            word => format!("`{word}` is no status that is known, and is not moved on a guess"),
        };
        let names: Vec<&str> = record.kind.lifecycle.statuses.iter().map(|status| status.name.as_str()).collect();
        return Err(Refusal::at(raw.span, &what, &format!("write one of {} first", names.join(", "))));
    }
    let other =
        |stated: &&Restated| stated.status.as_ref().is_none_or(|other| Some(&other.name) != said.status.as_ref());
    match record.restated.iter().find(other) {
        Some(other) => {
            let (place, where_) =
                if other.raw.span.is_empty() { (raw.span, "the file's place") } else { (other.raw.span, "this line") };
            let what = format!("{where_} says `{}`, and the record `{}`", other.raw.value, raw.value);
            Err(Refusal::at(place, &what, "decide which of them holds, and take the other out"))
        }
        None => Ok(()),
    }
}

/// A head of this tool holds a state, records and a day, and no part of a record.
pub(super) fn has_native_status(record: &Record, said: &Said) -> Result<(), Refusal> {
    let help = "say the rest in the text, in a sentence or a section of its own, and leave the state here";
    if let Some(reference) = record.references.iter().find(|reference| reference.part.is_some()) {
        let what = "only a part of this record was replaced, for which a head has no key";
        return Err(Refusal::at(reference.target.span, what, help));
    }
    if let Some((_, _, _, Some(_))) = said.relations.iter().find(|(.., on)| on.is_some()) {
        let on = record.references.iter().find_map(|reference| reference.on.map(|on| on.span));
        let what = "a day is named for a relation, for which a head has no key";
        return Err(Refusal::at(on.unwrap_or_default(), what, help));
    }
    if let [_, second, ..] = record.status_days.as_slice() {
        return Err(Refusal::at(second.span, "a status that holds between two days has no key in a head", help));
    }
    let mut of_text = record.fields().iter().filter(|field| field.key == Key::Status && is_status(field, record));
    match of_text.find(|field| !is_plain_status(&field.value, record, &record.kind.lifecycle)) {
        Some(field) => {
            let what = format!("the status says more than a state: `{}`", field.value.value);
            Err(Refusal::at(field.value.span, &what, help))
        }
        None => Ok(()),
    }
}

/// Whether a field is where the record's status stands.
pub(super) fn is_status(field: &Field, record: &Record) -> bool {
    let first = record.fields().iter().find(|field| field.key == Key::Status);
    first.is_some_and(|first| first.value.span == field.value.span)
}
