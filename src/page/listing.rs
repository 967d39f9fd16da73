//! Lists of records: the log, and those of a kind, a status, a door, a tag and a year; long ones on several pages.

use super::address::LOG;
use super::browse::facet::{Facet, FacetValue};
use super::browse::filter::FilterData;
use super::browse::index::{INDEXED, NAMED};
use super::browse::pager::{PagerView, cut, titled, weight_of};
use super::browse::way::{Way, WayView};
use super::link::Map;
use super::person::owner;
use super::register::day;
use super::route::Route;
use super::view::{Frame, Head, LinkView, Page, RowView, Section, value};
use crate::config::Decision;
use crate::date::Date;
use crate::markdown::slug;
use crate::record::{Door, Record};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use tera::Value;

/// What the markup of a line weighs, without its words.
const MARKUP: usize = 620;

/// A list of records, or one page of it.
#[derive(Debug, Serialize)]
struct ListingView {
    ways: Vec<WayView>,
    /// What sort of list it is: `Status`; empty for the log itself.
    docket: &'static str,
    title: String,
    lede: String,
    /// What all of it is: `12 records`.
    total: usize,
    groups: Vec<GroupView>,
    facets: Vec<FacetView>,
    pager: PagerView,
    /// The script with the data for the filter; only on the log's first page.
    filter: Option<String>,
    /// The names of the filters that would narrow nothing down.
    idle: Vec<&'static str>,
}

/// Records of one kind.
#[derive(Debug, Serialize)]
struct GroupView {
    label: String,
    anchor: String,
    rows: Vec<Value>,
}

/// Other lists, each of which takes a part of the log.
#[derive(Clone, Debug, Serialize)]
struct FacetView {
    label: &'static str,
    name: &'static str,
    values: Vec<ValueView>,
    /// Where the others are, if these are not all.
    more: Option<LinkView>,
}

#[derive(Clone, Debug, Serialize)]
struct ValueView {
    label: String,
    count: usize,
    href: String,
    current: bool,
}

/// The lines of all records, made once and shared by every list, in the order of the log: by kind, the newest number first.
pub(super) struct Lines<'a> {
    map: Map<'a>,
    /// Positions of the records.
    pub(super) order: Vec<usize>,
    lines: BTreeMap<usize, (Value, usize)>,
    facets: Vec<FacetView>,
}

/// What a list is called and where it stands.
struct Title {
    route: Route,
    docket: &'static str,
    title: String,
    lede: String,
}

impl<'a> Lines<'a> {
    /// Makes a line for each record that is not a chapter.
    pub(super) fn new(map: Map<'a>) -> Lines<'a> {
        let kinds: BTreeMap<&str, usize> =
            map.config.kinds.iter().enumerate().map(|(at, kind)| (kind.name.as_str(), at)).collect();
        let all = map.log.records().iter().enumerate();
        let mut records: Vec<(usize, &Record)> =
            all.map(|(at, record)| (at, record.as_ref())).filter(|(_, record)| !record.kind.is_chapter()).collect();
        let place = |record: &Record| kinds.get(record.kind.name.as_str()).copied().unwrap_or(usize::MAX);
        records.sort_by(|(_, one), (_, other)| place(one).cmp(&place(other)).then_with(|| newest_first(one, other)));
        let view = |(at, record): &(usize, &Record)| {
            let line = line(*at, record, map)?;
            let weight = weight(&line);
            Some((*at, (value(&line), weight)))
        };
        let lines = records.iter().filter_map(view).collect();
        Lines { map, order: records.into_iter().map(|(at, _)| at).collect(), lines, facets: facets(map) }
    }

    /// The line of one record.
    pub(super) fn line(&self, position: usize) -> Option<Value> {
        self.lines.get(&position).map(|(line, _)| line.clone())
    }

    /// How many bytes of a page the line of a record takes.
    pub(super) fn weight(&self, position: usize) -> usize {
        self.lines.get(&position).map_or(0, |(_, weight)| *weight)
    }

    /// How many records there are.
    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// The log itself; its first page names the script with the data for the filter.
    pub(super) fn log(&self, frame: &Frame<'_>, filter: &FilterData) -> Vec<Page> {
        let lede = "Every decision on record, by kind, the newest first.".to_owned();
        let title = Title { route: Route(LOG.to_owned()), docket: "", title: "The log".to_owned(), lede };
        self.pages(frame, &title, &self.order, Some(filter))
    }

    /// One list for each value of each facet but that of the owners, whose pages say more.
    pub(super) fn parts(&self, frame: &Frame<'_>) -> Vec<Page> {
        self.parts_at(frame, |_| true)
    }

    /// Those of these lists that stand at some addresses.
    pub(super) fn parts_at(&self, frame: &Frame<'_>, is_meant: impl Fn(&Route) -> bool) -> Vec<Page> {
        let facets = self.map.addresses.facets.all().into_iter();
        let mut pages = Vec::new();
        for facet in facets {
            for (value, positions) in facet.values.iter().zip(facet.lists(&self.order)) {
                let is_person = facet.name == "owner" && !value.is_none;
                if is_person || !is_meant(&value.route) || (value.is_none && value.count == 0) {
                    continue;
                }
                pages.extend(self.pages(frame, &self.title(facet, value), &positions, None));
            }
        }
        pages
    }

    /// The positions, in the log's order, of the records that fit.
    pub(super) fn filter(&self, fits: impl Fn(&Record) -> bool) -> Vec<usize> {
        let fits = |position: &&usize| self.map.log.record(**position).is_some_and(&fits);
        self.order.iter().filter(fits).copied().collect()
    }

    /// The address of the place in a list where the records of a kind begin; `positions` are all of that list.
    pub(super) fn place_of_kind(&self, list: &Route, positions: &[usize], kind: &str) -> String {
        let is_ours = |position: &usize| self.map.log.record(*position).is_some_and(|record| record.kind.name == kind);
        let pages = cut(positions.to_vec(), |position| self.weight(*position));
        let page = pages.iter().position(|page| page.iter().any(is_ours)).unwrap_or(0);
        format!("{}#{}", list.numbered(page + 1).href(), super::route::encode_fragment(&anchor(kind)))
    }

    fn title(&self, facet: &Facet, value: &FacetValue) -> Title {
        let of_kind = self
            .map
            .config
            .kinds
            .iter()
            .find(|kind| facet.name == "kind" && self.map.addresses.kinds.get(&kind.name) == Some(&value.route));
        let lede = match (facet.name, value.is_none) {
            ("kind", _) => of_kind.map_or_else(String::new, |kind| kind.summary.clone()),
            ("status", true) => "Records that do not say where they stand.".to_owned(),
            ("status", false) => format!("Records whose status is {}.", value.label),
            ("door", true) => "Records that do not say whether they can be walked back.".to_owned(),
            ("door", false) if value.slug == "one-way" => {
                "Decisions that are hard or impossible to walk back, whatever became of them.".to_owned()
            }
            ("door", false) => "Decisions that can be walked back.".to_owned(),
            ("owner", _) => "Records that name nobody to ask.".to_owned(),
            ("year", true) => "Records that do not say when they were written.".to_owned(),
            ("year", false) => format!("Records written in {}.", value.label),
            _ => format!("Records tagged “{}”.", value.label),
        };
        Title { route: value.route.clone(), docket: facet.label, title: value.label.clone(), lede }
    }

    fn pages(&self, frame: &Frame<'_>, title: &Title, positions: &[usize], filter: Option<&FilterData>) -> Vec<Page> {
        let parts = cut(positions.to_vec(), |position| self.weight(*position));
        let count = parts.len();
        let way = if title.docket == "Tag" { Way::Tags } else { Way::List };
        let page = |(number, part): (usize, Vec<usize>)| {
            let here = title.route.numbered(number);
            let view = ListingView {
                ways: way.navigation(&here),
                docket: title.docket,
                title: title.title.clone(),
                lede: title.lede.clone(),
                total: positions.len(),
                groups: self.groups(&part),
                facets: self.facets(&title.route),
                pager: PagerView::new(&title.route, number, count),
                filter: filter.filter(|_| number == 1).map(|filter| filter.route.href()),
                idle: filter.map(|filter| filter.idle.clone()).unwrap_or_default(),
            };
            let name = titled(&title.title, number);
            let head = Head { title: name, description: title.lede.clone(), section: Section::Log };
            frame.page(here, "listing.html", head, view)
        };
        (1..).zip(parts).map(page).collect()
    }

    fn groups(&self, positions: &[usize]) -> Vec<GroupView> {
        let mut groups: Vec<GroupView> = Vec::new();
        for position in positions {
            let (Some(record), Some(line)) = (self.map.log.record(*position), self.line(*position)) else { continue };
            let anchor = anchor(&record.kind.name);
            match groups.last_mut().filter(|group| group.anchor == anchor) {
                Some(group) => group.rows.push(line),
                None => groups.push(GroupView { label: record.kind.plural.clone(), anchor, rows: vec![line] }),
            }
        }
        groups
    }

    fn facets(&self, current: &Route) -> Vec<FacetView> {
        let href = current.href();
        let mut facets = self.facets.clone();
        for value in facets.iter_mut().flat_map(|facet| &mut facet.values) {
            value.current = value.href == href;
        }
        facets
    }
}

/// The name of the place where the records of a kind begin.
fn anchor(kind: &str) -> String {
    format!("kind:{}", slug(kind))
}

/// The parts of the log that have records. There are too many people and tags to name: they have pages of their own.
fn facets(map: Map<'_>) -> Vec<FacetView> {
    let named = map.addresses.facets.all().into_iter().filter(|facet| !["owner", "tag"].contains(&facet.name));
    let view = |facet: &Facet| {
        let values = facet.values.iter().filter(|value| value.count > 0).take(NAMED);
        let view = |value: &FacetValue| ValueView {
            label: value.label.clone(),
            count: value.count,
            href: value.route.href(),
            current: false,
        };
        let total = facet.values.iter().filter(|value| value.count > 0).count();
        let index = INDEXED.iter().find(|(name, _)| total > NAMED && *name == facet.name);
        let more =
            index.map(|(_, address)| LinkView { label: format!("All {total}"), href: Some((*address).to_owned()) });
        FacetView { label: facet.label, name: facet.name, values: values.map(view).collect(), more }
    };
    named.map(view).filter(|facet| !facet.values.is_empty()).collect()
}

/// Whether a record is behind a one-way door and the decision stands: not one turned down, taken back or replaced.
pub(super) fn is_one_way(record: &Record) -> bool {
    let gone = [Decision::Rejected, Decision::Withdrawn, Decision::Superseded];
    let stands = record.status.as_ref().is_none_or(|status| !gone.contains(&status.decision));
    stands && record.front.door.as_ref().is_some_and(|door| door.value == Door::OneWay)
}

/// By number, the highest first; records without one after them, by the day on which they were written, and by title.
fn newest_first(one: &Record, other: &Record) -> Ordering {
    match (&one.id, &other.id) {
        (Some(one), Some(other)) => other.value.cmp(&one.value),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => written(other).cmp(&written(one)).then_with(|| one.title.cmp(&other.title)),
    }
}

fn written(record: &Record) -> Option<Date> {
    record.front.created.as_ref().map(|created| created.value)
}

fn line(position: usize, record: &Record, map: Map<'_>) -> Option<RowView> {
    let front = &record.front;
    Some(RowView {
        record: map.record_link(position)?,
        kind: record.kind.label.clone(),
        door: front.door.as_ref().map(|door| door.value.name()),
        owner: owner(record, map.config),
        created: day(front.created.as_ref()),
        updated: day(front.updated.as_ref()),
        draft: front.draft,
    })
}

fn weight(line: &RowView) -> usize {
    let status = line.record.status.as_ref().map(|status| status.label.as_str());
    let words = [Some(line.record.title.as_str()), line.record.href.as_deref(), status, line.owner.as_deref()];
    let door = if line.door.is_some() { 330 } else { 0 };
    let shape = if status.is_some() { 330 } else { 0 };
    MARKUP + door + shape + words.into_iter().flatten().map(weight_of).sum::<usize>()
}
