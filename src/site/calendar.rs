//! Calendars of what the records ask to keep in mind: one of all, and one for each topic.

use super::event::{Event, Topic, When, events};
use super::face::Face;
use super::ics::Ics;
use super::standing::name;
use crate::config::Config;
use crate::date::{Date, Offset};
use crate::log::DecisionLog;
use crate::markdown::slug;
use crate::page::Plan;
use crate::record::Record;

const MEDIA: &str = "text/calendar";

/// An event, and all that is written of it.
struct Dated<'a> {
    event: Event,
    record: &'a Record,
    uid: String,
    /// When the record last said anything of it.
    stamp: Date,
    url: Option<String>,
}

/// Every calendar that has an event.
pub(super) fn calendars(plan: &Plan, log: &DecisionLog, config: &Config) -> Vec<Face> {
    let all = dated(plan, log, config);
    let title = &config.site.title;
    let whole: Vec<&Dated<'_>> = all.iter().collect();
    let name = format!("{title}: dates");
    let mut faces = Vec::new();
    if !whole.is_empty() {
        faces.push(Face::new("calendar.ics", write(&name, &whole)).announced(MEDIA, name, None));
    }
    for topic in Topic::ALL {
        let (file, label) = topic.names();
        let some: Vec<&Dated<'_>> = all.iter().filter(|dated| dated.event.topic == topic).collect();
        if !some.is_empty() {
            faces.push(Face::new(&format!("calendar/{file}.ics"), write(&format!("{title}: {label}"), &some)));
        }
    }
    faces
}

/// All events, by the day on which they are, then in the order of their records.
fn dated<'a>(plan: &Plan, log: &'a DecisionLog, config: &Config) -> Vec<Dated<'a>> {
    let base = &config.site.base_url;
    // Two sites in one calendar tell their events apart by their addresses, or else by their titles.
    let site = base.split_once("://").map_or_else(|| slug(&config.site.title), |(_, rest)| rest.to_owned());
    let mut all = Vec::new();
    for (position, record) in log.records().iter().enumerate() {
        let mut events = events(position, record, log);
        events.retain(is_writable);
        if events.is_empty() {
            continue;
        }
        let record_name = name(position, record, log, config);
        let url = plan.routes.get(position).and_then(Option::as_ref).and_then(|route| route.canonical(base));
        let last = record.last_change();
        all.extend(events.into_iter().map(|event| Dated {
            uid: format!("{record_name}:{}@{}", event.name, site.trim_end_matches('/')),
            stamp: last.unwrap_or(event.day),
            url: url.clone(),
            record,
            event,
        }));
    }
    all.sort_by_key(|dated| dated.event.day);
    all
}

/// Whether the standard can write it: years have four digits, and an offset may lead out of the first one.
fn is_writable(event: &Event) -> bool {
    match event.when {
        When::Day(day) => day.year() >= 0,
        When::At(start, _) => Offset::UTC.to_datetime(start).year() >= 0,
    }
}

fn write(name: &str, events: &[&Dated<'_>]) -> Vec<u8> {
    let mut ics = Ics::new(name);
    for dated in events {
        write_event(&mut ics, dated);
    }
    ics.finish()
}

/// `Sunset: DEP-0003: Payments API v1`, `Metric due: p99 latency (RFC-0007)`.
fn title(event: &Event, record: &Record) -> String {
    let short = || record.id.as_ref().map_or_else(|| record.title.clone(), |id| id.value.to_string());
    match &event.subject {
        Some(subject) => format!("{}: {subject} ({})", event.label, short()),
        None => format!("{}: {}", event.label, record.name()),
    }
}

fn write_event(ics: &mut Ics, dated: &Dated<'_>) {
    let (event, record) = (&dated.event, dated.record);
    ics.line("BEGIN:VEVENT");
    ics.text("UID", &dated.uid);
    ics.midnight("DTSTAMP", dated.stamp);
    match event.when {
        When::Day(day) => ics.day("DTSTART", day),
        When::At(start, end) => {
            ics.instant("DTSTART", start);
            if let Some(end) = end {
                ics.instant("DTEND", end);
            }
        }
    }
    ics.text("SUMMARY", &title(event, record));
    let summary = record.summary();
    let said = [event.note.as_str(), &summary].into_iter().filter(|text| !text.is_empty());
    let said = said.collect::<Vec<_>>().join("\n");
    if !said.is_empty() {
        ics.text("DESCRIPTION", &said);
    }
    if let Some(url) = &dated.url {
        ics.line(&format!("URL:{url}"));
    }
    ics.text("CATEGORIES", event.topic.names().1);
    ics.line(if event.tentative { "STATUS:TENTATIVE" } else { "STATUS:CONFIRMED" });
    if matches!(event.when, When::Day(_)) {
        // A day to keep in mind keeps nobody busy.
        ics.line("TRANSP:TRANSPARENT");
    }
    ics.line("END:VEVENT");
}
