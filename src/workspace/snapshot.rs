//! Runs the line and returns what every face reads.

use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::report::Summary;
use crate::site::Site;
use crate::source::{Files, Source, Sources};
use crate::text::SourcePath;
use std::sync::Arc;

/// A project: where its files come from, and what is remembered between runs.
pub struct Workspace {
    files: Arc<dyn Files>,
    diagrams: Diagrams,
}

/// How far the line is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Up to the findings.
    Findings,
    /// All of it; drafts are published and marked when `drafts` is true.
    Site {
        /// Whether records with `draft = true` are published.
        drafts: bool,
    },
}

/// One consistent view of everything; every face reads this and nothing else.
#[derive(Clone)]
pub struct Snapshot {
    /// The settings.
    pub config: Arc<Config>,
    /// `precedent.toml` itself, where there is one.
    pub config_source: Option<Source>,
    /// The texts.
    pub sources: Sources,
    /// The log.
    pub log: DecisionLog,
    /// The findings, with their severities, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// The site; empty when only findings were asked for.
    pub site: Site,
    /// The numbers.
    pub summary: Summary,
}

impl Workspace {
    /// Opens a project.
    pub fn new(files: Arc<dyn Files>) -> Workspace {
        Workspace { files, diagrams: Diagrams::default() }
    }

    /// Reads the files again and runs the line.
    ///
    /// # Errors
    /// When the content folder cannot be read, or the theme does not compile or render.
    pub fn snapshot(&mut self, _today: Date, _demand: Demand) -> Result<Snapshot> {
        let _ = (&self.files, &self.diagrams);
        todo!()
    }
}

impl Snapshot {
    /// The text of a file, for showing a finding in it.
    pub fn source(&self, path: &SourcePath) -> Option<&Source> {
        let config = self.config_source.as_ref().filter(|source| source.path == *path);
        config.or_else(|| self.sources.texts.get(path))
    }
}
