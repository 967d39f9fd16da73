//! All registers, filled from the log.

use super::entry::{Entry, Scope, State};
use super::sort::Sort;
use super::{debt, door, ending, escalation, exit, metric, waiver};
use crate::date::Date;
use crate::page::browse::standing::is_in_force;
use crate::page::finding::Findings;
use crate::page::link::Map;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// All registers, each with its entries, those that ask for attention first.
pub(in crate::page) struct Registers {
    pub(super) all: Vec<(Sort, Vec<Entry>)>,
    /// By person: what waits on them.
    dues: BTreeMap<usize, Vec<Due>>,
}

/// Something that waits on somebody.
#[derive(Clone, Debug)]
pub(in crate::page) struct Due {
    pub(in crate::page) record: usize,
    pub(in crate::page) state: State,
    pub(in crate::page) day: Option<Date>,
    /// What is to be done: `measure p99`.
    pub(in crate::page) what: String,
}

impl Registers {
    /// Fills the registers.
    pub(in crate::page) fn new(map: Map<'_>, found: &Findings<'_>) -> Registers {
        let scope = Scope { map, found };
        let fill = |sort: Sort| {
            let mut entries = match sort {
                Sort::Doors => door::entries(&scope),
                Sort::Exits => exit::entries(&scope),
                Sort::Deprecations => ending::entries(&scope),
                Sort::Metrics => metric::entries(&scope),
                Sort::Debts => debt::entries(&scope),
                Sort::Waivers => waiver::entries(&scope),
                Sort::Escalations => escalation::entries(&scope),
            };
            order(&mut entries);
            (sort, entries)
        };
        let all: Vec<(Sort, Vec<Entry>)> = Sort::ALL.into_iter().map(fill).collect();
        let mut registers = Registers { all, dues: BTreeMap::new() };
        registers.find_dues(&scope);
        registers
    }

    /// What waits on a person, the most pressing first.
    pub(in crate::page) fn dues(&self, person: usize) -> &[Due] {
        self.dues.get(&person).map_or(&[], Vec::as_slice)
    }

    fn find_dues(&mut self, scope: &Scope<'_>) {
        let waits = |sort: Sort, entry: &Entry| match sort {
            // A door or an exit waits on nobody as long as nothing is amiss with it.
            Sort::Doors | Sort::Exits => entry.state == State::Late,
            _ => entry.state != State::Done,
        };
        for (sort, entries) in &self.all {
            for entry in entries.iter().filter(|entry| waits(*sort, entry)) {
                let what = match sort {
                    Sort::Doors => "get the sign-offs of a one-way door".to_owned(),
                    Sort::Exits => "say how to leave".to_owned(),
                    Sort::Deprecations => format!("retire {}", entry.what),
                    _ => entry.what.clone(),
                };
                let due = Due { record: entry.record, state: entry.state, day: entry.day, what };
                for person in &entry.who {
                    self.dues.entry(*person).or_default().push(due.clone());
                }
            }
        }
        for (position, record) in scope.records().filter(|(_, record)| is_in_force(record)) {
            let Some(day) = record.front.review_by.as_ref().map(|day| day.value) else { continue };
            let state = if day < scope.map.today { State::Late } else { State::Open };
            let due = Due { record: position, state, day: Some(day), what: "look at this decision again".to_owned() };
            if let Some(person) = scope.owner(record) {
                self.dues.entry(person).or_default().push(due.clone());
            }
        }
        for dues in self.dues.values_mut() {
            dues.sort_by_key(|due| (due.state, due.day.is_none(), due.day, due.record));
        }
    }
}

/// What asks for attention first: what is late, then what is open, each by its day, the earliest first; what is done last, the
/// latest first.
fn order(entries: &mut [Entry]) {
    entries.sort_by_key(|entry| {
        let is_done = entry.state == State::Done;
        let (open, done) = if is_done { (None, Some(Reverse(entry.day))) } else { (entry.day, None) };
        (entry.state, open.is_none() && !is_done, open, done, entry.record)
    });
}
