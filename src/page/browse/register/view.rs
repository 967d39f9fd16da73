//! What templates read of a register.

use super::entry::CellView;
use crate::page::browse::pager::{PagerView, weight_of};
use crate::page::browse::way::WayView;
use crate::page::view::{LinkView, RecordLink};
use serde::Serialize;

/// What the markup of an entry weighs, without its cells.
const MARKUP: usize = 460;

#[derive(Debug, Serialize)]
pub(super) struct RegisterView {
    pub(super) ways: Vec<WayView>,
    pub(super) title: &'static str,
    pub(super) lede: &'static str,
    pub(super) empty: &'static str,
    pub(super) as_of: String,
    pub(super) counts: CountsView,
    /// The calendars in which its dates are.
    pub(super) calendars: Vec<LinkView>,
    pub(super) columns: &'static [&'static str],
    pub(super) entries: Vec<EntryView>,
    pub(super) pager: PagerView,
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
pub(super) fn weight(entry: &EntryView) -> usize {
    let cells: usize = entry.cells.iter().map(CellView::weight).sum();
    let href = entry.record.href.as_deref().map_or(0, weight_of);
    MARKUP + weight_of(&entry.word) + weight_of(&entry.record.title) + href + cells
}
