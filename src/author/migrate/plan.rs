//! The edits that bring one record to another form.

use super::super::head::Head;
use super::carried::{is_carried, is_plain_status};
use super::cut::{Cuts, cut};
use super::doubt::{Refusal, doubts, has_native_status, is_status};
use super::head::{Pair, madr, native};
use super::moving::{Form, Moving};
use super::said::{Naming, Said};
use crate::config::Config;
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::record::{Field, Format, Holder, Key, Record, RelationKind};
use crate::source::{Source, apply};
use crate::text::Span;
use std::collections::BTreeSet;

/// Keys that are written only where the record would be another without them.
const ASKED_FOR: &[&str] = &["title", "kind", "id", "created", "date"];

/// The text of a record in another form; `None` where there is nothing to move.
///
/// What comes out is read again, and has to say what the record said: kind, id, title, status, days, people and relations. Of the
/// body, lines go that say nothing but what the head says now.
///
/// # Errors
/// When the record is in doubt, or says something for which the form has no place.
pub fn migrated(record: &Record, form: Form, config: &Config, naming: Naming<'_>) -> Result<Option<String>, Refusal> {
    let is_there = form == Form::Native && record.format.is_native();
    if record.kind.is_chapter() || is_there || record.format == Format::Bare {
        return Ok(None);
    }
    let said = Said::by(record, naming);
    let moving = Moving { record, form, said };
    doubts(record, &moving.said, config)?;
    if form == Form::Madr && matches!(record.format, Format::Proposal | Format::Kep) {
        let start = Span::new(record.head.range().start, record.head.range().start);
        let help = "keep it in its form, or move it to that of this tool";
        return Err(Refusal::at(start, "its head is that of a proposal, for which MADR has no keys", help));
    }
    if moving.is_rewritten() && moving.is_of_form(record) {
        return Ok(None);
    }
    let mut asked: BTreeSet<&'static str> = BTreeSet::new();
    if moving.is_rewritten() {
        // What stands in the head is not left for the file's name to say.
        asked.extend(["title", "id"].into_iter().filter(|key| record.front.table.get(key).is_some()));
    }
    loop {
        let text = moving.text(&asked)?;
        if text == record.text() {
            return Ok(None);
        }
        let (after, _) = Record::parse(&Source::new(record.path().clone(), text.as_str()), config);
        let difference = moving.said.difference(&Said::by(&after, naming));
        let key = match difference {
            None if moving.is_of_form(&after) => return Ok(Some(text)),
            Some("kind") if form == Form::Madr => return Err(moving.lost("kind")),
            None | Some("kind") => "kind",
            Some("day of creation") if form == Form::Native => "created",
            Some("day of creation") => "date",
            Some(key @ ("id" | "title")) => key,
            Some(other) => return Err(moving.lost(other)),
        };
        if !asked.insert(key) {
            return Err(moving.lost(difference.unwrap_or("form")));
        }
    }
}

impl Moving<'_> {
    /// The text with some of the keys that are only written where they are needed.
    fn text(&self, asked: &BTreeSet<&'static str>) -> Result<String, Refusal> {
        let record = self.record;
        let cuts = self.cuts()?;
        let mut edits: Vec<Edit> = cuts.places.iter().map(|(span, stays)| self.edit(*span, stays.clone())).collect();
        let pairs: Vec<Pair> = self.pairs(&cuts).into_iter().filter(|(key, _)| self.is_wanted(key, asked)).collect();
        match Head::of(record) {
            Some(head) if head.is_toml && self.form == Form::Madr || self.is_rewritten() => {
                edits.push(self.edit(record.head, self.whole_head(&head, &pairs)?));
            }
            Some(head) => edits.extend(self.in_head(&head, pairs)),
            None => {
                let start = record.head.range().start;
                let rest = cuts.places.first().filter(|(span, stays)| span.range().start == start && stays.is_empty());
                let rest = record.text().get(rest.map_or(start, |(span, _)| span.range().end)..).unwrap_or("");
                let gap = if rest.is_empty() || rest.starts_with(['\n', '\r']) { "" } else { "\n" };
                edits.push(self.edit(Span::new(start, start), self.new_head(&pairs) + gap));
            }
        }
        let fix = Fix { title: String::new(), applicability: Applicability::Safe, edits };
        let applied = apply([&fix], &|_| Some(record.text().to_owned()));
        Ok(applied.texts.into_values().next().unwrap_or_else(|| record.text().to_owned()))
    }

    /// Whether a head of this tool is written anew, since MADR has other keys throughout.
    fn is_rewritten(&self) -> bool {
        self.form == Form::Madr && self.record.format.is_native()
    }

    fn is_wanted(&self, key: &str, asked: &BTreeSet<&'static str>) -> bool {
        let is_written = match key {
            "created" | "date" => self.record.front.created.is_some_and(|day| !day.span.is_empty()),
            _ => false,
        };
        is_written || !ASKED_FOR.contains(&key) || asked.contains(key)
    }

    /// What goes out of the body. A status must go: left there, it would be a second one.
    fn cuts(&self) -> Result<Cuts, Refusal> {
        let record = self.record;
        let is_status = |field: &Field| is_status(field, record);
        let is_said = |field: &Field| match (self.form, field.key) {
            (_, Key::Status) => is_status(field),
            (Form::Madr, Key::Tracking) => false,
            _ => is_carried(field, record, &self.said),
        };
        let cuts = cut(record.text(), record.body, record.fields(), &is_said);
        let standing = record.fields().iter().enumerate().find(|(at, field)| {
            let is_first = field.key == Key::Status && is_status(field);
            is_first && field.holder != Holder::Head && !cuts.gone.contains(at)
        });
        if let Some((_, field)) = standing {
            let help = "put the status on a line of its own, and what else stands there into the text";
            return Err(Refusal::at(
                field.value.span,
                "more than the status stands here, and would be said twice",
                help,
            ));
        }
        if self.form == Form::Native && record.raw_status.as_ref().is_some_and(|raw| !record.head.contains(raw.span)) {
            has_native_status(record, &self.said)?;
        }
        Ok(cuts)
    }

    /// The keys that are to be in the head besides those that are there.
    fn pairs(&self, cuts: &Cuts) -> Vec<Pair> {
        let record = self.record;
        let has_head = !record.head.is_empty() && !self.is_rewritten();
        let in_head = |span: Span| has_head && record.head.contains(span) && !span.is_empty();
        let mut said = self.said.clone();
        let normal = self.normal_status();
        let kept_by_status = |span: Span| {
            let raw = record.raw_status.as_ref().map(|raw| raw.span).unwrap_or_default();
            self.form == Form::Madr && raw.contains(span)
        };
        let moved: BTreeSet<(RelationKind, &str)> = record
            .references
            .iter()
            .filter(|reference| {
                let span = reference.target.span;
                let is_there = in_head(span) && !normal.is_some_and(|status| status.contains(span));
                let is_read_there = self.form == Form::Madr && self.stands_still(span, cuts);
                !is_there && !kept_by_status(span) && !is_read_there
            })
            .map(|reference| (reference.kind, reference.target.value.as_str()))
            .collect();
        let kept: Vec<RelationKind> = moved.iter().map(|(kind, _)| *kind).collect();
        said.relations.retain(|(kind, ..)| kept.contains(kind));
        if record.raw_status.as_ref().is_none_or(|raw| raw.span.is_empty()) {
            // The file's place says it, and goes on saying it.
            said.status = None;
        }
        if in_head(record.status_days.first().map(|day| day.span).unwrap_or_default()) {
            said.since.clear();
        }
        let pairs = match self.form {
            Form::Native => native(&said),
            Form::Madr => {
                let moved = madr(&said, said.status.as_ref().and(self.words_of_status()));
                moved.into_iter().filter(|(key, _)| !self.stays(key, cuts)).collect()
            }
        };
        let of_summary = record.front.summary.as_ref().is_some_and(|summary| in_head(summary.span));
        pairs.into_iter().filter(|(key, _)| !(of_summary && ["summary", "description"].contains(key))).collect()
    }

    /// Whether a place is in a field that stays in the text, where a form that reads the text finds it.
    fn stands_still(&self, place: Span, cuts: &Cuts) -> bool {
        let fields = self.record.fields().iter().enumerate();
        let staying = fields.filter(|(at, field)| field.holder != Holder::Head && !cuts.gone.contains(at));
        staying.into_iter().any(|(_, field)| field.value.span.contains(place))
    }

    /// Whether a key of MADR is not written, since a line in the text or a key of the head goes on saying it.
    fn stays(&self, key: &str, cuts: &Cuts) -> bool {
        let of_key = match key {
            "date" => Key::Created,
            "updated" => Key::Updated,
            "decision-makers" => Key::Deciders,
            "consulted" => Key::Consulted,
            "informed" => Key::Informed,
            "author" => Key::Authors,
            "reviewers" => Key::Contributors,
            "tags" => Key::Tags,
            "description" => Key::Summary,
            _ => return false,
        };
        let is_kept = |at: usize, field: &Field| match field.holder {
            Holder::Head => !self.is_rewritten(),
            _ => !cuts.gone.contains(&at),
        };
        self.record.fields().iter().enumerate().any(|(at, field)| field.key == of_key && is_kept(at, field))
    }

    /// The words of the status for MADR, in which records may stand.
    fn words_of_status(&self) -> Option<String> {
        let raw = self.record.raw_status.as_ref()?;
        let has_more = !self.record.status_days.is_empty()
            || self.record.references.iter().any(|reference| raw.span.contains(reference.target.span))
            || !is_plain_status(raw, self.record, &self.record.kind.lifecycle);
        match has_more {
            // In a head it may stand between quotes.
            true if self.record.head.contains(raw.span) => Some(raw.value.clone()),
            true => Some(raw.span.of(self.record.text()).split_whitespace().collect::<Vec<_>>().join(" ")),
            false => self.said.status.clone(),
        }
    }

    fn is_of_form(&self, after: &Record) -> bool {
        let is_small = || {
            let keys = after.front.table.entries.iter();
            keys.into_iter().all(|entry| ["status", "title", "id", "tags"].contains(&entry.key.value.as_str()))
        };
        match self.form {
            Form::Native => after.format.is_native(),
            Form::Madr => after.format == Format::Madr || after.format.is_native() && is_small(),
        }
    }

    fn lost(&self, what: &str) -> Refusal {
        let record = self.record;
        let place = match what {
            "status" | "day of the status" | "status in the text" => record.raw_status.as_ref().map(|raw| raw.span),
            "relations" => record.references.first().map(|reference| reference.target.span),
            "day of creation" => record.front.created.map(|day| day.span),
            _ => None,
        };
        if what == "status in the text" {
            let message = "the section says more than the status, and what is left of it would be read as one";
            return Refusal::at(place.unwrap_or_default(), message, "move the rest of it into another section");
        }
        let form = if self.form == Form::Native { "of this tool" } else { "of MADR" };
        let message = format!("a head {form} would not say the same: the {what} would be another");
        let start = Span::new(record.head.range().start, record.head.range().start);
        Refusal::at(place.unwrap_or(start), &message, "move this record by hand, or keep it in its form")
    }
}
