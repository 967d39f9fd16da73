//! The register of success metrics.

use super::entry::{CellView, Entry, Scope, State};
use crate::config::Delivery;
use crate::page::browse::standing::{is_in_force, stands};
use crate::page::register::day;
use crate::record::{Metric, Record};

/// Every metric of a record that stands: those that should have been measured first, then by the day on which they are due.
pub(super) fn entries(scope: &Scope<'_>) -> Vec<Entry> {
    let records = scope.records().filter(|(_, record)| stands(record));
    let rows = records.flat_map(|(at, record)| record.front.metrics.iter().map(move |row| (at, record, &row.value)));
    rows.map(|(position, record, metric)| entry(position, record, metric, scope)).collect()
}

fn entry(position: usize, record: &Record, metric: &Metric, scope: &Scope<'_>) -> Entry {
    let due = metric.due.as_ref().map(|due| due.value);
    let is_complete = record.status.as_ref().is_some_and(|status| status.delivery == Delivery::Complete);
    let is_measured = metric.actual.as_ref().is_some_and(|actual| !actual.value.trim().is_empty());
    let is_missed = is_measured
        && scope.found.of(record.path()).iter().any(|finding| {
            let actual = metric.actual.as_ref().map(|actual| actual.span);
            finding.rule == "missed-metric" && Some(finding.primary.span) == actual
        });
    let is_late = is_in_force(record) && (is_complete || due.is_some_and(|due| due < scope.map.today));
    let (state, word) = match (is_measured, is_late, due) {
        (true, ..) if is_missed => (State::Open, "Missed"),
        (true, ..) => (State::Done, "Measured"),
        (false, true, _) => (State::Late, "Not measured"),
        (false, false, Some(due)) if due >= scope.map.today => (State::Open, "Not yet due"),
        (false, false, Some(_)) => (State::Open, "Due"),
        (false, false, None) => (State::Open, "No date"),
    };
    let actual = CellView::field(metric.actual.as_ref()).with_note(day(metric.measured.as_ref()).unwrap_or_default());
    let owner = scope.owner(record);
    let name = metric.name.as_ref().map(|name| name.value.clone()).unwrap_or_default();
    let baseline = metric.baseline.as_ref().map(|baseline| format!("from {}", baseline.value)).unwrap_or_default();
    Entry {
        record: position,
        state,
        word: word.to_owned(),
        day: due,
        what: format!("measure {}", if name.is_empty() { "a metric" } else { &name }),
        who: owner.into_iter().collect(),
        cells: vec![
            CellView::text(name),
            CellView::field(metric.target.as_ref()).with_note(baseline),
            actual,
            CellView::day(due),
            scope.person_cell(owner),
        ],
    }
}
