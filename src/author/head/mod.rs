//! Changes to a front matter: only what they are about, byte for byte, and held against what they should come to.

mod lines;
mod place;
mod revised;
mod toml;
mod yaml;

use super::change::Change;
use crate::config::Config;
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::error::{Error, Result};
use crate::record::Record;
use crate::source::{Source, apply};
use crate::value::{Data, Scalar, Table, Value};
pub(super) use lines::{What, lines};
pub(super) use place::Head;
pub use revised::Revised;
use std::collections::BTreeMap;

/// The text of a record with changes in its front matter.
///
/// What comes out is read again: every key but those of the changes says what it said, and the body is the same. A head that
/// is written in a way that has no safe place for a change is refused.
///
/// # Errors
/// When there is no front matter that can be read, or no safe place in it.
pub fn revised(record: &Record, changes: &[Change], config: &Config) -> Result<Revised> {
    let mut now = record.clone();
    let mut revised = Revised::of(record.path(), record.text());
    for change in changes {
        let Some(head) = Head::of(&now) else { return Err(without_head(record)) };
        let edit = if head.is_toml { toml::edit(&head, change) } else { yaml::edit(&head, change) };
        let edit = edit.ok_or_else(|| without_place(record, change))?;
        let old = edit.span;
        let next = edited(&now, edit).map(|text| parse(record, &text, config));
        now = next.filter(|next| is_meant(&now, next, change)).ok_or_else(|| without_place(record, change))?;
        revised.change(old, now.text().to_owned());
    }
    Ok(revised)
}

fn edited(record: &Record, edit: Edit) -> Option<String> {
    let fix = Fix { title: String::new(), applicability: Applicability::Safe, edits: vec![edit] };
    let applied = apply([&fix], &|_| Some(record.text().to_owned()));
    applied.texts.into_values().next()
}

fn parse(record: &Record, text: &str, config: &Config) -> Record {
    Record::parse(&Source::new(record.path().clone(), text), config).0
}

/// Whether a change came to what it should, and to nothing else.
fn is_meant(before: &Record, after: &Record, change: &Change) -> bool {
    let mut expected = flat(&before.front.table);
    match change {
        Change::Set { table, key, to } => {
            let place = table.map_or_else(|| (*key).to_owned(), |table| format!("{table}.{key}"));
            expected.insert(place, to.words().to_owned());
        }
        Change::SetInRow { list, row, key, to } => {
            let is_single = matches!(before.front.table.get(list).map(|value| &value.data), Some(Data::Table(_)));
            let place = if is_single { format!("{list}.{key}") } else { format!("{list}[{row}].{key}") };
            expected.insert(place, to.words().to_owned());
        }
        Change::Append { list, row } => {
            let rows = before.front.table.get(list).map_or(0, |value| match &value.data {
                Data::List(items) => items.len(),
                Data::Scalar(..) | Data::Table(_) => 0,
            });
            for (key, value) in row {
                expected.insert(format!("{list}[{rows}].{key}"), value.words().to_owned());
            }
        }
    }
    let body = |record: &Record| record.text().get(record.body..).map(str::to_owned);
    !after.malformed && body(before) == body(after) && flat(&after.front.table) == expected
}

/// Every scalar by its place: `sign-off[0].role`; what holds nothing is left out.
fn flat(table: &Table) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut open: Vec<(String, &Value)> = Vec::new();
    open.extend(table.entries.iter().map(|entry| (entry.key.value.clone(), &entry.value)));
    while let Some((place, value)) = open.pop() {
        match &value.data {
            Data::Scalar(Scalar::Null, _) => {}
            Data::Scalar(_, text) => drop(all.insert(place, text.clone())),
            Data::List(items) => {
                open.extend(items.iter().enumerate().map(|(at, item)| (format!("{place}[{at}]"), item)));
            }
            Data::Table(inner) => {
                open.extend(inner.entries.iter().map(|entry| (format!("{place}.{}", entry.key.value), &entry.value)));
            }
        }
    }
    all
}

fn without_head(record: &Record) -> Error {
    let path = record.path();
    let message = match (record.malformed, record.beside()) {
        (true, _) => format!(
            "the front matter of {path} cannot be read, so nothing was changed; `precedent check {path}` says why"
        ),
        (false, Some(beside)) => format!(
            "what {path} says of itself stands in {beside}, and only front matter is written here; change that file by hand"
        ),
        (false, None) => {
            format!("{path} has no front matter to write to; open it with a line `+++`, and close it with another")
        }
    };
    Error::Refused { message }
}

fn without_place(record: &Record, change: &Change) -> Error {
    let message = format!(
        "the front matter of {} is written in a way that has no safe place for {}; nothing was changed: write it by hand, or \
         give the key a line of its own and run this again",
        record.path(),
        change.place()
    );
    Error::Refused { message }
}

#[cfg(test)]
mod tests;
