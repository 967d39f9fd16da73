//! The home page: what the site is, what is being decided, what was decided, and where to read on.

use super::address::{DOORS, HEALTH, HOME, LOG};
use super::browse::event::Event;
use super::browse::register::{LineView, Registers};
use super::browse::standing::{decided_on, decision, is_decided};
use super::browse::timeline::{EventView, latest};
use super::browse::way::{Way, WayView};
use super::finding::{Findings, Tally};
use super::handbook::{ChapterLink, Handbook};
use super::link::Map;
use super::listing::{Lines, is_one_way};
use super::route::Route;
use super::text::Text;
use super::view::{Frame, Head, Page, Section};
use crate::config::Decision;
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use serde::Serialize;
use tera::Value;

/// Decisions shown under each heading.
const SHOWN: usize = 8;

/// Events shown.
const EVENTS: usize = 8;

/// Chapters shown; the handbook itself lists the others.
const CHAPTERS: usize = 10;

#[derive(Debug, Serialize)]
struct HomeView {
    /// What stands over it: the text's own heading, as HTML.
    heading: Option<String>,
    intro: String,
    counts: Vec<CountView>,
    review: Vec<Value>,
    /// Records under review beyond those shown.
    review_more: usize,
    latest: Vec<Value>,
    ways: Vec<WayView>,
    /// Registers with something late in them.
    attention: Vec<LineView>,
    as_of: String,
    events: Vec<EventView>,
    timeline: &'static str,
    registers: &'static str,
    kinds: Vec<KindView>,
    chapters: Vec<ChapterLink>,
    /// Where the handbook begins.
    handbook: Option<String>,
    log: String,
    health: String,
    tally: Tally,
    source: Option<String>,
    edit: Option<String>,
    script: Option<String>,
}

/// A number and what it counts.
#[derive(Debug, Serialize)]
struct CountView {
    number: usize,
    label: &'static str,
    href: Option<String>,
    name: &'static str,
}

#[derive(Debug, Serialize)]
struct KindView {
    label: String,
    summary: String,
    count: usize,
    href: String,
}

/// Plans the home page; `intro` is the content folder's own index, where there is one.
pub(super) fn page(
    frame: &Frame<'_>,
    intro: Option<(&Record, Text)>,
    (map, lines, handbook, found): (Map<'_>, &Lines<'_>, &Handbook, &Findings<'_>),
    (events, registers): (&[Event], &Registers),
) -> Page {
    let review = by_date(lines.filter(|record| decision(record) == Some(Decision::InReview)), map);
    let decided = by_date(lines.filter(is_decided), map);
    let shown = |positions: &[usize]| positions.iter().take(SHOWN).filter_map(|at| lines.line(*at)).collect();
    let text = intro.map(|(record, text)| text.view(record, map));
    let (source, edit, script) =
        text.as_ref().map_or((None, None, None), |text| (text.source.clone(), text.edit.clone(), text.script.clone()));
    let all: Vec<&Diagnostic> = found.files().flat_map(|(_, found)| found.iter().copied()).collect();
    let view = HomeView {
        counts: counts(review.len(), map, lines),
        review: shown(&review),
        review_more: review.len().saturating_sub(SHOWN),
        latest: shown(&decided),
        ways: Way::all(),
        attention: registers.lines().into_iter().filter(|register| register.counts.late > 0).collect(),
        as_of: map.today.to_string(),
        events: latest(events, map, EVENTS),
        timeline: Way::Timeline.address(),
        registers: Way::Registers.address(),
        kinds: kinds(map, lines),
        chapters: handbook.top(map).into_iter().take(CHAPTERS).collect(),
        handbook: handbook.first(map.addresses),
        log: LOG.to_owned(),
        health: HEALTH.to_owned(),
        tally: Tally::of(&all),
        heading: text.as_ref().and_then(|text| text.heading.clone()),
        intro: text.map(|text| text.body).unwrap_or_default(),
        source,
        edit,
        script,
    };
    let site = &map.config.site;
    let head = Head { title: site.title.clone(), description: site.description.clone(), section: Section::Home };
    frame.page(Route(HOME.to_owned()), "home.html", head, view)
}

/// How many records there are, and how they stand. A log that says nothing of that has no number for it: none in force would be wrong.
fn counts(in_review: usize, map: Map<'_>, lines: &Lines<'_>) -> Vec<CountView> {
    let in_force = lines.filter(|record| decision(record) == Some(Decision::Accepted)).len();
    let doors = lines.filter(is_one_way).len();
    let log = Some(LOG.to_owned());
    let has_doors = map.addresses.taken.contains(&Route(DOORS.to_owned()));
    let doors_page = has_doors.then(|| DOORS.to_owned());
    let one = |number: usize, one, several| if number == 1 { one } else { several };
    let says = |what: &dyn Fn(&Record) -> bool| lines.len() == 0 || !lines.filter(what).is_empty();
    let says_status = says(&|record| record.status.is_some() || record.raw_status.is_some());
    let all = [
        (true, lines.len(), one(lines.len(), "record", "records"), log, "records"),
        (says_status, in_force, "in force", None, "in-force"),
        (says_status, in_review, "in review", None, "in-review"),
        (
            says(&|record| record.front.door.is_some()),
            doors,
            one(doors, "one-way door", "one-way doors"),
            doors_page,
            "one-way",
        ),
    ];
    let said = all.into_iter().filter(|(is_said, ..)| *is_said);
    said.map(|(_, number, label, href, name)| CountView { number, label, href, name }).collect()
}

fn kinds(map: Map<'_>, lines: &Lines<'_>) -> Vec<KindView> {
    let view = |kind: &std::sync::Arc<crate::config::Kind>| {
        let count = lines.filter(|record| record.kind.name == kind.name).len();
        let href = map.addresses.kinds.get(&kind.name)?.href();
        Some(KindView { label: kind.plural.clone(), summary: kind.summary.clone(), count, href })
    };
    map.config.kinds.iter().filter_map(view).filter(|kind| kind.count > 0).collect()
}

/// The newest first; records without a date last, the highest numbers first.
fn by_date(mut positions: Vec<usize>, map: Map<'_>) -> Vec<usize> {
    let date = |position: &usize| map.log.record(*position).and_then(decided_on);
    positions.sort_by_key(|position| std::cmp::Reverse(date(position)));
    positions
}
