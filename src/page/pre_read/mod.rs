//! The page of a pre-read: a record with all that its readers need, to be sent round in a file of its own.

mod cover;
mod links;

use super::address::Addresses;
use super::finding::Findings;
use super::handbook::Handbook;
use super::link::Map;
use super::look::style;
use super::plan::site;
use super::record::{RecordView, view};
use super::route::Route;
use super::text::{Text, description};
use super::view::{Everywhere, Frame, Head, Page, Section};
use crate::config::Config;
use crate::date::{Date, Moment};
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use cover::{CoverView, Times, cover, touched, without_addresses};
use links::Alone;
use serde::Serialize;

pub use cover::Earlier;
pub use links::Pictures;

/// What goes out, when, and for which meeting.
#[derive(Clone, Debug)]
pub struct Sending {
    /// The record's position in the log.
    pub position: usize,
    /// When it goes out.
    pub sent: Moment,
    /// When the meeting is.
    pub held: Moment,
    /// What its readers got before, if they did.
    pub earlier: Option<Earlier>,
}

#[derive(Debug, Serialize)]
struct PreReadView {
    #[serde(flatten)]
    record: RecordView,
    cover: CoverView,
}

/// The page, and the organisation's colours for it; `None` when there is no such record. `pictures` are written into the page.
pub fn pre_read(
    log: &DecisionLog,
    (config, today): (&Config, Date),
    sending: &Sending,
    diagrams: &Diagrams,
    pictures: Pictures<'_>,
) -> Option<(Page, Option<String>)> {
    let position = sending.position;
    let record = log.record(position)?;
    let addresses = Addresses::assign(log, config);
    let map = Map { log, addresses: &addresses, config, today };
    let told = touched(position, map);
    let positions: Vec<usize> = told.told.iter().map(|(position, _)| *position).collect();
    let links = Alone::new(map, (position, record), &positions, pictures);
    let text = Text::alone(record, map, diagrams, &links).view(record, map);
    let times = Times { sent: sending.sent, held: sending.held };
    let cover = cover(record, (&times, sending.earlier.as_ref()), &told, map);
    let found = Findings::new([]);
    let view = PreReadView { record: view((position, record), text, map, found.of(record.path())), cover };
    // Views are made of strings, numbers, lists and structures, which always convert.
    let mut view = serde_json::to_value(&view).unwrap_or_default();
    let base = config.site.base_url.trim_end_matches('/');
    if base.is_empty() {
        without_addresses(&mut view);
    }
    let root = if base.is_empty() { String::new() } else { format!("{base}/") };
    let frame = Frame { config, site: Everywhere::new(&site(map, &Handbook::new(map), 0)) };
    let head = Head { title: record.name(), description: description(record), section: Section::None };
    let route = Route(format!("{}.html", record.path().stem()));
    Some((frame.page_from(route, root, "pre-read.html", head, view), style(&config.look)))
}
