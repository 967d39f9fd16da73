//! `precedent sign`: somebody agrees to a text.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::outcome::Outcome;
use super::revision::{Gate, Revision};
use super::today::date_argument;
use crate::author::{known, name, sign};
use crate::date::Date;
use crate::error::Result;

/// Sign a record: who agrees, in which role, and to which very text
///
/// The signature holds a fingerprint of the decision. Breaking lines anew does not disturb it; a changed word does.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Sign {
    /// The record, such as RFC-7, or its title or file
    #[arg(value_name = "ID")]
    id: String,

    /// In which role it is signed, such as principal-engineer
    #[arg(long = "as", value_name = "ROLE")]
    role: String,

    /// Who signs
    #[arg(long, value_name = "WHO")]
    by: String,

    /// The day of the signature [default: today]
    #[arg(long, value_name = "DATE", value_parser = date_argument)]
    on: Option<Date>,

    /// Show what would be written, as a diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Sign {
    /// Writes the signature.
    ///
    /// # Errors
    /// When the record cannot be signed, or not written.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let revision = Revision::open(globals, console, &self.id, &Caching::none())?;
        let record = revision.record()?;
        let by = known(&self.by, &revision.snapshot.config)?;
        let changes = sign(record, &self.role, &by, self.on.unwrap_or(revision.today))?;
        let done = format!("`{by}` has signed {} as `{}`.", name(record), self.role.trim());
        revision.make(&changes, Gate::News, (self.dry_run, &done))
    }
}
