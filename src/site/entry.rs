//! What a feed says: one entry for a record, or for a change of its status.

use super::standing::{name, successors};
use crate::config::{Config, Status};
use crate::date::Date;
use crate::log::DecisionLog;
use crate::page::{Plan, Route, encode_fragment};
use crate::record::Record;
use std::cmp::Reverse;

/// One entry of a feed.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    /// What it is about.
    pub(super) record: &'a Record,
    /// The page.
    pub(super) route: &'a Route,
    /// What identifies it after the site's address and `#`; it never changes while the record keeps its id.
    pub(super) name: String,
    /// For readers.
    pub(super) title: String,
    /// The status that it speaks of.
    pub(super) status: Option<&'a Status>,
    /// When it last changed.
    pub(super) updated: Date,
    /// When it was first written.
    pub(super) published: Option<Date>,
    /// One sentence, and what has taken the record's place.
    pub(super) summary: String,
    /// Who answers for it, by name.
    pub(super) authors: Vec<String>,
    position: usize,
}

/// An entry for each record of the log that has a page and a date, the newest first.
pub(super) fn records<'a>(plan: &'a Plan, log: &'a DecisionLog, config: &Config) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'_>> =
        (0..log.records().len()).filter_map(|position| entry(position, plan, log, config)).collect();
    sort(&mut entries);
    entries
}

/// An entry for each status that a record is known to have come to, the newest first.
pub(super) fn changes<'a>(records: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'_>> = records.iter().flat_map(passages).collect();
    sort(&mut entries);
    entries
}

/// The newest first; of one day, the later record, and of one record, the later status.
fn sort(entries: &mut [Entry<'_>]) {
    entries.sort_by_key(|entry| Reverse((entry.updated, entry.position)));
}

fn entry<'a>(position: usize, plan: &'a Plan, log: &'a DecisionLog, config: &Config) -> Option<Entry<'a>> {
    let record = log.record(position).filter(|record| !record.kind.is_chapter())?;
    let route = plan.routes.get(position)?.as_ref()?;
    let summary = match successors(position, log).as_slice() {
        [] => record.summary().into_owned(),
        others => format!("Superseded by {}. {}", others.join(", "), record.summary()).trim_end().to_owned(),
    };
    Some(Entry {
        record,
        route,
        name: name(position, record, log, config),
        title: record.name(),
        status: record.status.as_deref(),
        updated: record.last_change()?,
        published: record.front.created.as_ref().map(|created| created.value),
        summary,
        authors: authors(record, config),
        position,
    })
}

/// The driver; else who owns what goes away; else whoever approves.
fn authors(record: &Record, config: &Config) -> Vec<String> {
    let front = &record.front;
    let daci = front.daci.as_ref().map(|daci| &daci.value);
    let driver = daci.and_then(|daci| daci.driver.as_ref());
    let owner = || front.deprecation.as_ref().and_then(|deprecation| deprecation.value.owner.as_ref());
    let approvers = || daci.into_iter().flat_map(|daci| &daci.approver);
    let handles: Vec<_> = match driver.or_else(owner) {
        Some(handle) => vec![handle],
        None => approvers().collect(),
    };
    let name = |handle: &str| {
        let people = &config.policy.people;
        let known = people.get(handle).or_else(|| people.get(handle.trim_start_matches('@')));
        known.map(|person| person.name.clone()).filter(|name| !name.is_empty()).unwrap_or_else(|| handle.to_owned())
    };
    handles.into_iter().map(|handle| name(&handle.value)).filter(|name| !name.trim().is_empty()).collect()
}

/// The statuses of a record's history; and its present one, as of its last change, unless the history ends with it.
fn passages<'a>(entry: &Entry<'a>) -> Vec<Entry<'a>> {
    let record = entry.record;
    let rows = record.front.history.iter().filter_map(|row| {
        let (status, on) = (row.value.status.as_ref()?, row.value.on.as_ref()?);
        Some((record.kind.lifecycle.status(&status.value)?.as_ref(), on.value))
    });
    let mut steps: Vec<(&'a Status, Date)> = rows.collect();
    steps.sort_by_key(|(_, on)| *on);
    if let Some(present) = record.status.as_deref()
        && steps.last().is_none_or(|(last, _)| last.name != present.name)
    {
        steps.push((present, entry.updated));
    }
    let times = |name: &str, until: usize| steps.iter().take(until).filter(|(status, _)| status.name == name).count();
    let change = |(at, (status, on)): (usize, &(&'a Status, Date))| {
        let again = match times(&status.name, at) {
            0 => String::new(),
            before => format!(":{}", before + 1),
        };
        Entry {
            name: format!("{}:{}{again}", entry.name, encode_fragment(&status.name)),
            title: format!("{}: {}", status.label, entry.title),
            status: Some(status),
            updated: *on,
            published: Some(*on),
            ..entry.clone()
        }
    };
    // The later ones first, since sorting keeps the order of what is equal.
    let mut changes: Vec<Entry<'a>> = steps.iter().enumerate().map(change).collect();
    changes.reverse();
    changes
}
