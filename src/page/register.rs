//! The tables that a record's front matter keeps: who was asked, who signed, what is measured, what it costs.

use super::link::Map;
use super::person::PersonView;
use crate::check::{is_measured, meets_target};
use crate::date::{Date, Moment};
use crate::record::{FrontMatter, Metric};
use crate::text::{Spanned, capitalised};
use serde::Serialize;

/// All tables of a record; an empty one is not shown.
#[derive(Debug, Serialize)]
pub(super) struct RegistersView {
    consulted: Vec<ConsultedView>,
    sign_offs: Vec<SignOffView>,
    dissent: Vec<DissentView>,
    metrics: Vec<MetricView>,
    debts: Vec<DebtView>,
    review: Option<ReviewView>,
}

#[derive(Debug, Serialize)]
struct ConsultedView {
    who: Option<PersonView>,
    on: Option<String>,
    stance: Option<String>,
    outcome: Option<String>,
}

#[derive(Debug, Serialize)]
struct SignOffView {
    role: Option<String>,
    by: Option<PersonView>,
    on: Option<String>,
}

#[derive(Debug, Serialize)]
struct DissentView {
    who: Option<PersonView>,
    position: Option<String>,
    committed: Option<String>,
}

#[derive(Debug, Serialize)]
struct MetricView {
    name: Option<String>,
    baseline: Option<String>,
    target: Option<String>,
    source: Option<String>,
    due: Option<String>,
    actual: Option<String>,
    measured: Option<String>,
    outcome: OutcomeView,
}

/// What came of a metric: a word, and the decision that has its shape and colour.
#[derive(Debug, Serialize)]
struct OutcomeView {
    label: &'static str,
    decision: &'static str,
    delivery: &'static str,
}

#[derive(Debug, Serialize)]
struct DebtView {
    what: Option<String>,
    ticket: Option<String>,
    due: Option<String>,
    paid: Option<String>,
}

#[derive(Debug, Serialize)]
struct ReviewView {
    circulated: Option<String>,
    held: Option<String>,
    /// Whether it is still to be held.
    ahead: bool,
}

/// The tables of a record.
pub(super) fn registers(front: &FrontMatter, map: Map<'_>) -> RegistersView {
    RegistersView {
        consulted: consulted(front, map),
        sign_offs: sign_offs(front, map),
        dissent: dissent(front, map),
        metrics: metrics(front, map.today),
        debts: debts(front),
        review: front.review.as_ref().map(|review| ReviewView {
            circulated: review.value.circulated.as_ref().map(|at| moment(at.value)),
            held: review.value.held.as_ref().map(|at| moment(at.value)),
            ahead: review.value.held.as_ref().is_some_and(|at| at.value.day() > map.today),
        }),
    }
}

fn consulted(front: &FrontMatter, map: Map<'_>) -> Vec<ConsultedView> {
    let view = |entry: &Spanned<crate::record::Consulted>| ConsultedView {
        who: entry.value.who.as_ref().map(|who| map.person(&who.value)),
        on: day(entry.value.on.as_ref()),
        stance: text(entry.value.stance.as_ref()),
        outcome: text(entry.value.outcome.as_ref()),
    };
    front.consulted.iter().map(view).collect()
}

fn sign_offs(front: &FrontMatter, map: Map<'_>) -> Vec<SignOffView> {
    let view = |entry: &Spanned<crate::record::SignOff>| SignOffView {
        role: entry.value.role.as_ref().map(|role| words(&role.value)),
        by: entry.value.by.as_ref().map(|by| map.person(&by.value)),
        on: day(entry.value.on.as_ref()),
    };
    front.sign_offs.iter().map(view).collect()
}

fn dissent(front: &FrontMatter, map: Map<'_>) -> Vec<DissentView> {
    let view = |entry: &Spanned<crate::record::Dissent>| DissentView {
        who: entry.value.who.as_ref().map(|who| map.person(&who.value)),
        position: text(entry.value.position.as_ref()),
        committed: day(entry.value.committed.as_ref()),
    };
    front.dissent.iter().map(view).collect()
}

fn metrics(front: &FrontMatter, today: Date) -> Vec<MetricView> {
    let view = |entry: &Spanned<Metric>| MetricView {
        outcome: outcome(&entry.value, today),
        name: text(entry.value.name.as_ref()),
        baseline: text(entry.value.baseline.as_ref()),
        target: text(entry.value.target.as_ref()),
        source: text(entry.value.source.as_ref()),
        due: day(entry.value.due.as_ref()),
        actual: text(entry.value.actual.as_ref()),
        measured: day(entry.value.measured.as_ref()),
    };
    front.metrics.iter().map(view).collect()
}

fn outcome(metric: &Metric, today: Date) -> OutcomeView {
    let (label, decision) = match (is_measured(metric), meets_target(metric), &metric.due) {
        (true, Some(true), _) => ("Met", "accepted"),
        (true, Some(false), _) => ("Missed", "rejected"),
        (true, None, _) => ("Measured", "in-review"),
        (false, _, Some(due)) if due.value < today => ("Overdue", "unknown"),
        (false, _, Some(_)) => ("Not yet due", "draft"),
        (false, _, None) => ("Not measured", "draft"),
    };
    OutcomeView { label, decision, delivery: "not-started" }
}

fn debts(front: &FrontMatter) -> Vec<DebtView> {
    let view = |entry: &Spanned<crate::record::Debt>| DebtView {
        what: text(entry.value.what.as_ref()),
        ticket: text(entry.value.ticket.as_ref()),
        due: day(entry.value.due.as_ref()),
        paid: day(entry.value.paid.as_ref()),
    };
    front.debts.iter().map(view).collect()
}

/// Names that readers know by their letters.
const LETTERS: [&str; 8] = ["api", "ceo", "cfo", "ciso", "cto", "sre", "tpm", "vp"];

/// A name with hyphens as words within a sentence: `public-api` becomes `public API`.
pub(super) fn spaced(name: &str) -> String {
    let word = |word: &str| if LETTERS.contains(&word) { word.to_uppercase() } else { word.to_owned() };
    name.split(['-', '_']).map(word).collect::<Vec<_>>().join(" ")
}

/// A name with hyphens as words: `do-nothing` becomes `Do nothing`.
pub(super) fn words(name: &str) -> String {
    capitalised(&spaced(name))
}

/// A day as readers see it.
pub(super) fn day(date: Option<&Spanned<Date>>) -> Option<String> {
    date.map(|date| date.value.to_string())
}

/// A moment as readers see it, in universal time where it has a time.
pub(super) fn moment(moment: Moment) -> String {
    match moment {
        Moment::Day(day) => day.to_string(),
        Moment::Instant { at, .. } => at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
    }
}

fn text(value: Option<&Spanned<String>>) -> Option<String> {
    value.map(|value| value.value.clone()).filter(|value| !value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_words() {
        assert_eq!((words("do-nothing"), words("vp")), ("Do nothing".to_owned(), "VP".to_owned()));
    }
}
