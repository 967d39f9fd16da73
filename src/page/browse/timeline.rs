//! The timeline: what lies ahead, what happened lately, and every year by month.

use super::event::Event;
use super::pager::{PagerView, cut, titled, weight_of};
use super::way::{Way, WayView};
use crate::date::Date;
use crate::page::link::Map;
use crate::page::route::Route;
use crate::page::view::{Frame, Head, Page, Section};
use serde::Serialize;
use std::collections::BTreeMap;

/// Events to come on the first page; the pages of the years have the others.
const AHEAD: usize = 20;

/// Events of the past on the first page.
const LATELY: usize = 60;

/// What the markup of an event weighs, without its words.
const MARKUP: usize = 420;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// An event as readers see it. It names its records without their statuses, which are those of today.
#[derive(Clone, Debug, Serialize)]
pub(in crate::page) struct EventView {
    date: String,
    word: String,
    decision: &'static str,
    note: String,
    record: NameView,
    by: Option<NameView>,
    /// Whether it is still to come.
    ahead: bool,
}

#[derive(Clone, Debug, Serialize)]
struct NameView {
    id: Option<String>,
    title: String,
    href: Option<String>,
}

#[derive(Debug, Serialize)]
struct TimelineView {
    ways: Vec<WayView>,
    title: String,
    lede: String,
    as_of: String,
    ahead: Vec<EventView>,
    /// Events to come that are not shown.
    ahead_more: usize,
    months: Vec<MonthView>,
    /// Whether these are the latest events, or those of a year.
    is_latest: bool,
    years: Vec<YearView>,
    pager: PagerView,
}

#[derive(Clone, Debug, Serialize)]
struct MonthView {
    label: String,
    events: Vec<EventView>,
}

#[derive(Clone, Debug, Serialize)]
struct YearView {
    label: String,
    count: usize,
    href: String,
    current: bool,
}

/// Plans the timeline's first page and a page, or several, for each year. Events are given newest first.
pub(in crate::page) fn pages(frame: &Frame<'_>, map: Map<'_>, events: &[Event]) -> Vec<Page> {
    let mut years: BTreeMap<i16, Vec<&Event>> = BTreeMap::new();
    for event in events {
        years.entry(event.day.year()).or_default().push(event);
    }
    let mut pages = vec![first(frame, map, events, &years)];
    for (year, events) in years.iter().rev() {
        let views: Vec<(Date, EventView)> =
            events.iter().filter_map(|event| Some((event.day, event_view(event, map)?))).collect();
        let parts = cut(views, |(_, event)| weight(event));
        let (route, count) = (route_of(*year), parts.len());
        for (number, part) in (1..).zip(parts) {
            let here = route.numbered(number);
            let view = TimelineView {
                ways: Way::Timeline.navigation(&here),
                title: year.to_string(),
                lede: "What happened, month by month, the newest first.".to_owned(),
                as_of: map.today.to_string(),
                ahead: Vec::new(),
                ahead_more: 0,
                months: months(part),
                is_latest: false,
                years: year_views(&years, Some(*year)),
                pager: PagerView::new(&route, number, count),
            };
            let title = titled(&format!("Timeline of {year}"), number);
            let head =
                Head { title, description: format!("What happened in the log in {year}."), section: Section::Log };
            pages.push(frame.page(here, "timeline.html", head, view));
        }
    }
    pages
}

/// The latest events up to the day of the build.
pub(in crate::page) fn latest(events: &[Event], map: Map<'_>, count: usize) -> Vec<EventView> {
    let past = events.iter().filter(|event| event.day <= map.today);
    past.filter_map(|event| event_view(event, map)).take(count).collect()
}

fn first(frame: &Frame<'_>, map: Map<'_>, events: &[Event], years: &BTreeMap<i16, Vec<&Event>>) -> Page {
    let route = Way::Timeline.route();
    let ahead: Vec<&Event> = events.iter().rev().filter(|event| event.day > map.today).collect();
    let past = events.iter().filter(|event| event.day <= map.today).take(LATELY);
    let past = past.filter_map(|event| Some((event.day, event_view(event, map)?)));
    let view = TimelineView {
        ways: Way::Timeline.navigation(&route),
        title: "Timeline".to_owned(),
        lede: "What lies ahead, and what happened lately.".to_owned(),
        as_of: map.today.to_string(),
        ahead: ahead.iter().take(AHEAD).filter_map(|event| event_view(event, map)).collect(),
        ahead_more: ahead.len().saturating_sub(AHEAD),
        months: months(past.collect()),
        is_latest: true,
        years: year_views(years, None),
        pager: PagerView::default(),
    };
    let description = "What lies ahead in the log, and what happened lately.".to_owned();
    frame.page(route, "timeline.html", Head { title: "Timeline".to_owned(), description, section: Section::Log }, view)
}

fn route_of(year: i16) -> Route {
    Route(format!("log/timeline/{year:04}.html"))
}

fn year_views(years: &BTreeMap<i16, Vec<&Event>>, current: Option<i16>) -> Vec<YearView> {
    let view = |(year, events): (&i16, &Vec<&Event>)| YearView {
        label: year.to_string(),
        count: events.len(),
        href: route_of(*year).href(),
        current: current == Some(*year),
    };
    years.iter().rev().map(view).collect()
}

fn months(events: Vec<(Date, EventView)>) -> Vec<MonthView> {
    let mut months: Vec<MonthView> = Vec::new();
    for (day, event) in events {
        let name = usize::try_from(day.month() - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or("");
        let label = format!("{name} {}", day.year());
        match months.last_mut().filter(|month| month.label == label) {
            Some(month) => month.events.push(event),
            None => months.push(MonthView { label, events: vec![event] }),
        }
    }
    months
}

fn event_view(event: &Event, map: Map<'_>) -> Option<EventView> {
    let name = |position: usize| {
        let record = map.log.record(position)?;
        let id = record.id.as_ref().map(|id| id.value.to_string());
        Some(NameView { id, title: record.title.clone(), href: map.addresses.href(position) })
    };
    Some(EventView {
        date: event.day.to_string(),
        word: event.word.clone(),
        decision: event.decision,
        note: event.note.clone(),
        record: name(event.record)?,
        by: event.by.and_then(name),
        ahead: event.day > map.today,
    })
}

fn weight(event: &EventView) -> usize {
    let name = |name: &NameView| weight_of(&name.title) + name.href.as_deref().map_or(0, weight_of) + 90;
    let shape = if event.decision.is_empty() { 0 } else { 300 };
    MARKUP + shape + weight_of(&event.word) + name(&event.record) + event.by.as_ref().map_or(0, name)
}
