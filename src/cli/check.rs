//! `precedent check`: findings only.

use super::caching::Caching;
use super::console::Console;
use super::fix::mend;
use super::globals::Globals;
use super::meant::Meant;
use super::outcome::Outcome;
use super::project::Project;
use super::words::{all_findings, close, findings};
use crate::check::is_drift;
use crate::config::CONFIG_FILE;
use crate::date::Date;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::report::{Baseline, Run, count, github, json, sarif};
use crate::source::Expected;
use crate::text::SourcePath;
use crate::workspace::{Demand, Drafts, Snapshot, tell_words};
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

    /// Show only what this branch has to do with: what has changed since it left BASE, committed or not
    #[arg(long, value_name = "BASE", conflicts_with = "write_baseline")]
    changed: Option<String>,

    /// How findings are written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Show every finding; without it, the first hundred, and five of a rule in a file
    #[arg(long)]
    all: bool,

    /// Let warnings fail the run, too
    #[arg(long)]
    strict: bool,

    /// A file of findings to leave in peace, relative to the project's folder [default: `baseline` under `[check]`]
    #[arg(long, value_name = "FILE")]
    baseline: Option<String>,

    /// Write what is found now into the baseline, and leave it in peace from here on
    #[arg(long, conflicts_with_all = ["paths", "fix", "fix_dry_run"])]
    write_baseline: bool,

    /// Repair what can be repaired without changing the meaning
    #[arg(long)]
    fix: bool,

    /// Print what --fix would change, as a diff, and change nothing
    #[arg(long, conflicts_with = "fix")]
    fix_dry_run: bool,

    /// With --fix or --fix-dry-run: also make repairs that are only a good guess
    #[arg(long)]
    unsafe_fixes: bool,

    #[command(flatten)]
    caching: Caching,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs; `precedent schema findings` describes it
    Json,
    /// For services that collect findings: SARIF 2.1.0
    Sarif,
    /// For GitHub's workflows, which show findings beside the lines
    Github,
}

/// The file that a baseline is written to where none is named.
pub(super) const BASELINE: &str = "precedent-baseline.json";

impl Check {
    /// Checks the project.
    ///
    /// # Errors
    /// When the project cannot be read, a path is not in it, or a file cannot be written.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        if self.unsafe_fixes && !self.fix && !self.fix_dry_run {
            let message = "--unsafe-fixes says which repairs to make; add --fix, or --fix-dry-run to see them first";
            return Err(Error::Refused { message: message.to_owned() });
        }
        if self.fix_dry_run && self.format != Format::Text {
            let message = "--fix-dry-run prints a diff, whatever the format; leave out --format, or --fix-dry-run";
            return Err(Error::Refused { message: message.to_owned() });
        }
        let mut project = Project::find(globals, &self.caching)?;
        project.checks.baseline.clone_from(&self.baseline);
        project.checks.ignore_baseline = self.write_baseline;
        let today = globals.today()?;
        console.detail(&format!("The project is {}; today is {today}.", project.root().display()));
        if self.fix || self.fix_dry_run {
            return self.repair(&project, today, console);
        }
        // What is only found when pages are made belongs into the baseline, too.
        let demand = if self.write_baseline { Demand::Site(Drafts::Published) } else { Demand::Findings };
        let mut snapshot = project.workspace_over(project.files()).snapshot(today, demand)?;
        project.keep_cache(console);
        Project::tell_roots(&snapshot.config, console);
        // For people alone: what programs read does not depend on the history of a clone.
        if self.format == Format::Text && snapshot.diagnostics.iter().any(is_drift) {
            let mut found: Vec<Diagnostic> = snapshot.diagnostics.iter().cloned().collect();
            tell_words(project.root(), &mut found, &snapshot.log, &snapshot.config);
            snapshot.diagnostics = found.into();
        }
        if self.write_baseline {
            return write_baseline(&project, &snapshot, console);
        }
        let meant = Meant::new(&project, self.folders(&project, &snapshot)?, self.changed.as_deref())?;
        let outcome = self.report(&project, &snapshot, &meant, today, console);
        // The program ends here: giving a large log back piece by piece would only keep its author waiting.
        std::mem::forget(snapshot);
        outcome
    }

    /// Shows the findings that are meant.
    fn report(
        &self,
        project: &Project,
        snapshot: &Snapshot,
        meant: &Meant,
        today: Date,
        console: Console,
    ) -> Result<Outcome> {
        let clashes = meant.clashes(snapshot);
        let all = snapshot.diagnostics.iter().chain(&clashes);
        let mut shown: Vec<&Diagnostic> = all.filter(|finding| meant.holds(finding)).collect();
        shown.sort_by(|one, other| one.primary.cmp(&other.primary));
        meant.in_words().iter().for_each(|words| console.note(words));
        let source = |path: &_| snapshot.source(path);
        let numbers = (snapshot.log.as_ref(), &snapshot.summary);
        let run = Run::new(&shown, &source, numbers, today, &snapshot.config.site.base_url);
        let screen = console.screen(project.root());
        match self.format {
            Format::Text if self.all => console.data(&all_findings(&shown, snapshot, screen))?,
            Format::Text => console.data(&findings(&shown, snapshot, screen))?,
            Format::Json => console.exact(&json(&run))?,
            Format::Sarif => console.exact(&sarif(&run))?,
            Format::Github => console.exact(&github(&run, &project.folder_in_repository()))?,
        }
        close(console, snapshot, &shown);
        let denied = if self.strict { Severity::Warning } else { Severity::Error };
        Ok(Outcome::denied(shown.iter().any(|finding| finding.severity >= denied)))
    }

    /// Mends what can be mended, or shows how.
    fn repair(&self, project: &Project, today: Date, console: Console) -> Result<Outcome> {
        let boldest = if self.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
        let given = self.paths.iter().map(|path| project.relative(path)).collect::<Result<Vec<String>>>()?;
        let meant = Meant::new(project, given, self.changed.as_deref())?;
        let mended = mend(project, today, boldest, &|finding| meant.holds(finding))?;
        project.keep_cache(console);
        self.folders(project, &mended.snapshot)?;
        if self.fix_dry_run {
            console.exact(&mended.diff())?;
            console.note(&mended.verdict("Would fix"));
            return Ok(Outcome::denied(mended.is_something()));
        }
        mended.write(project)?;
        let outcome = self.report(project, &mended.snapshot, &meant, today, console)?;
        console.note(&mended.verdict("Fixed"));
        Ok(outcome)
    }

    /// The paths that were named, relative to the root.
    fn folders(&self, project: &Project, snapshot: &Snapshot) -> Result<Vec<String>> {
        self.paths.iter().map(|path| known(&project.relative(path)?, snapshot)).collect()
    }
}

/// Writes what is found now into the baseline.
fn write_baseline(project: &Project, snapshot: &Snapshot, console: Console) -> Result<Outcome> {
    let settings = SourcePath::new(project.config_file().unwrap_or(CONFIG_FILE));
    let baseline = Baseline::of(snapshot.diagnostics.iter(), &settings);
    let configured = snapshot.config.policy.baseline.as_str();
    let path = SourcePath::new(if configured.is_empty() { BASELINE } else { configured });
    project.disk().put(&path, Expected::Anything, baseline.to_json().as_bytes())?;
    console.note(&format!("Wrote {} to {path}.", count(baseline.len(), "finding")));
    if configured.is_empty() {
        console.note(&format!("Add `baseline = \"{path}\"` under `[check]` in {CONFIG_FILE}, and commit both."));
    }
    let rest = snapshot.diagnostics.len() - baseline.len();
    if rest > 0 {
        console.warn(&format!(
            "{} stand outside: settings and unreadable records have no baseline",
            count(rest, "finding")
        ));
    }
    Ok(Outcome::Clean)
}

/// A path that names something of the project; a misspelt one must not look like a clean one.
fn known(path: &str, snapshot: &Snapshot) -> Result<String> {
    let texts = snapshot.log.records().iter().map(|record| record.path()).chain(snapshot.log.assets().keys());
    let unread = snapshot.diagnostics.iter().map(|finding| &finding.primary.path);
    let settings = snapshot.config_source.iter().map(|source| &source.path);
    let mut paths = texts.chain(unread).chain(settings);
    if path.is_empty() || paths.any(|known| known.is_within(path)) {
        return Ok(path.to_owned());
    }
    let content = snapshot.config.roots.in_words();
    Err(Error::Refused { message: format!("there is no `{path}` in the content, which is {content}") })
}
