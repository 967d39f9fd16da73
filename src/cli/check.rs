//! `precedent check`: findings only.

use super::console::Console;
use super::globals::Globals;
use super::outcome::Outcome;
use super::project::Project;
use super::words::{close, findings};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::workspace::{Demand, Snapshot};
use clap::ValueEnum;
use std::path::PathBuf;

/// Check the records and show what is wrong
///
/// The whole project is read whatever is shown: a record can be wrong because of another.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Check {
    /// Files and folders whose findings are shown [default: all]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How findings are written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Text,
}

impl Check {
    /// Checks the project.
    ///
    /// # Errors
    /// When the project cannot be read, or a path is not in it.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let project = Project::find(globals)?;
        let mut workspace = project.workspace(None, None)?;
        let today = globals.today()?;
        console.detail(&format!("The project is {}; today is {today}.", project.root().display()));
        let snapshot = workspace.snapshot(today, Demand::Findings)?;

        let folders = self.paths.iter().map(|path| known(&project.relative(path)?, &snapshot));
        let folders = folders.collect::<Result<Vec<String>>>()?;
        let is_shown = |finding: &&Diagnostic| {
            let path = &finding.primary.path;
            folders.is_empty() || folders.iter().any(|folder| path.as_str() == folder || path.below(folder).is_some())
        };
        let shown: Vec<&Diagnostic> = snapshot.diagnostics.iter().filter(is_shown).collect();
        let text = match self.format {
            Format::Text => findings(&shown, &snapshot, console.style()),
        };
        console.data(&text)?;
        close(console, &snapshot, &shown);
        Ok(Outcome::denied(shown.iter().any(|finding| finding.severity == Severity::Error)))
    }
}

/// A path that names something of the project; a misspelt one must not look like a clean one.
fn known(path: &str, snapshot: &Snapshot) -> Result<String> {
    let texts = snapshot.sources.texts.keys().chain(snapshot.sources.assets.keys());
    let unread = snapshot.diagnostics.iter().map(|finding| &finding.primary.path);
    let settings = snapshot.config_source.iter().map(|source| &source.path);
    let mut paths = texts.chain(unread).chain(settings);
    if path.is_empty() || paths.any(|known| known.as_str() == path || known.below(path).is_some()) {
        return Ok(path.to_owned());
    }
    Err(Error::Refused { message: format!("there is no `{path}` in the content, which is `{}`", content(snapshot)) })
}

fn content(snapshot: &Snapshot) -> &str {
    let content = snapshot.config.content.as_str();
    if content.is_empty() { "." } else { content }
}
