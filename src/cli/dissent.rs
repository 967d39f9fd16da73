//! `precedent dissent`: somebody disagrees, and commits.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::outcome::Outcome;
use super::revision::{Gate, Revision};
use super::today::date_argument;
use crate::author::{dissent, known, name};
use crate::date::Date;
use crate::error::Result;

/// Put a dissent on record, and the day on which it was committed to
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Dissent {
    /// The record, such as RFC-7, or its title or file
    #[arg(value_name = "ID")]
    id: String,

    /// Who disagrees
    #[arg(long, value_name = "WHO")]
    who: String,

    /// What they would have done; not needed for a dissent that is on record
    #[arg(long, value_name = "TEXT")]
    position: Option<String>,

    /// They disagree and commit, on this day [default: today]
    #[arg(long, value_name = "DATE", value_parser = date_argument, num_args = 0..=1)]
    committed: Option<Option<Date>>,

    /// Show what would be written, as a diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Dissent {
    /// Writes the dissent.
    ///
    /// # Errors
    /// When nothing would change, or it cannot be written.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let revision = Revision::open(globals, console, &self.id, &Caching::none())?;
        let record = revision.record()?;
        let who = known(&self.who, &revision.snapshot.config)?;
        let committed = self.committed.map(|day| day.unwrap_or(revision.today));
        let changes = dissent(record, &who, self.position.as_deref(), committed)?;
        let commits = if committed.is_some() { " and commits" } else { "" };
        let done = format!("`{who}` disagrees{commits}: it is on record in {}.", name(record));
        revision.make(&changes, Gate::News, (self.dry_run, &done))
    }
}
