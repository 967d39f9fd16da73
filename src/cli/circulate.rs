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
use crate::source::{Disk, Expected, Files};
use crate::text::SourcePath;
use crate::workspace::{Demand, kept, usual_place};
use std::path::PathBuf;

/// Send a record to its readers: stamp it, and write the pre-read
///
/// Nothing happens while the record lacks what its review asks for. The pre-read is one HTML file that opens anywhere, prints
/// well, and holds the very text that went out.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Circulate {
    /// The record, such as RFC-7, or its title or file
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
        // The pre-read comes first: a record that is stamped and has none would have been sent to nobody.
        let (disk, path) = self.place(&revision, record)?;
        let before = disk.read(&path).ok();
        disk.put(&path, Expected::Anything, file.as_bytes())?;
        let stamped = revision.write(&passed, false, &format!("Circulated {named}."));
        if let (Err(_), Some(before)) = (&stamped, before) {
            disk.put(&path, Expected::Bytes(file.as_bytes()), &before)?;
        }
        let outcome = stamped?;
        let path = revision.project.shown(&disk.root.join(path.as_str()));
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

    /// Where the pre-read is written.
    fn place(&self, revision: &Revision, record: &Record) -> Result<(Disk, SourcePath)> {
        match &self.pre_read {
            Some(named) => door(&revision.project, named),
            None => Ok((revision.project.disk().clone(), usual_place(record))),
        }
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
