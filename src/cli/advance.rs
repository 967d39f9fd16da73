//! `precedent advance`: a record comes to its next status.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::outcome::Outcome;
use super::revision::{Gate, Revision};
use super::today::date_argument;
use crate::author::{advance, name, onward_of};
use crate::date::Date;
use crate::error::Result;

/// Take a record to its next status, once it has what that asks for
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Advance {
    /// The record, such as RFC-7, or its title or file
    #[arg(value_name = "ID")]
    id: String,

    /// The status, such as approved
    #[arg(value_name = "STATUS")]
    status: String,

    /// The day of the step, for a record that keeps its history [default: today]
    #[arg(long, value_name = "DATE", value_parser = date_argument)]
    on: Option<Date>,

    /// Show what would be written, as a diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Advance {
    /// Writes the status.
    ///
    /// # Errors
    /// When there is no such step, or it cannot be written.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let revision = Revision::open(globals, console, &self.id, &Caching::none())?;
        let record = revision.record()?;
        let (status, changes) =
            advance(&revision.snapshot.log, record, &self.status, self.on.unwrap_or(revision.today))?;
        let named = name(record);
        let Some(passed) =
            revision.pass(&changes, Gate::Record, &format!("{named} is not ready for `{}`", status.name))?
        else {
            return Ok(Outcome::Denied);
        };
        let onward = onward_of(&record.kind.lifecycle, status);
        let onward = onward.map(|next| format!(" It goes on to `{next}`.")).unwrap_or_default();
        revision.write(&passed, self.dry_run, &format!("{named} is `{}`.{onward}", status.name))
    }
}
