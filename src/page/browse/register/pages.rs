//! The pages of the registers: one for each, and an index of them.

use super::entry::{Entry, State};
use super::queue;
use super::registers::Registers;
use super::sort::Sort;
use super::view::{Contents, CountsView, EntryView, LineView, Words, pages};
use crate::page::browse::way::{Way, WayView};
use crate::page::ending::calendars;
use crate::page::link::Map;
use crate::page::view::{Frame, Head, Page, RecordLink, Section};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct IndexView {
    ways: Vec<WayView>,
    as_of: String,
    registers: Vec<LineView>,
}

impl Registers {
    /// Plans the index and a page, or several, for each register.
    pub(in crate::page) fn pages(&self, frame: &Frame<'_>, map: Map<'_>) -> Vec<Page> {
        let mut pages = vec![self.index(frame, map)];
        pages.extend(queue::pages(self, frame, map));
        for (sort, entries) in &self.all {
            pages.extend(register(frame, map, *sort, entries));
        }
        pages
    }

    /// Every register with its counts.
    pub(in crate::page) fn lines(&self) -> Vec<LineView> {
        let line = |(sort, entries): &(Sort, Vec<Entry>)| {
            let counts = counts(entries);
            let late = sort.late(counts.late);
            LineView { title: sort.title(), lede: sort.lede(), href: sort.route().href(), counts, late }
        };
        self.all.iter().map(line).collect()
    }

    fn index(&self, frame: &Frame<'_>, map: Map<'_>) -> Page {
        let route = Way::Registers.route();
        let ways = Way::Registers.navigation(&route);
        let registers = std::iter::once(queue::line(self)).chain(self.lines()).collect();
        let view = IndexView { ways, as_of: map.today.to_string(), registers };
        let description = "What the log obliges us to, register by register.".to_owned();
        let head = Head { title: "Registers".to_owned(), description, section: Section::Log };
        frame.page(route, "register-index.html", head, view)
    }
}

fn register(frame: &Frame<'_>, map: Map<'_>, sort: Sort, entries: &[Entry]) -> Vec<Page> {
    let words = Words { title: sort.title(), lede: sort.lede(), empty: sort.empty(), columns: sort.columns() };
    let calendars = match sort {
        Sort::Deprecations => calendars(entries.iter().map(|entry| entry.record), map),
        _ => Vec::new(),
    };
    let views = entries.iter().filter_map(|entry| entry_view(entry, map)).collect();
    pages(&words, &sort.route(), Contents { counts: counts(entries), calendars, entries: views }, frame, map)
}

fn entry_view(entry: &Entry, map: Map<'_>) -> Option<EntryView> {
    let record = RecordLink { status: None, ..map.record_link(entry.record)? };
    Some(EntryView { state: entry.state.name(), word: entry.word.clone(), record, cells: entry.cells.clone() })
}

fn counts(entries: &[Entry]) -> CountsView {
    let of = |state| entries.iter().filter(|entry| entry.state == state).count();
    CountsView { late: of(State::Late), open: of(State::Open), done: of(State::Done), total: entries.len() }
}
