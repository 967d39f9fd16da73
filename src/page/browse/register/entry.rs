//! One line of a register.

use crate::cost::money;
use crate::date::Date;
use crate::markdown::{Limits, Section, items, outline};
use crate::page::browse::pager::weight_of;
use crate::page::finding::Findings;
use crate::page::link::Map;
use crate::page::view::shortened;
use crate::record::Record;
use crate::text::Spanned;
use serde::Serialize;

/// How much an entry asks for attention, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::page) enum State {
    /// Something should have happened.
    Late,
    /// Something is still to happen.
    Open,
    /// Nothing is owed.
    Done,
}

/// One line of a register.
#[derive(Clone, Debug)]
pub(in crate::page) struct Entry {
    /// The record's position.
    pub(in crate::page) record: usize,
    pub(in crate::page) state: State,
    /// The state in a word or two.
    pub(in crate::page) word: String,
    /// The day that matters next.
    pub(in crate::page) day: Option<Date>,
    /// What it is about, within its record.
    pub(in crate::page) what: String,
    /// Those on whom it waits, by their places among the people.
    pub(in crate::page) who: Vec<usize>,
    pub(in crate::page) cells: Vec<CellView>,
}

/// One cell.
#[derive(Clone, Debug, Default, Serialize)]
pub(in crate::page) struct CellView {
    text: String,
    href: Option<String>,
    note: String,
    /// Further lines.
    items: Vec<String>,
    is_date: bool,
}

/// What the entries of a register are made from.
pub(in crate::page) struct Scope<'a> {
    pub(in crate::page) map: Map<'a>,
    pub(in crate::page) found: &'a Findings<'a>,
}

impl State {
    /// As templates and style sheets name it.
    pub(in crate::page) fn name(self) -> &'static str {
        match self {
            State::Late => "late",
            State::Open => "open",
            State::Done => "done",
        }
    }
}

impl CellView {
    /// A text as it is.
    pub(super) fn text(text: impl Into<String>) -> CellView {
        CellView { text: text.into(), ..CellView::default() }
    }

    /// The text of a field; empty without one.
    pub(super) fn field(field: Option<&Spanned<String>>) -> CellView {
        CellView::text(field.map(|field| field.value.clone()).unwrap_or_default())
    }

    /// A day; empty without one.
    pub(super) fn day(day: Option<Date>) -> CellView {
        CellView { is_date: true, ..CellView::text(day.map(|day| day.to_string()).unwrap_or_default()) }
    }

    /// A sum of money; empty without one.
    pub(super) fn money(amount: Option<f64>, currency: &str) -> CellView {
        CellView::text(amount.map(|amount| money(amount, currency)).unwrap_or_default())
    }

    /// Several lines.
    pub(super) fn items(items: Vec<String>) -> CellView {
        CellView { items, ..CellView::default() }
    }

    /// Words that follow, less loud.
    #[must_use]
    pub(super) fn with_note(mut self, note: impl Into<String>) -> CellView {
        self.note = note.into();
        self
    }

    /// A link.
    #[must_use]
    pub(super) fn with_href(mut self, href: Option<String>) -> CellView {
        self.href = href;
        self
    }

    /// Lines that break nowhere.
    #[must_use]
    pub(super) fn kept_on_one_line(self) -> CellView {
        CellView { is_date: true, ..self }
    }

    /// How many bytes of a page it takes.
    pub(super) fn weight(&self) -> usize {
        let items: usize = self.items.iter().map(|item| weight_of(item) + 10).sum();
        85 + weight_of(&self.text) + self.href.as_deref().map_or(0, weight_of) + weight_of(&self.note) + items
    }
}

impl Scope<'_> {
    /// The records that are no chapters.
    pub(super) fn records(&self) -> impl Iterator<Item = (usize, &Record)> {
        let all = self.map.log.records().iter().enumerate().map(|(position, record)| (position, record.as_ref()));
        all.filter(|(_, record)| !record.kind.is_chapter())
    }

    /// Whether a rule found something in a record.
    pub(super) fn has_finding(&self, record: &Record, rule: &str) -> bool {
        self.found.of(record.path()).iter().any(|finding| finding.rule == rule)
    }

    /// Whom to ask about a record.
    pub(super) fn owner(&self, record: &Record) -> Option<usize> {
        self.map.addresses.people.primary(record)
    }

    /// The place of a handle among the people.
    pub(super) fn person(&self, handle: Option<&Spanned<String>>) -> Option<usize> {
        self.map.addresses.people.at(&handle?.value)
    }

    /// Someone, with their page.
    pub(super) fn person_cell(&self, person: Option<usize>) -> CellView {
        let Some(owner) = person.and_then(|person| self.map.addresses.people.owners.get(person)) else {
            return CellView::default();
        };
        let cell = CellView::text(owner.person.name.clone()).with_href(Some(owner.route.href()));
        if owner.person.left { cell.with_note("has left") } else { cell }
    }
}

/// Characters of what stands under a heading, at most.
const OPENING: usize = 240;

/// The first sentences under a heading, as plain text: of its first paragraph, else of its first list; empty when there are none.
pub(super) fn opening(record: &Record, section: &Section) -> String {
    let told = outline(section.body.of(record.text()), 0, &Limits::default()).summary();
    if !told.is_empty() {
        return told;
    }
    let items = items(record.text(), section.body);
    let words: Vec<&str> = items.iter().flat_map(|item| item.value.split_whitespace()).collect();
    shortened(&words.join(" "), OPENING)
}
