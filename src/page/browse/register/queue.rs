//! The queue: what needs whom, as a page and for the terminal.

use super::due::Due;
use super::entry::{CellView, State};
use super::registers::Registers;
use super::view::{self, Contents, CountsView, EntryView, LineView, Words};
use crate::check;
use crate::config::Config;
use crate::date::Date;
use crate::log::DecisionLog;
use crate::page::address::Addresses;
use crate::page::finding::Findings;
use crate::page::link::Map;
use crate::page::route::Route;
use crate::page::view::{Frame, Page, RecordLink};
use crate::text::capitalised;

const WORDS: Words = Words {
    title: "Queue",
    lede: "What needs whom: what is late, then what comes next.",
    empty: "Nothing waits on anybody.",
    columns: &["What is to be done", "By", "Waits on"],
};

/// Something that waits on somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    /// The record's position in the log.
    pub record: usize,
    /// Whether it should have been done already.
    pub is_late: bool,
    /// When it is to be done.
    pub day: Option<Date>,
    /// Whether it is to be done now though it has no day, or one that is past.
    pub is_now: bool,
    /// What is to be done, as an imperative: `measure p99`.
    pub what: String,
    /// Those on whom it waits: handles, as the settings spell them.
    pub who: Vec<String>,
}

/// Everything that waits on somebody, the most pressing first. `found` is what was found in the log.
pub fn queue(log: &DecisionLog, found: &check::Findings, config: &Config, today: Date) -> Vec<Errand> {
    let addresses = Addresses::assign(log, config);
    let map = Map { log, addresses: &addresses, config, today };
    let registers = Registers::new(map, &Findings::new(found.iter()));
    let handle = |person: &usize| addresses.people.owners.get(*person).map(|owner| owner.handle.clone());
    let errand = |due: &Due| Errand {
        record: due.record,
        is_late: due.state == State::Late,
        day: due.day,
        is_now: due.is_now,
        what: due.what.clone(),
        who: due.who.iter().filter_map(handle).collect(),
    };
    registers.dues.iter().map(errand).collect()
}

/// Where it begins.
pub(in crate::page) const QUEUE: &str = "log/queue.html";

fn route() -> Route {
    Route(QUEUE.to_owned())
}

/// The queue as it is named elsewhere.
pub(super) fn line(registers: &Registers) -> LineView {
    let counts = counts(&registers.dues);
    let late = if counts.late == 1 { "thing is late" } else { "things are late" };
    LineView { title: WORDS.title, lede: WORDS.lede, href: route().href(), counts, late }
}

/// The pages of the queue.
pub(super) fn pages(registers: &Registers, frame: &Frame<'_>, map: Map<'_>) -> Vec<Page> {
    let entries = registers.dues.iter().filter_map(|due| entry_view(due, map)).collect();
    let contents = Contents { counts: counts(&registers.dues), calendars: Vec::new(), entries };
    view::pages(&WORDS, &route(), contents, frame, map)
}

fn entry_view(due: &Due, map: Map<'_>) -> Option<EntryView> {
    let record = RecordLink { status: None, ..map.record_link(due.record)? };
    let word = match (due.state, due.day) {
        (State::Late, _) => "Late".to_owned(),
        (_, Some(day)) if !due.is_now => from_now(day, map.today),
        _ if due.is_now => "Now".to_owned(),
        _ => "No date".to_owned(),
    };
    let mut who = due.who.iter().filter_map(|person| map.addresses.people.owners.get(*person));
    let first = who.next().map_or_else(CellView::default, |owner| {
        CellView::text(owner.person.name.clone()).with_href(Some(owner.route.href()))
    });
    let others: Vec<&str> = who.map(|owner| owner.person.name.as_str()).collect();
    let others = if others.is_empty() { String::new() } else { format!("and {}", others.join(", ")) };
    let cells = vec![CellView::text(capitalised(&due.what)), CellView::day(due.day), first.with_note(others)];
    Some(EntryView { state: due.state.name(), word, record, cells })
}

/// How far off a day is.
fn from_now(day: Date, today: Date) -> String {
    match (day - today).get_days() {
        ..0 => "Open".to_owned(),
        0 => "Today".to_owned(),
        1 => "Tomorrow".to_owned(),
        days => format!("In {days} days"),
    }
}

fn counts(dues: &[Due]) -> CountsView {
    let of = |state| dues.iter().filter(|due| due.state == state).count();
    CountsView { late: of(State::Late), open: of(State::Open), done: 0, total: dues.len() }
}
