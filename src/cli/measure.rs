//! `precedent measure`: what came of a metric.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::outcome::Outcome;
use super::revision::{Gate, Revision};
use super::today::date_argument;
use crate::author::{measure, name};
use crate::check::meets_target;
use crate::date::Date;
use crate::error::Result;
use crate::record::Metric;

/// Write down what was measured of a metric
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Measure {
    /// The record, such as RFC-7, or its title or file
    #[arg(value_name = "ID")]
    id: String,

    /// The metric, by its name or by a part of it
    #[arg(value_name = "METRIC")]
    metric: String,

    /// What was measured, with its unit: "41 ms"
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    value: String,

    /// The day of the measurement [default: today]
    #[arg(long, value_name = "DATE", value_parser = date_argument)]
    on: Option<Date>,

    /// Show what would be written, as a diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Measure {
    /// Writes the measurement.
    ///
    /// # Errors
    /// When there is no such metric, or it cannot be written.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let revision = Revision::open(globals, console, &self.id, &Caching::none())?;
        let record = revision.record()?;
        let (row, changes) = measure(record, &self.metric, &self.value, self.on.unwrap_or(revision.today))?;
        let Some(passed) = revision.pass(&changes, Gate::News, &format!("{} stays as it is", name(record)))? else {
            return Ok(Outcome::Denied);
        };
        let after = passed.snapshot.log.record(revision.position);
        let metric = after.and_then(|record| record.front.metrics.get(row)).map(|row| row.value.clone());
        let done = metric.map_or_else(String::new, |metric| verdict(&metric, &name(record)));
        revision.write(&passed, self.dry_run, &done)
    }
}

/// What a measurement means.
fn verdict(metric: &Metric, record: &str) -> String {
    let text = |value: &Option<crate::text::Spanned<String>>| {
        value.as_ref().map(|value| value.value.clone()).unwrap_or_default()
    };
    let (name, actual, target) = (text(&metric.name), text(&metric.actual), text(&metric.target));
    match meets_target(metric) {
        Some(true) => format!("{record}: `{name}` is {actual}, which meets its target of {target}."),
        Some(false) => format!("{record}: `{name}` is {actual}, which misses its target of {target}."),
        None => format!("{record}: `{name}` is {actual}."),
    }
}
