//! The page of a record.

use super::cost::{CostView, cost};
use super::ending::{EndingView, ending};
use super::finding::{FindingView, Findings, Tally, findings};
use super::link::Map;
use super::register::{RegistersView, day, registers, spaced, words};
use super::relation::{LineageView, MentionsView, NoticeView, RelationsView, lineage, mentions, notices, relations};
use super::role::{OwnersView, owners};
use super::route::Route;
use super::text::{Text, TextView, description};
use super::view::{Frame, Head, LinkView, Page, Section, StatusView};
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::record::{FrontMatter, Record, Scope, Sourcing};
use crate::text::is_address;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Serialize)]
pub(super) struct RecordView {
    text: TextView,
    id: Option<String>,
    kind: LinkView,
    status: Option<StatusView>,
    summary: Option<String>,
    notices: Vec<NoticeView>,
    door: Option<&'static str>,
    door_reasons: Vec<String>,
    facts: Vec<FactView>,
    owners: Vec<OwnersView>,
    dates: Vec<FactView>,
    tags: Vec<LinkView>,
    tracking: Vec<LinkView>,
    registers: RegistersView,
    cost: Option<CostView>,
    ending: Option<EndingView>,
    relations: Vec<RelationsView>,
    lineage: LineageView,
    mentions: MentionsView,
    findings: Vec<FindingView>,
    tally: Tally,
}

/// A word and what it says: `Scope`, `Organisation`.
#[derive(Debug, Serialize)]
struct FactView {
    label: &'static str,
    value: String,
}

/// The records before and after each record in its series, by number.
pub(super) struct Series {
    neighbours: BTreeMap<usize, (Option<usize>, Option<usize>)>,
}

impl Series {
    /// Sorts records into series by the prefix of their ids.
    pub(super) fn new(log: &DecisionLog) -> Series {
        let mut series: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (id, claims) in log.ids() {
            series.entry(&id.prefix).or_default().extend(claims);
        }
        let mut neighbours = BTreeMap::new();
        for positions in series.values() {
            for (at, position) in positions.iter().enumerate() {
                let before = at.checked_sub(1).and_then(|at| positions.get(at)).copied();
                neighbours.insert(*position, (before, positions.get(at + 1).copied()));
            }
        }
        Series { neighbours }
    }

    fn of(&self, position: usize) -> (Option<usize>, Option<usize>) {
        self.neighbours.get(&position).copied().unwrap_or_default()
    }
}

/// Plans the page of a record that is not a chapter.
pub(super) fn page(
    frame: &Frame<'_>,
    (position, record, route): (usize, &Record, &Route),
    rendered: Text,
    (map, series, found): (Map<'_>, &Series, &Findings<'_>),
) -> Page {
    let mut text = rendered.view(record, map);
    let (previous, next) = series.of(position);
    text.previous = previous.and_then(|position| neighbour(position, map));
    text.next = next.and_then(|position| neighbour(position, map));
    let head = Head { title: record.name(), description: description(record), section: Section::Log };
    let view = view((position, record), text, map, found.of(record.path()));
    frame.page(route.clone(), "record.html", head, view)
}

pub(super) fn view(
    (position, record): (usize, &Record),
    text: TextView,
    map: Map<'_>,
    found: &[&Diagnostic],
) -> RecordView {
    let front = &record.front;
    let kind_page = map.addresses.kinds.get(&record.kind.name).map(Route::href);
    RecordView {
        text,
        id: record.id.as_ref().map(|id| id.value.to_string()),
        kind: LinkView { label: record.kind.label.clone(), href: kind_page },
        status: StatusView::of(record),
        summary: front.summary.as_ref().map(|summary| summary.value.clone()),
        notices: notices(position, record, map),
        door: front.door.as_ref().map(|door| door.value.name()),
        door_reasons: front.door_reasons.iter().map(|reason| spaced(&reason.value)).collect(),
        facts: facts(front),
        owners: owners(record, map),
        dates: dates(front).into_iter().chain(of_git(record, map)).collect(),
        tags: tags(front, map),
        tracking: front.tracking.iter().map(|ticket| tracked(&ticket.value, map.config)).collect(),
        cost: cost(front),
        registers: registers(front, map),
        ending: front.deprecation.as_ref().map(|deprecation| ending(position, &deprecation.value, map)),
        relations: relations(position, map),
        lineage: lineage(position, map),
        mentions: mentions(position, map),
        tally: Tally::of(found),
        findings: findings(found, map),
    }
}

fn neighbour(position: usize, map: Map<'_>) -> Option<LinkView> {
    let record = map.log.record(position)?;
    Some(LinkView { label: record.name(), href: Some(map.addresses.href(position)?) })
}

fn facts(front: &FrontMatter) -> Vec<FactView> {
    let scope = front.scope.as_ref().map(|scope| scope_name(scope.value).to_owned());
    let sourcing = front.sourcing.as_ref().map(|sourcing| sourcing_name(sourcing.value).to_owned());
    let focus = front.focus.as_ref().map(|focus| words(&focus.value));
    let facts = [("Scope", scope), ("Sourcing", sourcing), ("Focus", focus)];
    facts.into_iter().filter_map(|(label, value)| Some(FactView { label, value: value? })).collect()
}

fn dates(front: &FrontMatter) -> Vec<FactView> {
    let dates = [
        ("Created", &front.created),
        ("Updated", &front.updated),
        ("Deadline", &front.deadline),
        ("Review by", &front.review_by),
        ("Expires", &front.expires),
    ];
    dates.into_iter().filter_map(|(label, date)| Some(FactView { label, value: day(date.as_ref())? })).collect()
}

/// How many authors are named; of more, how many they are.
const MOST_AUTHORS: usize = 5;

/// Authors in a line, the first of them first.
fn authors(names: &[String]) -> Option<String> {
    let shown = names.get(..MOST_AUTHORS).unwrap_or(names).join(", ");
    match names.len() {
        0 => None,
        count if count > MOST_AUTHORS => Some(format!("{shown} and {} more", count - MOST_AUTHORS)),
        _ => Some(shown),
    }
}

/// What git knows of the record's file.
fn of_git(record: &Record, map: Map<'_>) -> Vec<FactView> {
    let Some(life) = map.log.history().of(record.path()) else { return Vec::new() };
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let facts = [
        ("In git since", day(life.since)),
        ("Last change in git", day(life.changed)),
        ("Authors in git", authors(&life.authors)),
    ];
    facts.into_iter().filter_map(|(label, value)| Some(FactView { label, value: value? })).collect()
}

pub(super) fn tags(front: &FrontMatter, map: Map<'_>) -> Vec<LinkView> {
    let mut links: Vec<LinkView> = Vec::new();
    for tag in &front.tags {
        let Some((route, label)) = map.addresses.tags.get(&tag.value.to_lowercase()) else { continue };
        if !links.iter().any(|link| link.label == *label) {
            links.push(LinkView { label: label.clone(), href: Some(route.href()) });
        }
    }
    links
}

/// A ticket, with its address when a tracker knows it or it is an address itself.
fn tracked(ticket: &str, config: &Config) -> LinkView {
    let known = config.policy.trackers.iter().find(|tracker| ticket.starts_with(tracker.prefix.value.as_str()));
    let href = match known {
        Some(tracker) => Some(tracker.url.replace("{id}", &super::route::encode_path(ticket))),
        None => Some(ticket.to_owned()).filter(|ticket| is_address(ticket)),
    };
    LinkView { label: ticket.to_owned(), href }
}

/// The scope as readers know it.
pub(super) fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Team => "Team",
        Scope::Organisation => "Organisation",
        Scope::Strategic => "Strategic",
    }
}

fn sourcing_name(sourcing: Sourcing) -> &'static str {
    match sourcing {
        Sourcing::Build => "Build",
        Sourcing::Buy => "Buy",
        Sourcing::Partner => "Partner",
        Sourcing::Integrate => "Integrate",
    }
}
