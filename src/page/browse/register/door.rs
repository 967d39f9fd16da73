//! The register of one-way doors.

use super::entry::{CellView, Entry, Scope, State};
use crate::config::Decision;
use crate::page::browse::standing::{decision, said_decided_on};
use crate::page::listing::is_one_way;
use crate::page::register::spaced;

/// Those that stand: without the sign-offs they need first, then those still to be decided.
pub(super) fn entries(scope: &Scope<'_>) -> Vec<Entry> {
    let doors = scope.records().filter(|(_, record)| is_one_way(record));
    doors
        .map(|(position, record)| {
            let label = record.status.as_ref().map_or("No status", |status| status.label.as_str());
            let (state, word) = match decision(record) {
                _ if scope.has_finding(record, "missing-sign-off") => (State::Late, "Sign-off missing"),
                Some(Decision::Draft | Decision::InReview | Decision::Deferred) | None => (State::Open, label),
                _ => (State::Done, label),
            };
            let reasons: Vec<String> = record.front.door_reasons.iter().map(|reason| spaced(&reason.value)).collect();
            let signers = record.front.sign_offs.iter().filter_map(|row| scope.person(row.value.by.as_ref()));
            let signers = signers.filter_map(|place| scope.map.addresses.people.owners.get(place));
            let owner = scope.owner(record);
            let decided = said_decided_on(record);
            Entry {
                record: position,
                state,
                word: word.to_owned(),
                day: decided,
                what: "one-way door".to_owned(),
                who: owner.into_iter().collect(),
                cells: vec![
                    CellView::text(reasons.join(", ")),
                    scope.person_cell(owner),
                    CellView::items(signers.map(|owner| owner.person.name.clone()).collect()),
                    CellView::day(decided),
                ],
            }
        })
        .collect()
}
