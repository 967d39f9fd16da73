//! A record as a command revises it: found, changed in its front matter, held against the rules, and written.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::outcome::Outcome;
use super::project::Project;
use super::words::all_findings;
use crate::author::{Change, Revised, find, name, revised};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::record::Record;
use crate::report::{count, diff};
use crate::source::{Expected, Files, Overlay};
use crate::text::SourcePath;
use crate::workspace::{Demand, Snapshot};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The project as it is, and the record that was named.
pub(super) struct Revision {
    pub(super) project: Project,
    pub(super) snapshot: Snapshot,
    pub(super) today: Date,
    pub(super) position: usize,
    console: Console,
}

/// Which findings stop a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// What is denied in the record afterwards, and what the revision brings elsewhere.
    Record,
    /// What the revision brings.
    News,
}

/// A revision that the rules have nothing against.
pub(super) struct Passed {
    /// The text before.
    old: Arc<[u8]>,
    /// The text after.
    revised: Revised,
    /// The project as it would be.
    pub(super) snapshot: Snapshot,
    path: SourcePath,
}

/// Files with a text laid over one of them.
fn over(files: Arc<dyn Files>, path: &SourcePath, text: &str) -> Arc<dyn Files> {
    Arc::new(Overlay::new(files, BTreeMap::from([(path.clone(), Arc::from(text.as_bytes()))])))
}

impl Passed {
    /// Files with the text after the revision laid over them.
    pub(super) fn over(&self, files: Arc<dyn Files>) -> Arc<dyn Files> {
        over(files, &self.path, &self.revised.text)
    }
}

impl Revision {
    /// Reads the project and finds the record.
    ///
    /// # Errors
    /// When the project cannot be read, or there is no such record.
    pub(super) fn open(globals: &Globals, console: Console, words: &str, caching: &Caching) -> Result<Revision> {
        let project = Project::find(globals, caching)?;
        let today = globals.today()?;
        console.detail(&format!("The project is {}; today is {today}.", project.root().display()));
        let snapshot = project.workspace_over(project.files()).snapshot(today, Demand::Findings)?;
        let path = project.relative(Path::new(words)).ok();
        let position = find(&snapshot.log, words, path.as_deref())?;
        Ok(Revision { project, snapshot, today, position, console })
    }

    /// The record.
    ///
    /// # Errors
    /// When its position leads nowhere, which no log does.
    pub(super) fn record(&self) -> Result<&Record> {
        let gone = || Error::Refused { message: "the record is not in the log any more; run this again".to_owned() };
        self.snapshot.log.record(self.position).ok_or_else(gone)
    }

    /// Holds changes against the rules. What they deny is shown, and then there is nothing to write: `None`.
    ///
    /// # Errors
    /// When the changes have no place in the front matter, or the project cannot be read.
    pub(super) fn pass(&self, changes: &[Change], gate: Gate, purpose: &str) -> Result<Option<Passed>> {
        let record = self.record()?;
        let path = record.path().clone();
        let revised = revised(record, changes, &self.snapshot.config)?;
        let files = self.project.files();
        // What was read at the start is what was checked; another text by now is not written over.
        let old = Arc::from(record.text().as_bytes());
        let files = over(files, &path, &revised.text);
        let snapshot = self.project.workspace_over(files).snapshot(self.today, Demand::Findings)?;
        let denied = |finding: &&Diagnostic| {
            let is_own = gate == Gate::Record && finding.primary.path == path;
            finding.severity == Severity::Error && (is_own || self.is_new(finding))
        };
        let found: Vec<&Diagnostic> = snapshot.diagnostics.iter().filter(denied).collect();
        if found.is_empty() {
            return Ok(Some(Passed { old, revised, snapshot, path }));
        }
        let screen = self.console.screen(self.project.root());
        // Nothing is written, so a reader finds the places in the file as it is.
        let told: Vec<Diagnostic> = found.iter().map(|finding| revised.told_before(finding)).collect();
        self.console.data(&all_findings(&told.iter().collect::<Vec<_>>(), &self.snapshot, screen))?;
        let (these, say) =
            if found.len() == 1 { ("this finding".to_owned(), "says") } else { (count(found.len(), "finding"), "say") };
        self.console.note(&format!("{purpose}: {these} {say} what is missing. Nothing was written."));
        Ok(None)
    }

    /// Writes what has passed, or shows it as a diff.
    ///
    /// # Errors
    /// When the file has changed since it was read, or cannot be written.
    pub(super) fn write(&self, passed: &Passed, dry_run: bool, done: &str) -> Result<Outcome> {
        let old = String::from_utf8_lossy(&passed.old);
        if dry_run {
            self.console.exact(&diff(&passed.path, &old, &passed.revised.text))?;
            self.console.note("Nothing was written.");
            return Ok(Outcome::Clean);
        }
        self.project.disk().put(&passed.path, Expected::Bytes(&passed.old), passed.revised.text.as_bytes())?;
        self.console.note(done);
        // What it brings and what does not stop it is worth knowing now.
        let is_news = |finding: &&Diagnostic| finding.severity != Severity::Error && self.is_new(finding);
        let news: Vec<&Diagnostic> = passed.snapshot.diagnostics.iter().filter(is_news).collect();
        let screen = self.console.screen(self.project.root());
        self.console.data(&all_findings(&news, &passed.snapshot, screen))?;
        Ok(Outcome::Clean)
    }

    /// Makes changes to the front matter, if the rules have nothing against them.
    ///
    /// # Errors
    /// As [`Revision::pass`] and [`Revision::write`].
    pub(super) fn make(&self, changes: &[Change], gate: Gate, (dry_run, done): (bool, &str)) -> Result<Outcome> {
        let purpose = format!("{} stays as it is", name(self.record()?));
        match self.pass(changes, gate, &purpose)? {
            Some(passed) => self.write(&passed, dry_run, done),
            None => Ok(Outcome::Denied),
        }
    }

    /// Whether a finding is not there now, wherever it stands in its file.
    fn is_new(&self, finding: &Diagnostic) -> bool {
        let is_same = |one: &Diagnostic| {
            one.rule == finding.rule && one.message == finding.message && one.primary.path == finding.primary.path
        };
        !self.snapshot.diagnostics.iter().any(is_same)
    }
}
