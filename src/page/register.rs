//! The tables that a record's front matter keeps: who was asked, who signed, what is measured, what it costs.

use super::person::{PersonView, person};
use crate::config::Config;
use crate::date::{Date, Moment};
use crate::record::{Cost, CostOption, FrontMatter};
use crate::text::Spanned;
use serde::Serialize;
use std::collections::BTreeSet;

/// All tables of a record; an empty one is not shown.
#[derive(Debug, Serialize)]
pub(super) struct RegistersView {
    consulted: Vec<ConsultedView>,
    sign_offs: Vec<SignOffView>,
    dissent: Vec<DissentView>,
    metrics: Vec<MetricView>,
    debts: Vec<DebtView>,
    cost: Option<CostView>,
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
}

/// Options side by side: one row each, one column for each sort of amount.
#[derive(Debug, Serialize)]
struct CostView {
    currency: String,
    horizon: Option<String>,
    columns: Vec<String>,
    rows: Vec<CostRow>,
}

#[derive(Debug, Serialize)]
struct CostRow {
    option: String,
    /// One cell for each column; `None` where the option gives no such amount.
    amounts: Vec<Option<String>>,
}

/// The tables of a record.
pub(super) fn registers(front: &FrontMatter, config: &Config) -> RegistersView {
    RegistersView {
        consulted: consulted(front, config),
        sign_offs: sign_offs(front, config),
        dissent: dissent(front, config),
        metrics: metrics(front),
        debts: debts(front),
        cost: front.cost.as_ref().and_then(|cost| cost_table(&cost.value)),
        review: front.review.as_ref().map(|review| ReviewView {
            circulated: review.value.circulated.as_ref().map(|at| moment(at.value)),
            held: review.value.held.as_ref().map(|at| moment(at.value)),
        }),
    }
}

fn consulted(front: &FrontMatter, config: &Config) -> Vec<ConsultedView> {
    let view = |entry: &Spanned<crate::record::Consulted>| ConsultedView {
        who: entry.value.who.as_ref().map(|who| person(&who.value, config)),
        on: day(entry.value.on.as_ref()),
        stance: text(entry.value.stance.as_ref()),
        outcome: text(entry.value.outcome.as_ref()),
    };
    front.consulted.iter().map(view).collect()
}

fn sign_offs(front: &FrontMatter, config: &Config) -> Vec<SignOffView> {
    let view = |entry: &Spanned<crate::record::SignOff>| SignOffView {
        role: entry.value.role.as_ref().map(|role| words(&role.value)),
        by: entry.value.by.as_ref().map(|by| person(&by.value, config)),
        on: day(entry.value.on.as_ref()),
    };
    front.sign_offs.iter().map(view).collect()
}

fn dissent(front: &FrontMatter, config: &Config) -> Vec<DissentView> {
    let view = |entry: &Spanned<crate::record::Dissent>| DissentView {
        who: entry.value.who.as_ref().map(|who| person(&who.value, config)),
        position: text(entry.value.position.as_ref()),
        committed: day(entry.value.committed.as_ref()),
    };
    front.dissent.iter().map(view).collect()
}

fn metrics(front: &FrontMatter) -> Vec<MetricView> {
    let view = |entry: &Spanned<crate::record::Metric>| MetricView {
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

fn debts(front: &FrontMatter) -> Vec<DebtView> {
    let view = |entry: &Spanned<crate::record::Debt>| DebtView {
        what: text(entry.value.what.as_ref()),
        ticket: text(entry.value.ticket.as_ref()),
        due: day(entry.value.due.as_ref()),
        paid: day(entry.value.paid.as_ref()),
    };
    front.debts.iter().map(view).collect()
}

fn cost_table(cost: &Cost) -> Option<CostView> {
    if cost.options.is_empty() {
        return None;
    }
    let mut seen = BTreeSet::new();
    let mut columns: Vec<&str> = Vec::new();
    for (amount, _) in cost.options.iter().flat_map(|option| &option.amounts) {
        if seen.insert(amount.value.as_str()) {
            columns.push(&amount.value);
        }
    }
    let row = |option: &CostOption| {
        let of = |column: &&str| option.amounts.iter().find(|(name, _)| name.value == **column);
        let cell = |column: &&str| of(column).map(|(name, amount)| figure(&name.value, amount.value));
        CostRow { option: words(&option.name.value), amounts: columns.iter().map(cell).collect() }
    };
    Some(CostView {
        currency: cost.currency.as_ref().map(|currency| currency.value.clone()).unwrap_or_default(),
        horizon: cost.horizon_years.as_ref().map(|years| grouped(years.value)),
        rows: cost.options.iter().map(row).collect(),
        columns: columns.iter().map(|column| words(column)).collect(),
    })
}

/// An amount of money, or a share where its name says that it is one.
fn figure(name: &str, amount: f64) -> String {
    if name.ends_with("-rate") || name.ends_with("-share") {
        let percent = (amount * 1000.0).round() / 10.0;
        return format!("{percent}\u{a0}%");
    }
    grouped(amount)
}

/// A number with its thousands apart: `1 250 000`, with narrow spaces that do not break.
fn grouped(amount: f64) -> String {
    let text = format!("{}", (amount.abs() * 100.0).round() / 100.0);
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), ""), |(whole, fraction)| (whole, fraction));
    let mut out = String::new();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    let sign = if amount < 0.0 { "−" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{out}{point}{fraction}")
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
    let spaced = spaced(name);
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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
    fn amounts_are_read_at_a_glance() {
        assert_eq!(grouped(1_250_000.0), "1\u{202f}250\u{202f}000");
        assert_eq!(grouped(-999.5), "−999.5");
        assert_eq!(figure("maintenance-rate", 0.25), "25\u{a0}%");
        assert_eq!((words("do-nothing"), words("vp")), ("Do nothing".to_owned(), "VP".to_owned()));
    }
}
