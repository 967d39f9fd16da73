//! The register of waivers.

use super::entry::{CellView, Entry, Scope, State, opening};
use crate::config::Decision;
use crate::page::browse::standing::{decision, is_in_force};
use crate::record::{Headings, Record};

/// Every waiver and every record that expires: those in force past their end first, then by the day on which they end.
pub(super) fn entries(scope: &Scope<'_>) -> Vec<Entry> {
    let is_one = |record: &Record| record.kind.name == "waiver" || record.front.expires.is_some();
    let records = scope.records().filter(|(_, record)| is_one(record));
    records
        .map(|(position, record)| {
            let expires = record.front.expires.as_ref().map(|expires| expires.value);
            let label = record.status.as_ref().map_or("No status", |status| status.label.as_str());
            let is_past = expires.is_some_and(|expires| expires < scope.map.today);
            let (state, word) = match decision(record) {
                _ if is_in_force(record) && is_past => (State::Late, "Expired"),
                Some(Decision::Draft | Decision::InReview | Decision::Accepted) | None => (State::Open, label),
                _ => (State::Done, label),
            };
            let owner = scope.owner(record);
            Entry {
                record: position,
                state,
                word: word.to_owned(),
                day: expires,
                what: "end this exception, or have it granted anew".to_owned(),
                who: owner.into_iter().collect(),
                cells: vec![CellView::text(reason(record)), CellView::day(expires), scope.person_cell(owner)],
            }
        })
        .collect()
}

/// Why the paved road does not serve: the section that says it, else the record's summary.
fn reason(record: &Record) -> String {
    let headings = Headings::of(record);
    let rules = record.kind.sections.iter().filter(|section| section.name == "Reason");
    let section = rules.flat_map(|rule| headings.named(rule)).next();
    let told = section.map(|section| opening(record, section)).unwrap_or_default();
    if told.is_empty() { record.summary().into_owned() } else { told }
}
