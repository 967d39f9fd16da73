//! How a thing is taken away: its dates in order, its brownouts, and who has yet to move.

use super::person::{PersonView, person};
use super::register::{day, moment};
use crate::config::Config;
use crate::date::Date;
use crate::record::Deprecation;
use crate::text::Spanned;
use serde::Serialize;

/// A deprecation as readers see it.
#[derive(Debug, Serialize)]
pub(super) struct EndingView {
    target: Option<String>,
    dates: Vec<StepView>,
    brownouts: Vec<BrownoutView>,
    consumers: Vec<ConsumerView>,
    migrated: usize,
}

#[derive(Debug, Serialize)]
struct StepView {
    date: String,
    label: &'static str,
    note: &'static str,
}

#[derive(Debug, Serialize)]
struct BrownoutView {
    start: String,
    minutes: String,
    share: String,
}

#[derive(Debug, Serialize)]
struct ConsumerView {
    name: Option<String>,
    owner: Option<PersonView>,
    migrated: Option<String>,
}

/// The view of a deprecation.
pub(super) fn ending(deprecation: &Deprecation, config: &Config) -> EndingView {
    let consumers: Vec<ConsumerView> = deprecation
        .consumers
        .iter()
        .map(|consumer| ConsumerView {
            name: consumer.name.as_ref().map(|name| name.value.clone()),
            owner: consumer.owner.as_ref().map(|owner| person(&owner.value, config)),
            migrated: day(consumer.migrated.as_ref()),
        })
        .collect();
    EndingView {
        target: deprecation.target.as_ref().map(|target| target.value.clone()),
        dates: dates(deprecation),
        brownouts: deprecation.brownouts.iter().map(|brownout| brownout_view(&brownout.value)).collect(),
        migrated: consumers.iter().filter(|consumer| consumer.migrated.is_some()).count(),
        consumers,
    }
}

/// The dates that are given, in the order in which they fall.
fn dates(deprecation: &Deprecation) -> Vec<StepView> {
    let first_brownout = deprecation.brownouts.iter().map(|brownout| brownout.value.start.day()).min();
    let at = |date: Option<&Spanned<Date>>| date.map(|date| date.value);
    let steps = [
        (at(deprecation.announced.as_ref()), "Announced", "Consumers are told."),
        (first_brownout, "First brownout", "It fails on purpose, for a short time."),
        (
            at(deprecation.governance_lock.as_ref()),
            "Governance lock",
            "Teams that have not moved ship no new features.",
        ),
        (at(deprecation.sunset.as_ref()), "Sunset", "It stops answering."),
        (at(deprecation.removed.as_ref()), "Removed", "Its code is gone."),
    ];
    let mut given: Vec<(Date, &str, &str)> =
        steps.into_iter().filter_map(|(date, label, note)| Some((date?, label, note))).collect();
    given.sort_by_key(|(date, ..)| *date);
    given.into_iter().map(|(date, label, note)| StepView { date: date.to_string(), label, note }).collect()
}

fn brownout_view(brownout: &crate::record::Brownout) -> BrownoutView {
    let percent = (brownout.share * 10_000.0).round() / 100.0;
    BrownoutView {
        start: moment(brownout.start),
        minutes: format!("{}\u{a0}min", brownout.minutes),
        share: format!("{percent}\u{a0}%"),
    }
}
