//! A record on its way to another form, and what is changed within the head that it has.

use super::super::head::{Head, What, lines as lines_of_toml};
use super::carried::{is_carried, is_plain_status};
use super::doubt::Refusal;
use super::head::{Holds, Pair, lines};
use super::said::Said;
use crate::date::Date;
use crate::diagnostic::Edit;
use crate::record::{Field, Format, Key, Record, Reference, RelationKind};
use crate::text::{Span, Spanned, line_start};
use crate::value::{Data, Entry, Value};
use std::collections::BTreeSet;

/// A form that records can be moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A head with this tool's keys: TOML, or the head of YAML that is there.
    Native,
    /// MADR 4.
    Madr,
}

/// A record on its way.
pub(super) struct Moving<'a> {
    pub(super) record: &'a Record,
    pub(super) form: Form,
    pub(super) said: Said,
}

impl Moving<'_> {
    /// Where a status stands in the head that is split into a state and relations.
    pub(super) fn normal_status(&self) -> Option<Span> {
        let record = self.record;
        let raw = record.raw_status.as_ref().filter(|raw| record.head.contains(raw.span) && !raw.span.is_empty())?;
        let is_whole = |reference: &&Reference| reference.part.is_none() && reference.on.is_none();
        let mut of_status = record.references.iter().filter(|reference| raw.span.contains(reference.target.span));
        let is_split =
            self.form == Form::Native && of_status.clone().next().is_some() && of_status.all(|one| is_whole(&one));
        let value = Spanned::new(raw.value.clone(), raw.span);
        (is_split && record.status_days.is_empty() && is_plain_status(&value, record, &record.kind.lifecycle))
            .then_some(raw.span)
    }

    /// A head that is written anew.
    pub(super) fn new_head(&self, pairs: &[Pair]) -> String {
        let is_toml = self.form == Form::Native;
        let (top, tables) = lines(pairs, is_toml);
        let fence = if is_toml { "+++" } else { "---" };
        format!("{fence}\n{top}{tables}{fence}\n")
    }

    /// A head in the other language, where MADR has a key for all that is in the old one.
    pub(super) fn whole_head(&self, head: &Head<'_>, pairs: &[Pair]) -> Result<String, Refusal> {
        const HELD: &[&str] = &[
            "title",
            "kind",
            "id",
            "status",
            "created",
            "date",
            "updated",
            "tags",
            "daci",
            "consulted",
            "summary",
            "description",
        ];
        let is_relation = |key: &str| {
            RelationKind::ALL.iter().any(|(kind, own, ..)| *kind != RelationKind::ReplacedBy && *own == key)
        };
        // Of what stands in tables, MADR has the names alone.
        let is_held_within = |key: &str, inner: &str| match key {
            "daci" => ["driver", "approver", "contributors", "informed"].contains(&inner),
            "consulted" => inner == "who",
            _ => false,
        };
        let lost = |entry: &Entry| {
            let key = entry.key.value.as_str();
            if !HELD.contains(&key) && !is_relation(key) {
                return Some(entry.key.clone());
            }
            let tables = entry.value.items().iter().filter_map(|value| match &value.data {
                Data::Table(table) => Some(table),
                Data::Scalar(..) | Data::List(_) => None,
            });
            let mut inner = tables.flat_map(|table| &table.entries).map(|inner| &inner.key);
            inner.find(|inner| !is_held_within(key, &inner.value)).cloned()
        };
        if let Some(key) = head.table.entries.iter().find_map(lost) {
            let what = format!("MADR has no place for `{}`", key.value);
            return Err(Refusal::at(key.span, &what, "take it out, or keep the record in the form of this tool"));
        }
        let mut marks = head.inner().match_indices('#').map(|(at, _)| at);
        if let Some(at) = marks.find(|at| self.is_comment(head, *at)) {
            let start = self.record.head.range().start
                + self.record.head.of(self.record.text()).find(head.inner()).unwrap_or(0);
            let what = "a comment stands in the head, which would be lost";
            return Err(Refusal::at(Span::new(start + at, start + at + 1), what, "move it into the text"));
        }
        Ok(self.new_head(pairs))
    }

    /// Whether a mark in the head stands outside of all values.
    fn is_comment(&self, head: &Head<'_>, at: usize) -> bool {
        let start =
            self.record.head.range().start + self.record.head.of(self.record.text()).find(head.inner()).unwrap_or(0);
        let place = Span::new(start + at, start + at + 1);
        let mut open: Vec<&Value> = head.table.entries.iter().map(|entry| &entry.value).collect();
        while let Some(value) = open.pop() {
            match &value.data {
                Data::Scalar(..) if value.span.contains(place) => return false,
                Data::Scalar(..) => {}
                Data::List(items) => open.extend(items),
                Data::Table(inner) => open.extend(inner.entries.iter().map(|entry| &entry.value)),
            }
        }
        true
    }

    /// Edits within the head that is there: keys renamed, taken out where others say the same, and added.
    pub(super) fn in_head(&self, head: &Head<'_>, pairs: Vec<Pair>) -> Vec<Edit> {
        let (record, inner) = (self.record, head.inner());
        let mut edits = Vec::new();
        let mut there: BTreeSet<String> = head.table.entries.iter().map(|entry| entry.key.value.clone()).collect();
        for entry in &head.table.entries {
            let fields: Vec<&Field> =
                record.fields().iter().filter(|field| field.name.span == entry.key.span).collect();
            if let Some(name) = self.renamed(entry).filter(|name| !there.contains(*name)) {
                edits.push(self.edit(entry.key.span, name.to_owned()));
                there.insert(name.to_owned());
                continue;
            }
            let is_person = fields.iter().all(|field| {
                let people = [Key::Authors, Key::Deciders, Key::Contributors, Key::Informed].contains(&field.key);
                people && is_carried(field, record, &self.said)
            });
            let place = entry_lines(entry, record.text());
            let is_bare = !place.of(record.text()).contains('#');
            if self.form == Form::Native && !fields.is_empty() && is_person && is_bare {
                edits.push(self.edit(place, String::new()));
            }
        }
        if let (Some(span), Some(status)) = (self.normal_status(), &self.said.status) {
            edits.push(self.edit(span, status.clone()));
        }
        let mut new: Vec<Pair> = Vec::new();
        for (key, holds) in pairs {
            match head.table.get(key) {
                // What both say stands there already; a list gets what is new.
                Some(value) if matches!(holds, Holds::Words(_)) && self.is_relation_of_text(key) => {
                    edits.extend(head.replace(value, |_| holds.inline(head.is_toml)));
                }
                // A word that a form of its own understands otherwise.
                Some(value) if key == "status" && self.is_word_of_form(value) => {
                    edits.extend(head.replace(value, |_| holds.inline(head.is_toml)));
                }
                Some(_) => {}
                None if there.contains(key) => {}
                None => new.push((key, holds)),
            }
        }
        let (top, tables) = lines(&new, head.is_toml);
        let first_table =
            lines_of_toml(inner).into_iter().find(|line| matches!(line.what, What::Table(_) | What::Row(_)));
        let at = first_table.filter(|_| head.is_toml).map_or(inner.len(), |line| line.start);
        if at == inner.len() {
            edits.push(head.insert(at, top + &tables));
        } else {
            edits.push(head.insert(at, top));
            edits.push(head.insert(inner.len(), tables));
        }
        edits.retain(|edit| !(edit.span.is_empty() && edit.text.is_empty()));
        edits
    }

    /// The name that a key of the head has in the other form, where only the name differs.
    fn renamed(&self, entry: &Entry) -> Option<&'static str> {
        let front = &self.record.front;
        let is_day = |day: Option<Spanned<Date>>| {
            day.is_some_and(|day| {
                entry.value.span.contains(day.span) && !day.span.is_empty() && is_plain_day(entry, day.value)
            })
        };
        match (self.form, entry.key.value.as_str()) {
            (Form::Native, key) if key != "created" && is_day(front.created) => Some("created"),
            (Form::Native, key) if key != "updated" && is_day(front.updated) => Some("updated"),
            (Form::Madr, "created") if is_day(front.created) => Some("date"),
            (Form::Madr, "deciders" | "decision_makers") => Some("decision-makers"),
            _ => None,
        }
    }

    /// Whether a relation of this key is said in the text, too.
    fn is_relation_of_text(&self, key: &str) -> bool {
        let outside = |span: Span| !self.record.head.contains(span);
        self.record.references.iter().any(|reference| reference.kind.key() == key && outside(reference.target.span))
    }

    /// Whether the status in the head is a word that means something else in this tool: `implementable` of a KEP.
    fn is_word_of_form(&self, value: &Value) -> bool {
        let Data::Scalar(_, word) = &value.data else { return false };
        let named = self.record.kind.lifecycle.status(word).map(|status| &status.name);
        self.form == Form::Native && self.record.format == Format::Kep && named != self.said.status.as_ref()
    }

    /// An edit of the record's file.
    pub(super) fn edit(&self, span: Span, text: String) -> Edit {
        Edit { path: self.record.path().clone(), span, text }
    }
}

/// Whether a value is a day as a head of this tool takes it.
fn is_plain_day(entry: &Entry, day: Date) -> bool {
    matches!(&entry.value.data, Data::Scalar(_, text) if text.trim() == day.to_string())
}

/// The lines of a key and its value, with their end.
fn entry_lines(entry: &Entry, text: &str) -> Span {
    let (start, end) = (entry.key.span.range().start, entry.value.span.range().end.max(entry.key.span.range().end));
    let start = line_start(text, start);
    let end = text.get(end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| end + at + 1);
    Span::new(start, end)
}
