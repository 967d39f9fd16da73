//! How a thing is taken away: its dates and brownouts in order, which of them are past, and who has yet to move.

use super::browse::standing::{decision, is_in_force};
use super::link::Map;
use super::person::PersonView;
use super::register::{day, moment};
use super::view::LinkView;
use crate::config::Decision;
use crate::date::Date;
use crate::record::{Brownout, Deprecation};
use crate::text::{Spanned, is_address};
use jiff::tz::TimeZone;
use serde::Serialize;

/// A deprecation as readers see it.
#[derive(Debug, Serialize)]
pub(super) struct EndingView {
    target: Option<String>,
    /// The address of what takes its place, where that is no record of this log.
    replacement: Option<String>,
    steps: Vec<StepView>,
    consumers: Vec<ConsumerView>,
    migrated: usize,
    /// The calendars in which its dates are.
    calendars: Vec<LinkView>,
    /// What a service that is going says of it in its answers, one header to a line; empty without a date.
    headers: String,
}

/// One step on the way: a date, or a brownout.
#[derive(Debug, Serialize)]
struct StepView {
    date: String,
    label: &'static str,
    note: &'static str,
    brownout: Option<BrownoutView>,
    /// `past`, `today`, `next` or `future`, as of the day of the site.
    when: &'static str,
    /// How far off it is, of the next step and of the next brownout: `in 20 days`.
    distance: Option<String>,
}

#[derive(Debug, Serialize)]
struct BrownoutView {
    length: String,
    share: String,
    /// The share in hundredths, for a bar.
    percent: f64,
}

#[derive(Debug, Serialize)]
struct ConsumerView {
    name: Option<String>,
    owner: Option<PersonView>,
    migrated: Option<String>,
}

/// The view of the deprecation that a record decides.
pub(super) fn ending(position: usize, deprecation: &Deprecation, map: Map<'_>) -> EndingView {
    let address = map.addresses.href(position).unwrap_or_default();
    let consumers: Vec<ConsumerView> = deprecation
        .consumers
        .iter()
        .map(|consumer| ConsumerView {
            name: consumer.name.as_ref().map(|name| name.value.clone()),
            owner: consumer.owner.as_ref().map(|owner| map.person(&owner.value)),
            migrated: day(consumer.migrated.as_ref()),
        })
        .collect();
    let replacement = deprecation.replacement.as_ref().map(|replacement| replacement.value.clone());
    EndingView {
        replacement: replacement.filter(|replacement| is_address(replacement)),
        target: deprecation.target.as_ref().map(|target| target.value.clone()),
        steps: steps(deprecation, map.today),
        migrated: consumers.iter().filter(|consumer| consumer.migrated.is_some()).count(),
        consumers,
        calendars: calendars([position], map),
        headers: headers(deprecation, &address, map),
    }
}

/// The calendars of the site that the dates of some deprecations are in: those of what is still to be reckoned with.
pub(super) fn calendars(positions: impl IntoIterator<Item = usize>, map: Map<'_>) -> Vec<LinkView> {
    let (mut has_brownouts, mut has_dates) = (false, false);
    for position in positions.into_iter().filter(|position| map.log.successors(*position).is_empty()) {
        let Some(record) = map.log.record(position) else { continue };
        let is_open = matches!(decision(record), None | Some(Decision::Draft | Decision::InReview));
        let Some(plan) = record.front.deprecation.as_ref().filter(|_| is_open || is_in_force(record)) else { continue };
        let plan = &plan.value;
        // Calendars begin with the first year.
        has_brownouts |= plan.brownouts.iter().any(|brownout| brownout.value.start.day().year() > 0);
        has_dates |=
            [&plan.announced, &plan.governance_lock, &plan.sunset, &plan.removed].into_iter().any(Option::is_some);
    }
    let named =
        [("brownouts", "calendar/brownouts.ics", has_brownouts), ("sunsets", "calendar/sunsets.ics", has_dates)];
    let there = named.into_iter().filter(|(.., is_there)| *is_there);
    there.map(|(label, href, _)| LinkView { label: label.to_owned(), href: Some(href.to_owned()) }).collect()
}

/// The headers `Deprecation` (RFC 9745) and `Sunset` (RFC 8594), and links to this page and to what takes the place of what goes.
/// A day begins at midnight, UTC.
fn headers(deprecation: &Deprecation, address: &str, map: Map<'_>) -> String {
    let midnight = |date: Option<&Spanned<Date>>| date?.value.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp());
    let announced = midnight(deprecation.announced.as_ref());
    let sunset = midnight(deprecation.sunset.as_ref());
    let mut headers: Vec<String> =
        announced.map(|day| format!("Deprecation: @{}", day.as_second())).into_iter().collect();
    headers.extend(sunset.map(|day| format!("Sunset: {}", day.strftime("%a, %d %b %Y %H:%M:%S GMT"))));
    let base = map.config.site.base_url.trim_end_matches('/');
    let mut link = |relation: &str, address: &str| headers.push(format!("Link: <{address}>; rel=\"{relation}\""));
    if announced.is_none() && sunset.is_none() {
        return String::new();
    }
    if !base.is_empty() {
        let page = format!("{base}/{address}");
        for (relation, _) in [("deprecation", announced), ("sunset", sunset)].iter().filter(|(_, day)| day.is_some()) {
            link(relation, &page);
        }
    }
    let replacement = deprecation.replacement.as_ref().map_or("", |replacement| replacement.value.as_str());
    if is_address(replacement) && !replacement.contains(['<', '>', ' ', '"']) && !replacement.contains(char::is_control)
    {
        link("successor-version", replacement);
    }
    headers.join("\n")
}

/// The dates that are given, in the order in which they fall.
fn steps(deprecation: &Deprecation, today: Date) -> Vec<StepView> {
    let at = |date: Option<&Spanned<Date>>| date.map(|date| date.value);
    let lock = "Teams that have not moved ship no new features.";
    let dates = [
        (at(deprecation.announced.as_ref()), "Announced", "Consumers are told."),
        (at(deprecation.governance_lock.as_ref()), "Governance lock", lock),
        (at(deprecation.sunset.as_ref()), "Sunset", "It stops answering."),
        (at(deprecation.removed.as_ref()), "Removed", "Its code is gone."),
    ];
    let dates = dates.into_iter().filter_map(|(date, label, note)| {
        let date = date?;
        Some((date, step(date.to_string(), label, note)))
    });
    let brownouts = deprecation.brownouts.iter().map(|brownout| {
        let brownout = &brownout.value;
        let mut step = step(moment(brownout.start), "Brownout", "");
        step.brownout = Some(brownout_view(brownout));
        (brownout.start.day(), step)
    });
    let mut steps: Vec<(Date, StepView)> = dates.chain(brownouts).collect();
    steps.sort_by(|(one, first), (other, second)| (one, &first.date).cmp(&(other, &second.date)));
    let next = steps.iter().map(|(date, _)| *date).find(|date| *date > today);
    let next_brownout =
        steps.iter().find(|(date, step)| *date > today && step.brownout.is_some()).map(|(date, _)| *date);
    for (date, step) in &mut steps {
        step.when = match (*date).cmp(&today) {
            std::cmp::Ordering::Less => "past",
            std::cmp::Ordering::Equal => "today",
            std::cmp::Ordering::Greater if Some(*date) == next => "next",
            std::cmp::Ordering::Greater => "future",
        };
        let is_awaited = Some(*date) == next || step.brownout.is_some() && Some(*date) == next_brownout;
        step.distance = is_awaited.then(|| distance(today, *date)).flatten();
    }
    steps.into_iter().map(|(_, step)| step).collect()
}

fn step(date: String, label: &'static str, note: &'static str) -> StepView {
    StepView { date, label, note, brownout: None, when: "future", distance: None }
}

fn distance(today: Date, date: Date) -> Option<String> {
    match today.until(date).ok()?.get_days() {
        1 => Some("tomorrow".to_owned()),
        days => Some(format!("in {days} days")),
    }
}

fn brownout_view(brownout: &Brownout) -> BrownoutView {
    let percent = (brownout.share * 10_000.0).round() / 100.0;
    BrownoutView {
        length: length(brownout.minutes),
        share: format!("{percent}\u{a0}%"),
        percent: percent.clamp(0.0, 100.0),
    }
}

/// Minutes as readers count them: hours where they come out even.
fn length(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (1, 0) => "1\u{a0}hour".to_owned(),
        (hours, 0) if hours > 1 => format!("{hours}\u{a0}hours"),
        _ => format!("{minutes}\u{a0}min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_distances_are_in_words() {
        assert_eq!(
            (length(30), length(60), length(90)),
            ("30\u{a0}min".into(), "1\u{a0}hour".into(), "90\u{a0}min".into())
        );
        let day = |text| crate::date::parse_date(text).unwrap();
        assert_eq!(distance(day("2026-11-25"), day("2026-11-26")).unwrap(), "tomorrow");
        assert_eq!(distance(day("2026-11-25"), day("2027-11-25")).unwrap(), "in 365 days");
    }
}
