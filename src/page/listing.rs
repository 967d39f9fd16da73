//! Lists of records: the log, and those of a kind, of a tag, and behind a one-way door; long ones on several pages.

use super::address::{DOORS, LOG};
use super::link::Map;
use super::person::owner;
use super::register::day;
use super::route::Route;
use super::view::{Frame, Head, Page, RowView, Section, door_name, value};
use crate::config::Decision;
use crate::record::{Door, Record};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use tera::Value;

/// Lines on one page: it stays under 300 KB even with long titles.
const LINES: usize = 250;

/// A list of records, or one page of it.
#[derive(Debug, Serialize)]
struct ListingView {
    title: String,
    lede: String,
    /// What all of it is: `12 records`.
    total: usize,
    groups: Vec<GroupView>,
    facets: Vec<FacetView>,
    pages: Vec<StepView>,
}

/// Records of one kind.
#[derive(Debug, Serialize)]
struct GroupView {
    label: String,
    rows: Vec<Value>,
}

/// Another list that takes a part of this one.
#[derive(Clone, Debug, Serialize)]
struct FacetView {
    label: String,
    count: usize,
    href: String,
    current: bool,
}

/// One of the pages of a long list.
#[derive(Debug, Serialize)]
struct StepView {
    number: usize,
    href: String,
    current: bool,
}

/// The lines of all records, made once and shared by every list, in the order of the log: by kind, the newest number first.
pub(super) struct Lines<'a> {
    map: Map<'a>,
    order: Vec<usize>,
    lines: BTreeMap<usize, Value>,
    facets: Vec<FacetView>,
}

/// What a list is called and where it stands.
struct Title {
    route: Route,
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
        let lines = records.iter().filter_map(|(at, record)| Some((*at, value(&line(*at, record, map)?)))).collect();
        let facets = facets(map, &records);
        Lines { map, order: records.into_iter().map(|(at, _)| at).collect(), lines, facets }
    }

    /// The line of one record.
    pub(super) fn line(&self, position: usize) -> Option<Value> {
        self.lines.get(&position).cloned()
    }

    /// How many records there are.
    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// The log itself.
    pub(super) fn log(&self, frame: &Frame<'_>) -> Vec<Page> {
        let lede = "Every decision on record, by kind, the newest first.".to_owned();
        let title = Title { route: Route(LOG.to_owned()), title: "The log".to_owned(), lede };
        self.pages(frame, &title, &self.order)
    }

    /// What went through a one-way door.
    pub(super) fn doors(&self, frame: &Frame<'_>) -> Vec<Page> {
        let lede = "Decisions that are hard or impossible to walk back.".to_owned();
        let title = Title { route: Route(DOORS.to_owned()), title: "One-way doors".to_owned(), lede };
        self.pages(frame, &title, &self.filter(is_one_way))
    }

    /// One list for each kind.
    pub(super) fn kinds(&self, frame: &Frame<'_>) -> Vec<Page> {
        let kinds = self.map.config.kinds.iter();
        let of_kind = |kind: &std::sync::Arc<crate::config::Kind>| {
            let route = self.map.addresses.kinds.get(&kind.name)?.clone();
            let title = Title { route, title: kind.plural.clone(), lede: kind.summary.clone() };
            Some(self.pages(frame, &title, &self.filter(|record| record.kind.name == kind.name)))
        };
        kinds.filter_map(of_kind).flatten().collect()
    }

    /// One list for each tag.
    pub(super) fn tags(&self, frame: &Frame<'_>) -> Vec<Page> {
        let mut tagged: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for position in &self.order {
            let Some(record) = self.map.log.record(*position) else { continue };
            for tag in &record.front.tags {
                let positions = tagged.entry(tag.value.to_lowercase()).or_default();
                if positions.last() != Some(position) {
                    positions.push(*position);
                }
            }
        }
        let of_tag = |(key, (route, tag)): (&String, &(Route, String))| {
            let lede = format!("Records tagged “{tag}”.");
            let title = Title { route: route.clone(), title: tag.clone(), lede };
            self.pages(frame, &title, tagged.get(key).map_or(&[][..], Vec::as_slice))
        };
        self.map.addresses.tags.iter().flat_map(of_tag).collect()
    }

    /// The positions, in the log's order, of the records that fit.
    pub(super) fn filter(&self, fits: impl Fn(&Record) -> bool) -> Vec<usize> {
        let fits = |position: &&usize| self.map.log.record(**position).is_some_and(&fits);
        self.order.iter().filter(fits).copied().collect()
    }

    fn pages(&self, frame: &Frame<'_>, title: &Title, positions: &[usize]) -> Vec<Page> {
        let count = positions.len().div_ceil(LINES).max(1);
        let page = |number: usize| {
            let lines = positions.get((number - 1) * LINES..).unwrap_or(&[]);
            let view = ListingView {
                title: title.title.clone(),
                lede: title.lede.clone(),
                total: positions.len(),
                groups: self.groups(lines.get(..LINES).unwrap_or(lines)),
                facets: self.facets(&title.route),
                pages: steps(&title.route, number, count),
            };
            let name = if number > 1 { format!("{}, page {number}", title.title) } else { title.title.clone() };
            let head = Head { title: name, description: title.lede.clone(), section: Section::Log };
            frame.page(numbered(&title.route, number), "listing.html", head, view)
        };
        (1..=count).map(page).collect()
    }

    fn groups(&self, positions: &[usize]) -> Vec<GroupView> {
        let mut groups: Vec<GroupView> = Vec::new();
        for position in positions {
            let (Some(record), Some(line)) = (self.map.log.record(*position), self.line(*position)) else { continue };
            match groups.last_mut().filter(|group| group.label == record.kind.plural) {
                Some(group) => group.rows.push(line),
                None => groups.push(GroupView { label: record.kind.plural.clone(), rows: vec![line] }),
            }
        }
        groups
    }

    fn facets(&self, current: &Route) -> Vec<FacetView> {
        let href = current.href();
        self.facets.iter().map(|facet| FacetView { current: facet.href == href, ..facet.clone() }).collect()
    }
}

/// Ways into parts of the log: everything, each kind that has records, the one-way doors.
fn facets(map: Map<'_>, records: &[(usize, &Record)]) -> Vec<FacetView> {
    let facet = |label: &str, count: usize, route: &Route| FacetView {
        label: label.to_owned(),
        count,
        href: route.href(),
        current: false,
    };
    let mut facets = vec![facet("All", records.len(), &Route(LOG.to_owned()))];
    for kind in &map.config.kinds {
        let count = records.iter().filter(|(_, record)| record.kind.name == kind.name).count();
        if let Some(route) = map.addresses.kinds.get(&kind.name).filter(|_| count > 0) {
            facets.push(facet(&kind.plural, count, route));
        }
    }
    let doors = records.iter().filter(|(_, record)| is_one_way(record)).count();
    if doors > 0 {
        facets.push(facet("One-way doors", doors, &Route(DOORS.to_owned())));
    }
    facets
}

/// Whether a record is behind a one-way door and the decision stands: not one turned down, taken back or replaced.
pub(super) fn is_one_way(record: &Record) -> bool {
    let gone = [Decision::Rejected, Decision::Withdrawn, Decision::Superseded];
    let stands = record.status.as_ref().is_none_or(|status| !gone.contains(&status.decision));
    stands && record.front.door.as_ref().is_some_and(|door| door.value == Door::OneWay)
}

/// The address of a later page of a list: `log.2.html`. No tag's or kind's own address holds a dot.
pub(super) fn numbered(route: &Route, number: usize) -> Route {
    match route.0.strip_suffix(".html").filter(|_| number > 1) {
        Some(stem) => Route(format!("{stem}.{number}.html")),
        None => route.clone(),
    }
}

fn steps(route: &Route, current: usize, count: usize) -> Vec<StepView> {
    let step = |number| StepView { number, href: numbered(route, number).href(), current: number == current };
    if count > 1 { (1..=count).map(step).collect() } else { Vec::new() }
}

/// By number, the highest first; records without one after them, by title.
fn newest_first(one: &Record, other: &Record) -> Ordering {
    match (&one.id, &other.id) {
        (Some(one), Some(other)) => other.value.cmp(&one.value),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => one.title.cmp(&other.title),
    }
}

fn line(position: usize, record: &Record, map: Map<'_>) -> Option<RowView> {
    let front = &record.front;
    Some(RowView {
        record: map.record_link(position)?,
        kind: record.kind.label.clone(),
        door: front.door.as_ref().map(|door| door_name(door.value)),
        owner: owner(record, map.config),
        created: day(front.created.as_ref()),
        updated: day(front.updated.as_ref()),
        draft: front.draft,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_pages_are_numbered() {
        let log = Route("log.html".to_owned());
        assert_eq!(numbered(&log, 1).0, "log.html");
        assert_eq!(numbered(&log, 3).0, "log.3.html");
        assert_eq!(steps(&log, 1, 1).len(), 0);
        assert_eq!(steps(&log, 2, 3).iter().filter(|step| step.current).map(|step| step.number).sum::<usize>(), 2);
    }
}
