//! The days and hours that records ask somebody to keep in mind.

use super::standing::{Standing, standing};
use crate::date::{Date, Moment, Timestamp};
use crate::log::DecisionLog;
use crate::markdown::slug;
use crate::record::{Brownout, Debt, Deprecation, Metric, Record};
use crate::text::Spanned;
use std::time::Duration;

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// A pre-read goes out, a meeting is held.
    Review,
    /// A planned failure.
    Brownout,
    /// A step of the end of something.
    Sunset,
    /// A decision is to be looked at again.
    ReviewBy,
    /// A metric is to be measured.
    Metric,
    /// Debt is to be paid.
    Debt,
    /// An exception ends.
    Expiry,
    /// A fixed date.
    Deadline,
}

/// When it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// All day, wherever the reader is.
    Day(Date),
    /// From an instant on, until another where that is known.
    At(Timestamp, Option<Timestamp>),
}

/// One event of a record.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// What it is about.
    pub(super) topic: Topic,
    /// What identifies it among the events of its record.
    pub(super) name: String,
    /// What happens: `Sunset`.
    pub(super) label: &'static str,
    /// To what, where that is not the whole record: a metric, a debt.
    pub(super) subject: Option<String>,
    /// What there is to know besides.
    pub(super) note: String,
    /// When it is.
    pub(super) when: When,
    /// The day of it, as the author wrote it.
    pub(super) day: Date,
    /// Whether it is only planned, and may yet change.
    pub(super) tentative: bool,
}

impl Topic {
    /// Every topic, in the order in which they are listed.
    pub(super) const ALL: [Topic; 8] = [
        Topic::Review,
        Topic::Brownout,
        Topic::Sunset,
        Topic::ReviewBy,
        Topic::Metric,
        Topic::Debt,
        Topic::Expiry,
        Topic::Deadline,
    ];

    /// The name of its calendar, and what readers call it.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        match self {
            Topic::Review => ("reviews", "Pre-reads and reviews"),
            Topic::Brownout => ("brownouts", "Brownouts"),
            Topic::Sunset => ("sunsets", "Sunsets"),
            Topic::ReviewBy => ("review-by", "Decisions to look at again"),
            Topic::Metric => ("metrics", "Metrics due"),
            Topic::Debt => ("debt", "Debt due"),
            Topic::Expiry => ("expiry", "Exceptions that end"),
            Topic::Deadline => ("deadlines", "Deadlines"),
        }
    }
}

impl Event {
    fn on(topic: Topic, name: impl Into<String>, label: &'static str, day: Date) -> Event {
        let (name, note, when) = (name.into(), String::new(), When::Day(day));
        Event { topic, name, label, subject: None, note, when, day, tentative: false }
    }

    fn at(topic: Topic, name: impl Into<String>, label: &'static str, moment: Moment) -> Event {
        let when = match moment {
            Moment::Day(day) => When::Day(day),
            Moment::Instant { at, .. } => When::At(at, None),
        };
        Event { when, ..Event::on(topic, name, label, moment.day()) }
    }
}

/// The events of a record.
///
/// What is owed is on a calendar once the record is in force, and until it is done. A record that is over or put off keeps
/// what had come by its last change: that took place. What still lay ahead then will not come.
pub(super) fn events(position: usize, record: &Record, log: &DecisionLog) -> Vec<Event> {
    let standing = standing(position, record, log);
    let mut events = planned(record);
    if standing == Standing::Open {
        let may_change = events.iter_mut().filter(|event| matches!(event.topic, Topic::Brownout | Topic::Sunset));
        may_change.for_each(|event| event.tentative = true);
    } else {
        events.extend(owed(record));
    }
    if matches!(standing, Standing::Over | Standing::Deferred) {
        let last = record.last_change();
        let again = |event: &Event| standing == Standing::Deferred && event.topic == Topic::ReviewBy;
        events.retain(|event| again(event) || last.is_some_and(|last| event.day <= last));
    }
    events
}

/// What a record has planned, decided or not.
fn planned(record: &Record) -> Vec<Event> {
    let front = &record.front;
    let mut events = Vec::new();
    if let Some(review) = front.review.as_ref().map(|review| &review.value) {
        let steps = [("circulated", "Pre-read", &review.circulated), ("held", "Review", &review.held)];
        let given = steps.into_iter().filter_map(|(name, label, moment)| Some((name, label, moment.as_ref()?.value)));
        events.extend(given.map(|(name, label, moment)| Event::at(Topic::Review, name, label, moment)));
    }
    let deadline = front.deadline.as_ref().map(|day| day.value);
    events.extend(deadline.map(|day| Event::on(Topic::Deadline, "deadline", "Deadline", day)));
    if let Some(deprecation) = &front.deprecation {
        endings(&deprecation.value, &mut events);
    }
    events
}

fn endings(deprecation: &Deprecation, events: &mut Vec<Event>) {
    let brownouts = deprecation.brownouts.iter().enumerate();
    events.extend(brownouts.map(|(at, brownout)| of_brownout(at + 1, &brownout.value)));
    let steps = [
        ("announced", "Announcement", &deprecation.announced),
        ("governance-lock", "Governance lock", &deprecation.governance_lock),
        ("sunset", "Sunset", &deprecation.sunset),
        ("removed", "Removal", &deprecation.removed),
    ];
    let given = steps.into_iter().filter_map(|(name, label, day)| Some((name, label, day.as_ref()?.value)));
    events.extend(given.map(|(name, label, day)| Event::on(Topic::Sunset, name, label, day)));
}

fn of_brownout(number: usize, brownout: &Brownout) -> Event {
    let event = Event::at(Topic::Brownout, format!("brownout-{number}"), "Brownout", brownout.start);
    let percent = (brownout.share * 10_000.0).round() / 100.0;
    let note = format!("{} min, {percent} % of the requests fail.", brownout.minutes);
    let length = u64::try_from(brownout.minutes).ok().and_then(|minutes| minutes.checked_mul(60));
    let when = match event.when {
        When::At(start, _) => {
            When::At(start, length.and_then(|seconds| start.checked_add(Duration::from_secs(seconds)).ok()))
        }
        day => day,
    };
    Event { when, note, ..event }
}

/// What a record in force owes, and has not done yet.
fn owed(record: &Record) -> Vec<Event> {
    let front = &record.front;
    let mut events = Vec::new();
    let review_by = front.review_by.as_ref().map(|day| day.value);
    events.extend(review_by.map(|day| Event::on(Topic::ReviewBy, "review-by", "Look again", day)));
    let expires = front.expires.as_ref().map(|day| day.value);
    events.extend(expires.map(|day| Event::on(Topic::Expiry, "expires", "Expires", day)));
    events.extend(front.metrics.iter().filter_map(|row| of_metric(&row.value)));
    events.extend(front.debts.iter().filter_map(|row| of_debt(&row.value)));
    number(&mut events);
    events
}

fn of_metric(metric: &Metric) -> Option<Event> {
    let is_open = metric.actual.is_none() && metric.measured.is_none();
    let due = metric.due.as_ref().filter(|_| is_open)?.value;
    let name = words(metric.name.as_ref(), "a metric");
    let (target, source) = (words(metric.target.as_ref(), ""), words(metric.source.as_ref(), ""));
    let notes = [("Target", target), ("Source", source)].into_iter().filter(|(_, value)| !value.is_empty());
    let note: Vec<String> = notes.map(|(label, value)| format!("{label}: {value}.")).collect();
    let event = Event::on(Topic::Metric, format!("metric-{}", slug(name)), "Metric due", due);
    Some(Event { subject: Some(name.to_owned()), note: note.join(" "), ..event })
}

fn of_debt(debt: &Debt) -> Option<Event> {
    let due = debt.due.as_ref().filter(|_| debt.paid.is_none())?.value;
    let (what, ticket) = (words(debt.what.as_ref(), "a debt"), words(debt.ticket.as_ref(), ""));
    let key = if ticket.is_empty() { what } else { ticket };
    let event = Event::on(Topic::Debt, format!("debt-{}", slug(key)), "Debt due", due);
    let note = if ticket.is_empty() { String::new() } else { format!("Ticket: {ticket}.") };
    Some(Event { subject: Some(what.to_owned()), note, ..event })
}

/// Tells apart what two rows call the same.
fn number(events: &mut [Event]) {
    let mut seen = std::collections::BTreeMap::new();
    for event in events {
        let times = seen.entry(event.name.clone()).or_insert(0_usize);
        *times += 1;
        if *times > 1 {
            event.name = format!("{}.{times}", event.name);
        }
    }
}

fn words<'a>(text: Option<&'a Spanned<String>>, otherwise: &'a str) -> &'a str {
    text.map_or(otherwise, |text| text.value.as_str())
}
