//! What happened in the log, and what will: every dated step of every record.

use super::standing::{said_decided_on, stands};
use crate::config::Decision;
use crate::date::Date;
use crate::log::{DecisionLog, Relation, Strength};
use crate::record::{Deprecation, Record, RelationKind};
use crate::text::Spanned;

/// One step of a record, on a day.
#[derive(Clone, Debug)]
pub(in crate::page) struct Event {
    pub(in crate::page) day: Date,
    /// The record's position.
    pub(in crate::page) record: usize,
    /// What happened: `Circulated`.
    pub(in crate::page) word: String,
    /// The shape that shows it; empty where it is no decision.
    pub(in crate::page) decision: &'static str,
    /// The record that did it.
    pub(in crate::page) by: Option<usize>,
    /// How long and how far, for a brownout.
    pub(in crate::page) note: String,
}

/// Every event, the newest first; of one day, the later record, and of that the later step.
pub(in crate::page) fn events(log: &DecisionLog, today: Date) -> Vec<Event> {
    let mut events = Vec::new();
    for (position, record) in log.records().iter().enumerate().filter(|(_, record)| !record.kind.is_chapter()) {
        let mut steps = Steps { position, record, events: Vec::new() };
        steps.add_life(today);
        steps.add_effects(log);
        if stands(record) {
            steps.add_plans();
        }
        steps.add_changes();
        events.append(&mut steps.events);
    }
    // Of one record and one day, the later step: it was created before it was decided.
    events.reverse();
    events.sort_by_key(|event| std::cmp::Reverse((event.day, event.record)));
    events
}

/// The steps of one record.
struct Steps<'a> {
    position: usize,
    record: &'a Record,
    events: Vec<Event>,
}

impl Steps<'_> {
    fn add(&mut self, day: Option<Date>, word: &str, decision: &'static str) {
        let Some(day) = day else { return };
        let (record, word) = (self.position, word.to_owned());
        self.events.push(Event { day, record, word, decision, by: None, note: String::new() });
    }

    /// From the first draft to the decision.
    fn add_life(&mut self, today: Date) {
        let front = &self.record.front;
        self.add(day(&front.created), "Created", "");
        if let Some(review) = front.review.as_ref().map(|review| &review.value) {
            self.add(review.circulated.as_ref().map(|at| at.value.day()), "Circulated", "in-review");
            let held = review.held.as_ref().map(|at| at.value.day());
            // Where the meeting decided, that is what is told of it.
            let decided = said_decided_on(self.record).filter(|_| front.history.is_empty());
            let word = if held.is_some_and(|held| held > today) { "Review" } else { "Reviewed" };
            self.add(held.filter(|held| decided != Some(*held)), word, "in-review");
        }
        if front.history.is_empty() {
            self.add(said_decided_on(self.record), "Decided", "accepted");
            return;
        }
        for passage in front.history.iter().map(|row| &row.value) {
            let Some(word) = &passage.status else { continue };
            let status = self.record.kind.lifecycle.status(&word.value);
            let (label, decision) = status
                .map_or((word.value.as_str(), "unknown"), |status| (status.label.as_str(), status.decision.name()));
            self.add(day(&passage.on), label, decision);
        }
    }

    /// What other records did to it, on the day on which they were decided.
    fn add_effects(&mut self, log: &DecisionLog) {
        let position = self.position;
        let in_force = |relation: &&Relation| relation.to == position && relation.strength == Strength::InForce;
        for relation in log.touching(position).filter(in_force).filter(|relation| relation.from != position) {
            let (word, decision) = match (relation.kind, &relation.part) {
                (RelationKind::Supersedes, None) => ("Superseded", "superseded"),
                (RelationKind::Supersedes, Some(_)) => ("Superseded in part", "superseded"),
                (RelationKind::Amends, _) => ("Amended", ""),
                _ => continue,
            };
            let by = Some(relation.from);
            let own = self.events.iter_mut().find(|event| word == "Superseded" && event.decision == "superseded");
            if let Some(own) = own.filter(|own| own.by.is_none()) {
                // The record says itself when that was.
                own.by = by;
                continue;
            }
            let other = log.record(relation.from);
            let day = other.and_then(|other| said_decided_on(other).or_else(|| day(&other.front.created)));
            let Some(day) = day else { continue };
            let (record, word) = (position, word.to_owned());
            self.events.push(Event { day, record, word, decision, by, note: String::new() });
        }
    }

    /// What is fixed for a day.
    fn add_plans(&mut self) {
        let front = &self.record.front;
        if let Some(deprecation) = front.deprecation.as_ref().map(|deprecation| &deprecation.value) {
            self.add_ending(deprecation);
        }
        self.add(day(&front.deadline), "Deadline", "");
        let decided = self.record.status.as_ref().map(|status| status.decision);
        if matches!(decided, Some(Decision::Accepted)) {
            self.add(day(&front.review_by), "To be reviewed again", "");
            self.add(day(&front.expires), "Expires", "deprecated");
        }
    }

    fn add_ending(&mut self, deprecation: &Deprecation) {
        self.add(day(&deprecation.announced), "Deprecation announced", "deprecated");
        for brownout in deprecation.brownouts.iter().map(|row| &row.value) {
            let percent = (brownout.share * 10_000.0).round() / 100.0;
            self.events.push(Event {
                day: brownout.start.day(),
                record: self.position,
                word: "Brownout".to_owned(),
                decision: "deprecated",
                by: None,
                note: format!("{}, {percent}\u{a0}% of requests fail", length(brownout.minutes)),
            });
        }
        self.add(day(&deprecation.governance_lock), "Governance lock", "deprecated");
        self.add(day(&deprecation.sunset), "Sunset", "deprecated");
        self.add(day(&deprecation.removed), "Removal", "deprecated");
    }

    /// A change that is no other step: most records name the day of the last step as that of the last change.
    fn add_changes(&mut self) {
        let updated = day(&self.record.front.updated);
        let updated = updated.filter(|updated| self.events.iter().all(|event| event.day != *updated));
        self.add(updated, "Updated", "");
    }
}

/// Minutes as readers count them: whole hours where they come to two or more.
pub(in crate::page) fn length(minutes: i64) -> String {
    if minutes >= 120 && minutes % 60 == 0 {
        return format!("{}\u{a0}h", minutes / 60);
    }
    format!("{minutes}\u{a0}min")
}

fn day(date: &Option<Spanned<Date>>) -> Option<Date> {
    date.as_ref().map(|date| date.value)
}
