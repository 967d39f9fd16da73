//! What waits on whom: of every register what is not done, and besides that reviews, drafts and decisions to look at again.

use super::entry::{Entry, Scope, State};
use super::sort::Sort;
use crate::config::Decision;
use crate::date::Date;
use crate::page::browse::standing::{decision, is_in_force};
use crate::record::Record;

/// Something that waits on somebody.
#[derive(Clone, Debug)]
pub(in crate::page) struct Due {
    /// The record's position.
    pub(in crate::page) record: usize,
    pub(in crate::page) state: State,
    /// When it is to be done; what has no day and waits all the same is to be done now.
    pub(in crate::page) day: Option<Date>,
    pub(in crate::page) is_now: bool,
    /// What is to be done: `measure p99`.
    pub(in crate::page) what: String,
    /// Those on whom it waits, by their places among the people.
    pub(in crate::page) who: Vec<usize>,
}

/// Everything that waits on somebody, the most pressing first.
pub(super) fn dues(all: &[(Sort, Vec<Entry>)], scope: &Scope<'_>) -> Vec<Due> {
    let waits = |sort: Sort, entry: &Entry| match sort {
        // A door or an exit waits on nobody as long as nothing is amiss with it.
        Sort::Doors | Sort::Exits => entry.state == State::Late,
        _ => entry.state != State::Done,
    };
    let of_register = |sort: Sort, entry: &Entry| Due {
        record: entry.record,
        state: entry.state,
        day: entry.day,
        is_now: false,
        what: match sort {
            Sort::Doors => "get the sign-offs of a one-way door".to_owned(),
            Sort::Exits => "say how to leave".to_owned(),
            _ => entry.what.clone(),
        },
        who: entry.who.clone(),
    };
    let registered = all.iter().flat_map(|(sort, entries)| {
        entries.iter().filter(|entry| waits(*sort, entry)).map(|entry| of_register(*sort, entry))
    });
    let own = scope.records().filter_map(|(position, record)| of_record(position, record, scope));
    let mut dues: Vec<Due> = registered.chain(own).collect();
    dues.sort_by_key(|due| {
        (due.state, due.day.is_none() && !due.is_now, due.day, scope.map.log.record(due.record).map(Record::rank))
    });
    dues
}

/// What a record asks for by where it stands.
fn of_record(position: usize, record: &Record, scope: &Scope<'_>) -> Option<Due> {
    let today = scope.map.today;
    let owner = scope.owner(record);
    let due = |state, day, is_now, what: &str, who: Vec<usize>| {
        Some(Due { record: position, state, day, is_now, what: what.to_owned(), who })
    };
    match decision(record) {
        // Escalations have a register of their own.
        Some(Decision::InReview) if !record.kind.escalation => {
            let review = record.front.review.as_ref().map(|review| &review.value);
            let held = review.and_then(|review| review.held.as_ref()).map(|held| held.value.day());
            let state = if scope.has_finding(record, "stuck-in-review") { State::Late } else { State::Open };
            match held {
                Some(held) if held >= today => {
                    due(State::Open, Some(held), false, "meet for the review", reviewers(record, owner, scope))
                }
                Some(held) => due(state, Some(held), true, "say what came of the review", owner.into_iter().collect()),
                None => due(state, None, true, "set a date for the review", owner.into_iter().collect()),
            }
        }
        Some(Decision::Draft) if scope.has_finding(record, "stale-draft") => {
            due(State::Late, None, true, "go on with this draft, or withdraw it", owner.into_iter().collect())
        }
        _ if is_in_force(record) => {
            let day = record.front.review_by.as_ref()?.value;
            let state = if day < today { State::Late } else { State::Open };
            due(state, Some(day), false, "look at this decision again", owner.into_iter().collect())
        }
        _ => None,
    }
}

/// Who is expected at a review: who moves it forward, who decides, and who contributes.
fn reviewers(record: &Record, owner: Option<usize>, scope: &Scope<'_>) -> Vec<usize> {
    let daci = record.front.daci.as_ref().map(|daci| &daci.value);
    let named = daci.into_iter().flat_map(|daci| daci.approver.iter().chain(&daci.contributors));
    let mut who: Vec<usize> = owner.into_iter().chain(named.filter_map(|handle| scope.person(Some(handle)))).collect();
    let mut seen = std::collections::BTreeSet::new();
    who.retain(|person| seen.insert(*person));
    who
}
