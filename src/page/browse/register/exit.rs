//! The register of exit strategies.

use super::entry::{CellView, Entry, Scope, State, opening};
use crate::cost::{Ownership, chosen, walk_away_price};
use crate::markdown::Section;
use crate::page::browse::standing::{is_in_force, stands};
use crate::page::register::words;
use crate::record::{Headings, Record, Sourcing};

/// The rule that asks for the section.
const RULE: &str = "missing-exit-strategy";

/// Records that buy, partner or say how they would leave: those that do not say it first, then those that cost more than
/// building.
pub(super) fn entries(scope: &Scope<'_>) -> Vec<Entry> {
    scope.records().filter(|(_, record)| stands(record)).filter_map(|(at, record)| entry(at, record, scope)).collect()
}

fn entry(position: usize, record: &Record, scope: &Scope<'_>) -> Option<Entry> {
    let front = &record.front;
    let sourcing = front.sourcing.as_ref().map(|sourcing| sourcing.value);
    let leans = matches!(sourcing, Some(Sourcing::Buy | Sourcing::Partner));
    let section = exit_section(record);
    if section.is_none() && !leans {
        return None;
    }
    let told = section.map(|section| opening(record, section)).unwrap_or_default();
    let cost = front.cost.as_ref().map(|cost| &cost.value);
    let price = cost.and_then(walk_away_price);
    let option = cost.zip(sourcing).and_then(|(cost, sourcing)| chosen(cost, sourcing));
    let years = cost.and_then(|cost| cost.horizon_years.as_ref()).map(|years| years.value);
    let total =
        option.zip(years).map(|(option, years)| Ownership::of(option).over(years)).filter(|sum| sum.is_finite());
    let is_dear = price.zip(total).is_some_and(|(price, total)| leans && total > price);
    let (state, word) = match (told.is_empty() && section.is_none(), is_dear) {
        (true, _) if leans && is_in_force(record) => (State::Late, "Not described"),
        (true, _) => (State::Open, "Not described"),
        (false, true) => (State::Open, "Above its price"),
        (false, false) => (State::Done, "Described"),
    };
    let currency = cost.and_then(|cost| cost.currency.as_ref()).map_or("", |currency| currency.value.as_str());
    let over = years.map(|years| format!("over {years} years")).unwrap_or_default();
    let owner = scope.owner(record);
    let of_option = option.map(|option| words(&option.name.value).to_lowercase()).unwrap_or_default();
    Some(Entry {
        record: position,
        state,
        word: word.to_owned(),
        day: front.review_by.as_ref().map(|day| day.value),
        what: "exit strategy".to_owned(),
        who: owner.into_iter().collect(),
        cells: vec![
            CellView::text(told),
            CellView::money(price, currency).with_note(if price.is_some() { over } else { String::new() }),
            CellView::money(total, currency).with_note(of_option),
            scope.person_cell(owner),
        ],
    })
}

/// The section that says how to leave, by the names that the record's kind knows for it.
fn exit_section(record: &Record) -> Option<&Section> {
    let headings = Headings::of(record);
    let rules = record.kind.sections.iter().filter(|section| section.rule.value == RULE);
    let named = rules.flat_map(|rule| headings.named(rule)).next().copied();
    named.or_else(|| headings.titled("exitstrategy").into_iter().next())
}
