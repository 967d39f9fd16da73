//! `precedent init`: a new log, or settings for one that is there.

use super::caching::Caching;
use super::check::BASELINE;
use super::console::Console;
use super::globals::Globals;
use super::outcome::Outcome;
use super::project::Project;
use super::starter;
use super::understood::understood;
use crate::config::{CONFIG_FILE, Config, Discovery, Leniency, adopted, discover, kind_advice};
use crate::error::{Error, Result};
use crate::report::{Baseline, count};
use crate::source::{Expected, Files, Overlay};
use crate::text::SourcePath;
use crate::workspace::{Demand, Drafts, Snapshot};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Begin a log: settings, a chapter, a record of each main kind, and recipes for pipelines
///
/// It checks clean and can be published at once. With --adopt it looks for folders of records that are here, says what it makes
/// of them, and leaves in peace what it finds in them now. Nothing is ever overwritten.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Init {
    /// The project's folder [default: this one; with --adopt the one of this repository that shows a log]
    #[arg(value_name = "DIR", conflicts_with = "root")]
    folder: Option<PathBuf>,

    /// Take up the records that are here
    #[arg(long)]
    adopt: bool,

    /// The kind of records whose folder and name tell none, such as `adr` or `rfc` [default: they are chapters]
    #[arg(long, value_name = "KIND", requires = "adopt")]
    kind: Option<String>,
}

/// The rule on front matter that cannot be read, which no baseline holds.
const MALFORMED: &str = "malformed-front-matter";

impl Init {
    /// Writes the starter, or the settings.
    ///
    /// # Errors
    /// When there are settings already, there are no records to take up, or something cannot be read or written.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        if !self.adopt {
            let folder = self.folder.as_deref().or(globals.root.as_deref()).unwrap_or(Path::new("."));
            return starter::write(folder, globals.today()?, console);
        }
        let mut globals = globals.clone();
        globals.root = self.folder.clone().or(globals.root);
        let project = Project::find(&globals, &Caching::none())?;
        let files = project.files();
        for name in [CONFIG_FILE, BASELINE] {
            refuse_what_is_there(&project, files.as_ref(), name)?;
        }
        let defaults = Config::builtin();
        let mut found = discover(files.as_ref(), defaults.roots.top(), &defaults.kinds);
        if let Some(kind) = &self.kind {
            found.roots = found.roots.of_kind(known(kind, &defaults)?);
        }
        let strict = settings(&found, None, 0);
        // What is only found when pages are made belongs into the baseline, too.
        let snapshot = self.examine(&project, &globals, &strict, Demand::Site(Drafts::Published))?;
        if snapshot.log.records().iter().all(|record| record.kind.is_chapter()) {
            return Err(nothing_found(&project, &snapshot));
        }
        let settings_file = SourcePath::new(CONFIG_FILE);
        let baseline = Baseline::of(&snapshot.diagnostics, &settings_file);
        // A check makes no pages: what only they show is in the baseline, and not in what the check lists.
        let of_pages = match baseline.is_empty() {
            true => 0,
            false => {
                let checked = self.examine(&project, &globals, &strict, Demand::Findings)?.diagnostics;
                baseline.split(checked.iter().cloned().collect(), &settings_file, &|_| true).fixed
            }
        };
        let malformed = snapshot.diagnostics.iter().filter(|finding| finding.rule == MALFORMED);
        let unreadable = malformed.map(|finding| &finding.primary.path).collect::<BTreeSet<_>>().len();
        let text = settings(&found, Some(BASELINE).filter(|_| !baseline.is_empty()), unreadable);

        console.data(&understood(&snapshot))?;
        if !baseline.is_empty() {
            project.disk().put(&SourcePath::new(BASELINE), Expected::Nothing, baseline.to_json().as_bytes())?;
        }
        project.disk().put(&settings_file, Expected::Nothing, text.as_bytes())?;
        let place = project.shown(&project.root().join(CONFIG_FILE));
        match baseline.is_empty() {
            true => console.note(&format!("Wrote {place}. Nothing is wrong with the log.")),
            false => console.note(&format!(
                "Wrote {place}, and {BASELINE} beside it, which leaves {} in peace. Commit both.",
                count(baseline.len(), "finding")
            )),
        }
        if unreadable > 0 {
            console.note(&format!(
                "What cannot be read in the front matter of {} stays a warning until it is mended.",
                count(unreadable, "file")
            ));
        }
        let save = match of_pages {
            0 => String::new(),
            others => format!(", save {others} that only a build finds and {BASELINE} names"),
        };
        console.note(&format!(
            "`precedent serve --open` shows the site, `precedent check --all --baseline \"\"` all that was found{save}."
        ));
        Ok(Outcome::Clean)
    }

    /// The log as it is with some settings.
    fn examine(&self, project: &Project, globals: &Globals, settings: &str, demand: Demand) -> Result<Snapshot> {
        let texts = BTreeMap::from([(SourcePath::new(CONFIG_FILE), Arc::from(settings.as_bytes()))]);
        let overlay = Overlay::new(project.files(), texts);
        project.workspace_over(Arc::new(overlay)).snapshot(globals.today()?, demand)
    }
}

fn settings(found: &Discovery, baseline: Option<&str>, unreadable: usize) -> String {
    adopted(found, Leniency { baseline, unreadable })
}

fn refuse_what_is_there(project: &Project, files: &dyn Files, name: &str) -> Result<()> {
    if files.read(&SourcePath::new(name)).is_err() {
        return Ok(());
    }
    let message = format!(
        "{} is there already, and nothing is overwritten; `precedent check` works with it, and without it `init --adopt` starts anew",
        project.shown(&project.root().join(name))
    );
    Err(Error::Refused { message })
}

/// A kind that there is.
fn known<'a>(kind: &'a str, config: &Config) -> Result<&'a str> {
    if config.kind(kind).is_some() {
        return Ok(kind);
    }
    let help = kind_advice(kind, config.kinds.iter().map(|kind| kind.name.as_str()));
    Err(Error::Refused { message: format!("there is no kind of record `{kind}`; {help}") })
}

fn nothing_found(project: &Project, snapshot: &Snapshot) -> Error {
    let read = count(snapshot.log.records().len(), "Markdown file");
    let message = format!(
        "found no records in {} ({read} looked at): their folder would be called `adr`, `decisions`, `rfcs` and the like; if these are \
         records all the same, say of which kind, as with `--kind adr`, or write a {CONFIG_FILE} with `[[roots]]` that name their folders",
        project.root().display()
    );
    Error::Refused { message }
}
