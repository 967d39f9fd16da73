//! All registers, filled from the log.

use super::due::{Due, dues};
use super::entry::{Entry, Scope, State};
use super::sort::Sort;
use super::{debt, door, ending, escalation, exit, metric, waiver};
use crate::page::finding::Findings;
use crate::page::link::Map;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// All registers, each with its entries, those that ask for attention first.
pub(in crate::page) struct Registers {
    pub(super) all: Vec<(Sort, Vec<Entry>)>,
    /// What waits on somebody, the most pressing first.
    pub(super) dues: Vec<Due>,
    /// By person: the places of those that wait on them.
    of_person: BTreeMap<usize, Vec<usize>>,
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
        let dues = dues(&all, &scope);
        let mut of_person: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, due) in dues.iter().enumerate() {
            due.who.iter().for_each(|person| of_person.entry(*person).or_default().push(at));
        }
        Registers { all, dues, of_person }
    }

    /// What waits on a person, the most pressing first.
    pub(in crate::page) fn dues(&self, person: usize) -> Vec<&Due> {
        let places = self.of_person.get(&person).into_iter().flatten();
        places.filter_map(|at| self.dues.get(*at)).collect()
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
