//! `precedent circulate`: a text goes out to its readers.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::named::door;
use super::outcome::Outcome;
use super::revision::{Gate, Passed, Revision};
use crate::author::{Spoken, circulated, circulation, name};
use crate::date::Moment;
use crate::error::Result;
use crate::page::{Earlier, Sending};
use crate::record::{Difference, Record};
use crate::source::Expected;
use crate::workspace::{Demand, kept, usual_place};
use std::path::PathBuf;

/// Send a record to its readers: stamp it, and write the pre-read
///
/// Nothing happens while the record lacks what its review asks for. The pre-read is one HTML file that opens anywhere, prints
/// well, and holds the very text that went out.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Circulate {
    /// The record, such as RFC-7, or its file
    #[arg(value_name = "ID")]
    id: String,

    /// When the review is held, such as 2026-03-12T10:00:00+01:00
    #[arg(long, value_name = "WHEN", value_parser = moment)]
    held: Spoken,

    /// When it goes out [default: now]
    #[arg(long, value_name = "WHEN", value_parser = moment)]
    sent: Option<Spoken>,

    /// Where the pre-read is written [default: pre-read/ID.html in the project's folder]
    #[arg(long, value_name = "FILE")]
    pre_read: Option<PathBuf>,

    /// Show what would be written into the record, as a diff, and write nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    caching: Caching,
}

impl Circulate {
    /// Stamps the record and writes its pre-read.
    ///
    /// # Errors
    /// When it cannot be circulated, or not written.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let revision = Revision::open(globals, console, &self.id, &self.caching)?;
        let record = revision.record()?;
        let sent = match &self.sent {
            Some(sent) => sent.clone(),
            None => Spoken { moment: globals.now()?, words: String::new() },
        };
        let changes = circulation(record, &sent, &self.held)?;
        let named = name(record);
        let purpose = format!("{named} is not ready to be circulated");
        let Some(passed) = revision.pass(&changes, Gate::Record, &purpose)? else { return Ok(Outcome::Denied) };
        if self.dry_run {
            return revision.write(&passed, true, "");
        }
        let file = self.file(&revision, &passed, sent.moment)?;
        let outcome = revision.write(&passed, false, &format!("Circulated {named}."))?;
        let path = self.put(&revision, record, &file)?;
        revision.project.keep_cache(console);
        console.note(&format!(
            "Send {path} to its readers, and keep it: `precedent diff {named}` finds the words of today in it."
        ));
        Ok(outcome)
    }

    /// The pre-read.
    fn file(&self, revision: &Revision, passed: &Passed, sent: Moment) -> Result<String> {
        let record = revision.record()?;
        let earlier = circulated(record).map(|earlier| {
            let then = kept(revision.project.root(), record, &earlier.fingerprint, &revision.snapshot.config);
            let review = record.front.review.as_ref().map(|review| &review.value);
            let sent = review.and_then(|review| review.circulated.as_ref()).map(|at| at.value);
            Earlier { sent, difference: then.map(|then| Difference::between(&then, record)) }
        });
        let sending = Sending { position: revision.position, sent, held: self.held.moment, earlier };
        let mut workspace = revision.project.workspace_over(passed.over(revision.project.files()));
        let snapshot = workspace.snapshot(revision.today, Demand::Editing)?;
        workspace.pre_read(&snapshot, revision.today, &sending)
    }

    /// Writes the pre-read, and says where it is.
    fn put(&self, revision: &Revision, record: &Record, file: &str) -> Result<String> {
        let project = &revision.project;
        let (disk, path) = match &self.pre_read {
            Some(named) => door(project, named)?,
            None => (project.disk().clone(), usual_place(record)),
        };
        disk.put(&path, Expected::Anything, file.as_bytes())?;
        Ok(project.shown(&disk.root.join(path.as_str())))
    }
}

/// Reads a moment given on the command line.
fn moment(text: &str) -> std::result::Result<Spoken, String> {
    let spoken = Moment::parse(text).map(|moment| Spoken { moment, words: text.to_owned() });
    spoken.ok_or_else(|| {
        "a moment is written as a day, or with a time and an offset: 2026-03-12T10:00:00Z, 2026-03-12T10:00:00+01:00".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_says_where() {
        assert!(moment("2026-03-12").is_ok() && moment("2026-03-12T10:00:00+01:00").is_ok());
        assert!(moment("2026-03-12T10:00:00").unwrap_err().contains("offset"));
    }
}
