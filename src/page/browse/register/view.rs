//! What templates read of a register.

use super::entry::CellView;
use crate::page::browse::pager::{PagerView, cut, titled, weight_of};
use crate::page::browse::way::{Way, WayView};
use crate::page::link::Map;
use crate::page::route::Route;
use crate::page::view::{Frame, Head, LinkView, Page, RecordLink, Section};
use serde::Serialize;

/// What the markup of an entry weighs, without its cells.
const MARKUP: usize = 460;

#[derive(Debug, Serialize)]
struct RegisterView {
    ways: Vec<WayView>,
    title: &'static str,
    lede: &'static str,
    empty: &'static str,
    as_of: String,
    counts: CountsView,
    calendars: Vec<LinkView>,
    columns: &'static [&'static str],
    entries: Vec<EntryView>,
    pager: PagerView,
}

/// What is said of a register on each of its pages.
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lede: &'static str,
    /// What stands there when nothing is in it.
    pub(super) empty: &'static str,
    pub(super) columns: &'static [&'static str],
}

/// What is in a register.
pub(super) struct Contents {
    pub(super) counts: CountsView,
    /// The calendars in which its dates are.
    pub(super) calendars: Vec<LinkView>,
    pub(super) entries: Vec<EntryView>,
}

/// The pages of a register, the first of which is at `route`.
pub(super) fn pages(words: &Words, route: &Route, contents: Contents, frame: &Frame<'_>, map: Map<'_>) -> Vec<Page> {
    let parts = cut(contents.entries, weight);
    let count = parts.len();
    let page = |(number, entries): (usize, Vec<EntryView>)| {
        let here = route.numbered(number);
        let view = RegisterView {
            ways: Way::Registers.navigation(&here),
            title: words.title,
            lede: words.lede,
            empty: words.empty,
            as_of: map.today.to_string(),
            counts: contents.counts.clone(),
            calendars: contents.calendars.clone(),
            columns: words.columns,
            entries,
            pager: PagerView::new(route, number, count),
        };
        let title = titled(words.title, number);
        let head = Head { title, description: words.lede.to_owned(), section: Section::Log };
        frame.page(here, "register.html", head, view)
    };
    (1..).zip(parts).map(page).collect()
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct EntryView {
    pub(super) state: &'static str,
    pub(super) word: String,
    pub(super) record: RecordLink,
    pub(super) cells: Vec<CellView>,
}

/// How many entries there are, by state.
#[derive(Clone, Debug, Default, Serialize)]
pub(in crate::page) struct CountsView {
    pub(in crate::page) late: usize,
    pub(in crate::page) open: usize,
    pub(in crate::page) done: usize,
    pub(in crate::page) total: usize,
}

/// A register as it is named elsewhere.
#[derive(Clone, Debug, Serialize)]
pub(in crate::page) struct LineView {
    pub(in crate::page) title: &'static str,
    pub(in crate::page) lede: &'static str,
    pub(in crate::page) href: String,
    pub(in crate::page) counts: CountsView,
    /// What its late entries are: `metrics were not measured in time`.
    pub(in crate::page) late: &'static str,
}

/// How many bytes of a page an entry takes.
fn weight(entry: &EntryView) -> usize {
    let cells: usize = entry.cells.iter().map(CellView::weight).sum();
    let href = entry.record.href.as_deref().map_or(0, weight_of);
    MARKUP + weight_of(&entry.word) + weight_of(&entry.record.title) + href + cells
}
