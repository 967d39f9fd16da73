//! The register of escalations.

use super::entry::{CellView, Entry, Scope, State};
use crate::config::Decision;
use crate::date::Date;
use crate::page::browse::standing::decision;
use crate::record::Record;

/// Every escalation: those open for longer than the policy allows first, then the oldest.
pub(super) fn entries(scope: &Scope<'_>) -> Vec<Entry> {
    let records = scope.records().filter(|(_, record)| record.kind.escalation);
    records.map(|(position, record)| entry(position, record, scope)).collect()
}

fn entry(position: usize, record: &Record, scope: &Scope<'_>) -> Entry {
    let raised = raised_on(record);
    let label = record.status.as_ref().map_or("No status", |status| status.label.as_str());
    let days = raised.map(|raised| i64::from((scope.map.today - raised).get_days()));
    let limit = scope.map.config.policy.figures.escalation_days.value;
    let is_open = matches!(decision(record), Some(Decision::InReview | Decision::Draft) | None);
    let (state, word) = match (is_open, days) {
        (true, Some(days)) if days > limit => (State::Late, open_for(days)),
        (true, Some(days)) if days >= 0 => (State::Open, open_for(days)),
        (true, _) => (State::Open, label.to_owned()),
        (false, _) => (State::Done, label.to_owned()),
    };
    let approvers = record.front.daci.iter().flat_map(|daci| &daci.value.approver);
    let approvers: Vec<usize> = approvers.filter_map(|handle| scope.person(Some(handle))).collect();
    Entry {
        record: position,
        state,
        word,
        day: raised,
        what: "decide this escalation".to_owned(),
        cells: vec![
            CellView::text(record.summary()),
            CellView::day(raised),
            scope.person_cell(approvers.first().copied()),
        ],
        who: approvers,
    }
}

fn raised_on(record: &Record) -> Option<Date> {
    let created = record.front.created.as_ref().map(|created| created.value);
    let first = || record.front.history.iter().filter_map(|row| row.value.on.as_ref()).map(|on| on.value).min();
    created.or_else(first)
}

fn open_for(days: i64) -> String {
    if days == 1 { "Open for 1 day".to_owned() } else { format!("Open for {days} days") }
}
