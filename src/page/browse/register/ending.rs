//! The register of deprecations.

use super::entry::{CellView, Entry, Scope, State};
use crate::config::{Decision, Delivery};
use crate::date::Date;
use crate::log::Strength;
use crate::page::browse::event::length;
use crate::page::browse::standing::{decision, is_in_force, stands};
use crate::record::{Deprecation, Record, RelationKind};
use crate::text::Spanned;

/// Consumers and brownouts that are named in a cell; the record's page has the others.
const NAMED: usize = 4;

/// What is being taken away: what is behind its dates first, then by the day that comes next.
pub(super) fn entries(scope: &Scope<'_>) -> Vec<Entry> {
    let is_one = |record: &Record| record.kind.name == "deprecation" || record.front.deprecation.is_some();
    let records = scope.records().filter(|(_, record)| is_one(record));
    records.map(|(position, record)| entry(position, record, scope)).collect()
}

fn entry(position: usize, record: &Record, scope: &Scope<'_>) -> Entry {
    let nothing = Deprecation::default();
    let plan = record.front.deprecation.as_ref().map_or(&nothing, |plan| &plan.value);
    let today = scope.map.today;
    let left: Vec<&crate::record::Consumer> =
        plan.consumers.iter().filter(|consumer| day(&consumer.migrated).is_none_or(|moved| moved > today)).collect();
    let (state, word) = state(record, plan, left.len(), today);
    let owner = scope.person(plan.owner.as_ref()).or_else(|| scope.owner(record));
    let sunset = day(&plan.sunset);
    let (next, step) = next(plan, today).map_or((sunset, "retire"), |(day, step)| (Some(day), step));
    let movers = left.iter().filter_map(|consumer| scope.person(consumer.owner.as_ref()));
    let total = plan.consumers.len();
    let moving = match total {
        0 => CellView::default(),
        _ if left.is_empty() => CellView::text(format!("None of {total}")),
        _ => {
            let names = left.iter().filter_map(|left| left.name.as_ref()).map(|name| name.value.clone());
            CellView::items(few(names)).with_note(format!("{} of {total}", left.len()))
        }
    };
    let brownouts = plan.brownouts.iter().map(|row| {
        let brownout = &row.value;
        format!("{}, {}", brownout.start.day(), length(brownout.minutes))
    });
    let target = plan.target.as_ref().map_or("what this record takes away", |target| target.value.as_str());
    // Whoever is late has the whole of it to do, and not the next step alone.
    let step = if state == State::Late { "retire" } else { step };
    Entry {
        record: position,
        state,
        word,
        day: next,
        what: format!("{step} {target}"),
        who: owner.into_iter().chain(if state == State::Late { movers.collect() } else { Vec::new() }).collect(),
        cells: vec![
            replacement(position, plan, scope),
            CellView::day(day(&plan.announced)),
            CellView::items(few(brownouts)).kept_on_one_line(),
            CellView::day(sunset),
            moving,
            scope.person_cell(owner),
        ],
    }
}

/// The step that comes next, by what is done on its day.
fn next(plan: &Deprecation, today: Date) -> Option<(Date, &'static str)> {
    let brownouts = plan.brownouts.iter().map(|brownout| (brownout.value.start.day(), "hold a brownout of"));
    let steps = [
        (&plan.governance_lock, "lock the teams that still use"),
        (&plan.sunset, "switch off"),
        (&plan.removed, "remove"),
    ];
    let steps = steps.into_iter().filter_map(|(date, step)| Some((day(date)?, step)));
    brownouts.chain(steps).filter(|(day, _)| *day >= today).min_by_key(|(day, _)| *day)
}

fn state(record: &Record, plan: &Deprecation, left: usize, today: Date) -> (State, String) {
    let status = record.status.as_ref();
    let label = status.map_or("No status", |status| status.label.as_str()).to_owned();
    let is_past = |date: &Option<Spanned<Date>>| day(date).is_some_and(|date| date < today);
    let has_come = |step: &str| status.is_some_and(|status| record.kind.lifecycle.reached(status, step));
    if !stands(record) || status.is_some_and(|status| status.delivery == Delivery::Complete) {
        return (State::Done, label);
    }
    if decision(record) != Some(Decision::Draft) && is_in_force(record) {
        if left > 0 && (is_past(&plan.sunset) || is_past(&plan.governance_lock)) {
            return (State::Late, "Not all have moved".to_owned());
        }
        if is_past(&plan.removed) || (is_past(&plan.sunset) && !has_come("sunset")) {
            return (State::Late, "Past its date".to_owned());
        }
    }
    (State::Open, label)
}

/// The record that takes its place, else what the author names.
fn replacement(position: usize, plan: &Deprecation, scope: &Scope<'_>) -> CellView {
    let log = scope.map.log;
    let mut relations = log.touching(position).filter(|relation| {
        relation.kind == RelationKind::ReplacedBy && relation.from == position && relation.strength == Strength::InForce
    });
    match relations.next().and_then(|relation| Some((relation.to, log.record(relation.to)?))) {
        Some((at, record)) => CellView::text(record.name()).with_href(scope.map.addresses.href(at)),
        None => CellView::field(plan.replacement.as_ref()),
    }
}

/// The first of many, and how many there are besides.
fn few(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut items: Vec<String> = items.collect();
    if items.len() > NAMED + 1 {
        let more = items.len() - NAMED;
        items.truncate(NAMED);
        items.push(format!("and {more} more"));
    }
    items
}

fn day(date: &Option<Spanned<Date>>) -> Option<Date> {
    date.as_ref().map(|date| date.value)
}
