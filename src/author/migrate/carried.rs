//! Whether a head says all that a field says, so that its line may go.

use super::said::Said;
use crate::config::Lifecycle;
use crate::date::Date;
use crate::record::{Field, Key, Record, RecordId, RelationKind, names, shown};
use crate::text::{Spanned, words};

/// Words around states, days and records that say nothing of their own.
const FILLING: &[&str] =
    &["by", "on", "since", "and", "in", "the", "adr", "rfc", "und", "am", "seit", "durch", "par", "le", "por", "el"];

/// Words that say what one record is to another.
const OF_RELATIONS: &[&str] = &[
    "superseded",
    "superceded",
    "supersedes",
    "supercedes",
    "superseeds",
    "replaced",
    "replaces",
    "obsoleted",
    "obsoletes",
    "amends",
    "amended",
    "requires",
    "related",
    "relates",
    "to",
    "see",
    "also",
    "records",
    "adrs",
    "decisions",
];

/// Whether all that a field says is in what the record says: nothing of it would be lost with its line.
pub(super) fn is_carried(field: &Field, record: &Record, said: &Said) -> bool {
    // Where a link leads has no key, unless it is to a record or a ticket.
    let is_link = field.value.value.contains("](");
    if is_link && !matches!(field.key, Key::Relation(_) | Key::Tracking) {
        return false;
    }
    let words = shown(&field.value.value);
    match field.key {
        Key::Status => false,
        Key::Title => words == said.title,
        Key::Summary => said.summary.as_ref() == Some(&words),
        Key::Number => is_number(&words, record),
        Key::Created => is_day(&words, said.created),
        Key::Updated => is_day(&words, said.updated),
        Key::Authors => are_people(field, &said.driver.iter().chain(&said.contributors).cloned().collect::<Vec<_>>()),
        Key::Deciders => are_people(field, &said.approver),
        Key::Consulted => are_people(field, &said.consulted),
        Key::Contributors => are_people(field, &said.contributors),
        Key::Informed => are_people(field, &said.informed),
        Key::Tags => rest_of(&words, &said.tags).iter().all(|word| FILLING.contains(&word.as_str())),
        Key::Tracking => said.tracking.contains(&field.value.value),
        Key::Relation(kind) => is_relation(field, kind, record),
    }
}

/// Whether a status says no more than its state, the records that it names, and the days.
pub(super) fn is_plain_status(value: &Spanned<String>, record: &Record, lifecycle: &Lifecycle) -> bool {
    // `Deprecated by ADR-9` and what is struck out have no key of their own.
    let is_named = |kind| kind == RelationKind::RelatesTo;
    let has_more = record.references.iter().any(|one| is_named(one.kind) && value.span.contains(one.target.span));
    if has_more || value.value.contains("~~") {
        return false;
    }
    let bare = without_records(value, record);
    if bare.contains("](") {
        return false;
    }
    let days: Vec<String> = record.status_days.iter().map(|day| day.span.of(record.text()).to_owned()).collect();
    let mut bare = shown(&bare);
    for day in days {
        bare = bare.replace(&day, " ");
    }
    if lifecycle.status(&bare).is_some() {
        return true;
    }
    let rest: Vec<String> = words(&bare)
        .filter(|word| !FILLING.contains(&word.as_str()) && !OF_RELATIONS.contains(&word.as_str()))
        .collect();
    rest.is_empty() || lifecycle.status(&rest.join(" ")).is_some()
}

/// Whether a line names records in a relation that has a key of its own, and says nothing else.
fn is_relation(field: &Field, kind: RelationKind, record: &Record) -> bool {
    // `Clarifies the retry of` is kept where it stands: a head would only say that the two are related.
    let is_own_word = |word: &String| OF_RELATIONS.contains(&word.as_str()) || FILLING.contains(&word.as_str());
    let name = shown(&field.name.value);
    let is_said = kind != RelationKind::RelatesTo || words(&name).all(|word| is_own_word(&word));
    let rest: Vec<String> = words(&shown(&without_records(&field.value, record))).collect();
    is_said
        && rest.iter().all(|word| FILLING.contains(&word.as_str()) || ["none", "na", "n", "a"].contains(&word.as_str()))
}

/// A value without the records that it names, links included: their words are the other record's title or number.
fn without_records(value: &Spanned<String>, record: &Record) -> String {
    let mut bare = value.value.clone().into_bytes();
    for reference in &record.references {
        let span = reference.target.span;
        if !value.span.contains(span) || span.is_empty() || value.span.of(record.text()) != value.value {
            continue;
        }
        let (start, end) = (span.range().start - value.span.range().start, span.range().end - value.span.range().start);
        let (start, end) = link_around(&value.value, start, end);
        if let Some(part) = bare.get_mut(start..end) {
            part.fill(b' ');
        }
    }
    String::from_utf8(bare).unwrap_or_else(|_| value.value.clone())
}

/// The whole link whose address or label stands between two places, else these.
fn link_around(value: &str, start: usize, end: usize) -> (usize, usize) {
    let before = value.get(..start).unwrap_or("").trim_end_matches('<');
    let Some(label_end) = before.strip_suffix("](").map(str::len) else {
        // `[ADR-9](https://…)`: the label is the record.
        let is_label = before.ends_with('[') && value.get(end..).is_some_and(|rest| rest.starts_with(']'));
        if !is_label {
            return (start, end);
        }
        let rest = value.get(end + 1..).unwrap_or("");
        let close = if rest.starts_with('(') { rest.find(')').map_or(0, |at| at + 1) } else { 0 };
        return (start - 1, end + 1 + close);
    };
    let mut depth = 1_usize;
    let open = value.get(..label_end).unwrap_or("").char_indices().rev().find(|(_, c)| {
        depth = match c {
            ']' => depth + 1,
            '[' => depth - 1,
            _ => depth,
        };
        depth == 0
    });
    let close = value.get(end..).and_then(|rest| rest.find(')')).map_or(end, |at| end + at + 1);
    (open.map_or(start, |(at, _)| at), close)
}

fn is_number(words: &str, record: &Record) -> bool {
    let Some(id) = record.id.as_ref().map(|id| &id.value) else { return false };
    RecordId::parse(words).is_some_and(|other| other.number == id.number && other.series() == id.series())
        || words.parse::<u32>() == Ok(id.number)
}

/// Whether words are one day and nothing else. How it was written is not kept, so that it has to be that very day.
fn is_day(words: &str, day: Option<Date>) -> bool {
    let Some(day) = day else { return false };
    let mut numbers = 0;
    let fits = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        numbers += 1;
        let number = word.trim_end_matches(|c: char| c.is_alphabetic()).parse::<i16>();
        let of_day = [day.year(), i16::from(day.month()), i16::from(day.day())];
        number.map_or_else(|_| word.chars().all(char::is_alphabetic), |number| of_day.contains(&number))
    });
    fits && numbers == 3
}

/// Whether a value names these people and says nothing more of them, such as their addresses.
fn are_people(field: &Field, people: &[String]) -> bool {
    let named: Vec<String> = names(&field.value).into_iter().map(|name| name.value).collect();
    let words = shown(&field.value.value);
    let is_all = named.iter().all(|name| people.contains(name));
    is_all && !named.is_empty() && rest_of(&words, &named).iter().all(|word| FILLING.contains(&word.as_str()))
}

/// The words that are left when some are taken out.
fn rest_of(value: &str, taken: &[String]) -> Vec<String> {
    let mut longest: Vec<&String> = taken.iter().collect();
    longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = longest.into_iter().fold(value.to_owned(), |rest, word| rest.replace(word.as_str(), " "));
    words(&rest).collect()
}
