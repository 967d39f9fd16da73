//! Calendars, read by another's parser and held to RFC 5545.

use crate::published::{Published, publish};
use icalendar::{Calendar, CalendarComponent, Component, Event};
use std::collections::BTreeSet;

const CONFIG: &str = "[site]\ntitle = \"Acme; log, \\\\ \"\nbase-url = \"https://docs.example.org/log/\"\n";

const DEPRECATION: &str = "+++\ntitle = \"End of the payments interface, version one; with a very long name 😀😀😀😀😀😀😀😀😀😀😀😀\"\n\
    status = \"announced\"\ncreated = 2026-01-10\nupdated = 2026-02-01\nsummary = \"a; b, c\\\\d\\r\\ne\\u0000\"\n[deprecation]\n\
    announced = 2026-01-15\nsunset = 2026-09-30\nremoved = 2026-12-31\ngovernance-lock = 2026-08-31\nbrownouts = [\n\
    { start = 2026-04-01T12:00:00+02:00, minutes = 15, share = 0.01 },\n\
    { start = 2026-05-01, minutes = 60 },\n\
    { start = 2026-06-01T10:00:00Z, minutes = 9223372036854775807 } ]\n+++\n";

const RFC: &str = "+++\nstatus = \"STATUS\"\ncreated = 2026-02-01\nupdated = 2026-03-15\nreview-by = 2027-03-01\ndeadline = 2026-12-24\n\
    [review]\ncirculated = 2026-03-10T09:00:00Z\nheld = 2026-03-12T10:30:00Z\n\
    [[metric]]\nname = \"p99\"\ntarget = \"< 50 ms\"\ndue = 2026-09-01\n\
    [[metric]]\nname = \"p99\"\ndue = 2026-10-01\n\
    [[metric]]\nname = \"cost\"\ndue = 2026-09-01\nactual = \"3 USD\"\n\
    [[debt]]\nwhat = \"tenants\"\nticket = \"BILL-1\"\ndue = 2026-06-30\n\
    [[debt]]\nwhat = \"old\"\ndue = 2026-06-30\npaid = 2026-03-12\n+++\n# 7. Move\n";

fn events(text: &str) -> Vec<Event> {
    hold_to_the_standard(text);
    let calendar: Calendar = text.parse().unwrap_or_else(|error| panic!("{error}: {text}"));
    let event = |component| match component {
        CalendarComponent::Event(event) => event,
        other => panic!("{other:?}"),
    };
    calendar.components.into_iter().map(event).collect()
}

/// Sections 3.1, 3.4, 3.6 and 3.6.1: lines, one component at least, and what an event has to have, once.
fn hold_to_the_standard(text: &str) {
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.is_empty() && !line.contains(char::is_control), "{line:?}");
    }
    let unfolded = text.replace("\r\n ", "");
    let mut uids = BTreeSet::new();
    let events: Vec<&str> = unfolded.split("BEGIN:VEVENT\r\n").skip(1).collect();
    assert!(!events.is_empty());
    for event in events {
        for property in ["UID:", "DTSTAMP:", "DTSTART", "SUMMARY:"] {
            assert_eq!(event.lines().filter(|line| line.starts_with(property)).count(), 1, "{property} in {event}");
        }
        let uid = event.lines().find(|line| line.starts_with("UID:")).unwrap();
        assert!(uids.insert(uid.to_owned()), "{uid} twice");
    }
}

fn said(site: &Published, address: &str) -> Vec<String> {
    let about = |event: &Event| {
        let start = event.property_value("DTSTART").unwrap();
        let end = event.property_value("DTEND").map(|end| format!("/{end}")).unwrap_or_default();
        format!("{start}{end} {}", event.get_summary().unwrap())
    };
    events(&site.text(address)).iter().map(about).collect()
}

fn of_status(status: &str) -> Vec<String> {
    let text = RFC.replace("STATUS", status);
    let site = publish([("precedent.toml", CONFIG), ("content/rfc/0007-move.md", text.as_str())]);
    if site.has("calendar.ics") { said(&site, "calendar.ics") } else { Vec::new() }
}

#[test]
fn an_ending_is_on_the_calendar() {
    let site = publish([("precedent.toml", CONFIG), ("content/deprecation/0003-payments.md", DEPRECATION)]);
    let events = events(&site.text("calendar.ics"));
    let starts: Vec<&str> = events.iter().map(|event| event.property_value("DTSTART").unwrap()).collect();
    assert_eq!(
        starts,
        ["20260115", "20260401T100000Z", "20260501", "20260601T100000Z", "20260831", "20260930", "20261231"]
    );
    let brownout = &events[1];
    assert_eq!(brownout.property_value("DTEND"), Some("20260401T101500Z"));
    assert_eq!(brownout.get_uid(), Some("DEP-0003:brownout-1@docs.example.org/log"));
    assert_eq!(brownout.property_value("DTSTAMP"), Some("20260201T000000Z"));
    assert_eq!(brownout.property_value("STATUS"), Some("CONFIRMED"));
    assert_eq!(brownout.property_value("URL"), Some("https://docs.example.org/log/deprecation/0003-payments.html"));
    assert_eq!(events[3].property_value("DTEND"), None, "an end that no calendar reaches");
    let title = "Brownout: DEP-0003: End of the payments interface, version one; with a very long name 😀😀😀😀😀😀😀😀😀😀😀😀";
    assert_eq!(brownout.get_summary(), Some(title));
    let description = brownout.get_description().unwrap();
    assert_eq!(description, "15 min, 1 % of the requests fail.\na; b, c\\d\ne");
    assert_eq!(said(&site, "calendar/brownouts.ics").len(), 3);
    assert_eq!(said(&site, "calendar/sunsets.ics").len(), 4);
    assert!(!site.has("calendar/debt.ics"), "a calendar without events is none");
    assert!(site.text("index.html").contains("<link rel=\"alternate\" type=\"text/calendar\""));
}

#[test]
fn what_is_only_proposed_is_tentative_and_nothing_is_owed_yet() {
    let draft = DEPRECATION.replace("announced\"", "draft\"");
    let site = publish([("precedent.toml", CONFIG), ("content/deprecation/0003-payments.md", draft.as_str())]);
    let tentative = events(&site.text("calendar.ics"));
    assert!(tentative.iter().all(|event| event.property_value("STATUS") == Some("TENTATIVE")));
    assert_eq!(
        of_status("formal-review"),
        [
            "20260310T090000Z Pre-read: RFC-0007: Move",
            "20260312T103000Z Review: RFC-0007: Move",
            "20261224 Deadline: RFC-0007: Move",
        ]
    );
}

#[test]
fn what_is_owed_stays_until_it_is_done() {
    assert_eq!(
        of_status("implementing"),
        [
            "20260310T090000Z Pre-read: RFC-0007: Move",
            "20260312T103000Z Review: RFC-0007: Move",
            "20260630 Debt due: tenants (RFC-0007)",
            "20260901 Metric due: p99 (RFC-0007)",
            "20261001 Metric due: p99 (RFC-0007)",
            "20261224 Deadline: RFC-0007: Move",
            "20270301 Look again: RFC-0007: Move",
        ]
    );
}

#[test]
fn what_lay_ahead_of_a_record_that_is_over_will_not_come() {
    let past = ["20260310T090000Z Pre-read: RFC-0007: Move", "20260312T103000Z Review: RFC-0007: Move"];
    for status in ["rejected", "withdrawn", "superseded", "abandoned"] {
        assert_eq!(of_status(status), past, "{status}");
    }
    assert_eq!(of_status("deferred")[2], "20270301 Look again: RFC-0007: Move");
    // A successor in force ends it, too, whatever its own status still says.
    let successor = "+++\nstatus = \"approved\"\nsupersedes = [\"RFC-7\"]\n+++\n# 8. Next\n";
    let old = RFC.replace("STATUS", "approved");
    let site = publish([("content/rfc/0007-move.md", old.as_str()), ("content/rfc/0008-next.md", successor)]);
    assert_eq!(said(&site, "calendar.ics"), past);
}

#[test]
fn a_waiver_a_chapter_and_a_site_without_an_address_have_dates_too() {
    let site = publish([
        ("precedent.toml", "[site]\ntitle = \"Our log\"\n"),
        ("content/waiver/0001-x.md", "+++\nstatus = \"granted\"\nexpires = 2026-12-31\n+++\n# 1. X\n"),
        ("content/waiver/0002-y.md", "+++\nstatus = \"requested\"\nexpires = 2026-12-31\n+++\n# 2. Y\n"),
        ("content/handbook/on-call.md", "+++\nreview-by = 2026-11-30\n+++\n# On call\n"),
        ("content/handbook/secret.md", "+++\ndraft = true\nreview-by = 2026-11-30\n+++\n# Secret\n"),
        (
            "content/deprecation/0001-z.md",
            "+++\nstatus = \"draft\"\n[deprecation]\nbrownouts = [{ start = 0000-01-01T00:00:00+14:00, minutes = 1 }]\n+++\n# Z\n",
        ),
    ]);
    let events = events(&site.text("calendar.ics"));
    let uids: Vec<&str> = events.iter().filter_map(|event| event.get_uid()).collect();
    assert_eq!(uids, ["handbook/on-call.md:review-by@our-log", "WVR-0001:expires@our-log"]);
    assert_eq!(
        (events[0].property_value("URL"), events[0].property_value("DTSTAMP")),
        (None, Some("20261130T000000Z"))
    );
    assert_eq!(events[0].property_value("TRANSP"), Some("TRANSPARENT"));
}
