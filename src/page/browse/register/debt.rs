//! The register of deliberate debt.

use super::entry::{CellView, Entry, Scope, State};
use crate::page::browse::standing::stands;
use crate::page::register::day;

/// Every debt of a record that stands: what is overdue first, then by the day on which it is to be paid.
pub(super) fn entries(scope: &Scope<'_>) -> Vec<Entry> {
    let records = scope.records().filter(|(_, record)| stands(record));
    let rows = records.flat_map(|(at, record)| record.front.debts.iter().map(move |row| (at, record, &row.value)));
    rows.map(|(position, record, debt)| {
        let due = debt.due.as_ref().map(|due| due.value);
        let (state, word) = match (&debt.paid, due) {
            (Some(_), _) => (State::Done, "Paid"),
            (None, Some(due)) if due < scope.map.today => (State::Late, "Overdue"),
            (None, Some(_)) => (State::Open, "Open"),
            (None, None) => (State::Open, "No date"),
        };
        let owner = scope.owner(record);
        let what = debt.what.as_ref().map(|what| what.value.clone()).unwrap_or_default();
        let paid = day(debt.paid.as_ref()).map(|paid| format!("paid {paid}")).unwrap_or_default();
        Entry {
            record: position,
            state,
            word: word.to_owned(),
            day: due,
            what: if what.is_empty() { "pay back a debt".to_owned() } else { format!("pay back a debt: {what}") },
            who: owner.into_iter().collect(),
            cells: vec![
                CellView::text(what),
                CellView::field(debt.ticket.as_ref()),
                CellView::day(due).with_note(paid),
                scope.person_cell(owner),
            ],
        }
    })
    .collect()
}
