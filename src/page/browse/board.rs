//! The board: the records of each kind in columns, one for each step of its life.

use super::facet::{FacetValue, called};
use super::standing::decided_on;
use super::way::{Way, WayView};
use crate::config::Kind;
use crate::page::link::Map;
use crate::page::listing::{Lines, is_one_way};
use crate::page::person::owner;
use crate::page::view::{Frame, Head, Page, Section, StatusView, shortened};
use crate::record::Record;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Cards in a column, at most.
const COLUMN: usize = 12;

/// Cards on the board, at most: with as many, it stays below 300 KB.
const BOARD: usize = 260;

/// Characters of a title on a card.
const TITLE: usize = 90;

#[derive(Debug, Serialize)]
struct BoardView {
    ways: Vec<WayView>,
    kinds: Vec<KindView>,
}

#[derive(Debug, Serialize)]
struct KindView {
    label: String,
    href: String,
    count: usize,
    columns: Vec<ColumnView>,
}

#[derive(Debug, Serialize)]
struct ColumnView {
    status: StatusView,
    count: usize,
    cards: Vec<CardView>,
    /// How many records the column does not show, and where they are.
    more: usize,
    href: String,
}

#[derive(Debug, Serialize)]
struct CardView {
    id: Option<String>,
    title: String,
    href: Option<String>,
    owner: Option<String>,
    date: Option<String>,
    one_way: bool,
}

/// A column before its cards are chosen.
struct Column<'a> {
    value: &'a FacetValue,
    status: StatusView,
    positions: Vec<usize>,
}

/// Plans the board.
pub(in crate::page) fn page(frame: &Frame<'_>, map: Map<'_>, lines: &Lines<'_>) -> Page {
    let mut by_kind: BTreeMap<&str, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for position in &lines.order {
        let Some(record) = map.log.record(*position) else { continue };
        for status in map.addresses.facets.status.of(*position) {
            by_kind.entry(&record.kind.name).or_default().entry(*status).or_default().push(*position);
        }
    }
    let kinds = map.config.kinds.iter().filter_map(|kind| Some((kind, by_kind.remove(kind.name.as_str())?)));
    let kinds: Vec<(&Kind, Vec<Column<'_>>)> =
        kinds.map(|(kind, found)| (kind.as_ref(), columns(kind, found, map))).collect();
    let total: usize = kinds.iter().map(|(_, columns)| columns.len()).sum();
    let shown = (BOARD / total.max(1)).min(COLUMN);
    let lists = map.addresses.facets.status.lists(&lines.order);
    let route = Way::Board.route();
    let views = kinds.into_iter().filter_map(|(kind, columns)| {
        let view = |column: Column<'_>| column_view(kind, column, shown, (map, lines, &lists));
        Some(KindView {
            label: kind.plural.clone(),
            href: map.addresses.kinds.get(&kind.name)?.href(),
            count: columns.iter().map(|column| column.positions.len()).sum(),
            columns: columns.into_iter().map(view).collect(),
        })
    });
    let view = BoardView { ways: Way::Board.navigation(&route), kinds: views.collect() };
    let description = "Every kind of record by where it stands.".to_owned();
    frame.page(route, "board.html", Head { title: "Board".to_owned(), description, section: Section::Log }, view)
}

/// The steps of a kind's main path, then whatever else its records are at.
fn columns<'a>(kind: &Kind, mut found: BTreeMap<usize, Vec<usize>>, map: Map<'a>) -> Vec<Column<'a>> {
    let values = &map.addresses.facets.status.values;
    let mut columns = Vec::new();
    for status in &kind.lifecycle.statuses {
        let name = status.name.to_lowercase();
        let place = found.keys().find(|place| {
            let of_record = found.get(*place).and_then(|positions| positions.first());
            let record = of_record.and_then(|position| map.log.record(*position));
            record.and_then(|record| record.status.as_ref()).is_some_and(|own| own.name.to_lowercase() == name)
        });
        let Some(place) = place.copied() else { continue };
        let (Some(value), Some(positions)) = (values.get(place), found.remove(&place)) else { continue };
        let words = positions.iter().filter_map(|position| map.log.record(*position)?.own_status_word());
        let label = called(&status.label, words.map(str::to_owned));
        columns.push(Column { value, status: StatusView { label, ..StatusView::named(status) }, positions });
    }
    for (place, positions) in found {
        let Some(value) = values.get(place) else { continue };
        let status = StatusView {
            label: value.label.clone(),
            meaning: None,
            decision: value.decision.unwrap_or("unknown"),
            delivery: "not-started",
        };
        columns.push(Column { value, status, positions });
    }
    columns
}

fn column_view(
    kind: &Kind,
    column: Column<'_>,
    shown: usize,
    (map, lines, lists): (Map<'_>, &Lines<'_>, &[Vec<usize>]),
) -> ColumnView {
    let Column { value, status, mut positions } = column;
    positions.sort_by_key(|position| Reverse(map.log.record(*position).and_then(decided_on)));
    let values = &map.addresses.facets.status.values;
    let place = values.iter().position(|known| known.route == value.route);
    let list = place.and_then(|place| lists.get(place)).map_or(&[][..], Vec::as_slice);
    ColumnView {
        status,
        count: positions.len(),
        more: positions.len().saturating_sub(shown),
        cards: positions.iter().take(shown).filter_map(|position| card(*position, map)).collect(),
        href: lines.place_of_kind(&value.route, list, &kind.name),
    }
}

fn card(position: usize, map: Map<'_>) -> Option<CardView> {
    let record: &Record = map.log.record(position)?;
    Some(CardView {
        id: record.id.as_ref().map(|id| id.value.to_string()),
        title: shortened(&record.title, TITLE),
        href: map.addresses.href(position),
        owner: owner(record, map.config).map(|owner| shortened(&owner, 40)),
        date: decided_on(record).map(|date| date.to_string()),
        one_way: is_one_way(record),
    })
}
