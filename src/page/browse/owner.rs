//! The page of each owner, and the index of all.

use super::pager::{PagerView, cut, titled, weight_of};
use super::people::{Owner, Role};
use super::register::{Due, Registers, State};
use super::way::{Way, WayView};
use crate::page::link::Map;
use crate::page::listing::Lines;
use crate::page::person::PersonView;
use crate::page::view::{Frame, Head, Page, RecordLink, Section};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use tera::Value;

/// What waits on somebody, shown on their page; what is beyond is counted.
const DUES: usize = 40;

#[derive(Debug, Serialize)]
struct OwnersView {
    ways: Vec<WayView>,
    owners: Vec<LineView>,
    /// Records that name nobody, and their page.
    without: usize,
    without_href: Option<String>,
    pager: PagerView,
}

#[derive(Clone, Debug, Serialize)]
struct LineView {
    person: PersonView,
    href: String,
    /// Records that they drive, approve or own, and those in which they have another part.
    drives: usize,
    approves: usize,
    owns: usize,
    takes_part: usize,
    late: usize,
}

#[derive(Debug, Serialize)]
struct OwnerView {
    ways: Vec<WayView>,
    person: PersonView,
    total: usize,
    as_of: String,
    dues: Vec<DueView>,
    dues_more: usize,
    groups: Vec<GroupView>,
    pager: PagerView,
}

#[derive(Clone, Debug, Serialize)]
struct DueView {
    state: &'static str,
    day: Option<String>,
    what: String,
    record: RecordLink,
}

/// Records in which someone has the same weightiest role.
#[derive(Debug, Serialize)]
struct GroupView {
    label: &'static str,
    rows: Vec<Value>,
}

/// Plans the index and the pages.
pub(in crate::page) fn pages(
    frame: &Frame<'_>,
    lines: &Lines<'_>,
    (map, registers): (Map<'_>, &Registers),
) -> Vec<Page> {
    let place: BTreeMap<usize, usize> = lines.order.iter().enumerate().map(|(at, position)| (*position, at)).collect();
    let owners: Vec<(usize, &Owner)> = map.addresses.people.owners.iter().enumerate().collect();
    let each = owners.into_par_iter().flat_map_iter(|(at, owner)| {
        let dues = registers.dues(at);
        page(frame, owner, &dues, (map, lines, &place))
    });
    let mut pages: Vec<Page> = each.collect();
    pages.extend(index(frame, map, registers));
    pages
}

fn page(
    frame: &Frame<'_>,
    owner: &Owner,
    dues: &[&Due],
    (map, lines, place): (Map<'_>, &Lines<'_>, &BTreeMap<usize, usize>),
) -> Vec<Page> {
    let foremost = |(position, roles): (&usize, &std::collections::BTreeSet<Role>)| {
        Some((*roles.first()?, *place.get(position)?, *position))
    };
    let mut records: Vec<(Role, usize, usize)> = owner.roles.iter().filter_map(foremost).collect();
    records.sort_unstable();
    let total = records.len();
    let parts = cut(records, |(_, _, position)| lines.weight(*position));
    let count = parts.len();
    let page = |(number, part): (usize, Vec<(Role, usize, usize)>)| {
        let here = owner.route.numbered(number);
        let mut groups: Vec<GroupView> = Vec::new();
        for (role, _, position) in part {
            let Some(line) = lines.line(position) else { continue };
            match groups.last_mut().filter(|group| group.label == role.heading()) {
                Some(group) => group.rows.push(line),
                None => groups.push(GroupView { label: role.heading(), rows: vec![line] }),
            }
        }
        let shown = if number == 1 { dues.get(..DUES).unwrap_or(dues) } else { &[] };
        let view = OwnerView {
            ways: Way::Owners.navigation(&here),
            person: owner.person.clone(),
            total,
            as_of: map.today.to_string(),
            dues: shown.iter().filter_map(|due| due_view(due, map)).collect(),
            dues_more: dues.len().saturating_sub(DUES),
            groups,
            pager: PagerView::new(&owner.route, number, count),
        };
        let name = &owner.person.name;
        let description = format!("What {name} drives, approves, owns and was asked about.");
        let head = Head { title: titled(name, number), description, section: Section::Log };
        frame.page(here, "owner.html", head, view)
    };
    (1..).zip(parts).map(page).collect()
}

fn due_view(due: &Due, map: Map<'_>) -> Option<DueView> {
    let record = RecordLink { status: None, ..map.record_link(due.record)? };
    let day = due.day.map(|day| day.to_string());
    Some(DueView { state: due.state.name(), day, what: due.what.clone(), record })
}

fn index(frame: &Frame<'_>, map: Map<'_>, registers: &Registers) -> Vec<Page> {
    let people = &map.addresses.people.owners;
    let line = |(at, owner): (usize, &Owner)| {
        let count = |role| owner.roles.values().filter(|roles| roles.contains(&role)).count();
        let weighty = [Role::Drives, Role::Approves, Role::Owns];
        let takes_part = owner.roles.values().filter(|roles| roles.iter().all(|role| !weighty.contains(role))).count();
        LineView {
            person: owner.person.clone(),
            href: owner.route.href(),
            drives: count(Role::Drives),
            approves: count(Role::Approves),
            owns: count(Role::Owns),
            takes_part,
            late: registers.dues(at).iter().filter(|due| due.state == State::Late).count(),
        }
    };
    let lines: Vec<LineView> = people.iter().enumerate().map(line).collect();
    let parts =
        cut(lines, |line| 330 + weight_of(&line.person.name) + weight_of(&line.person.role) + weight_of(&line.href));
    let (route, count) = (Way::Owners.route(), parts.len());
    let none = map.addresses.facets.owner.values.iter().find(|value| value.is_none && value.count > 0);
    let page = |(number, owners): (usize, Vec<LineView>)| {
        let here = route.numbered(number);
        let view = OwnersView {
            ways: Way::Owners.navigation(&here),
            owners,
            without: none.map_or(0, |none| none.count),
            without_href: none.map(|none| none.route.href()),
            pager: PagerView::new(&route, number, count),
        };
        let description = "Who drives, approves and owns which decisions.".to_owned();
        let head = Head { title: titled("Owners", number), description, section: Section::Log };
        frame.page(here, "owners.html", head, view)
    };
    (1..).zip(parts).map(page).collect()
}
