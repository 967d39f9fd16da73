//! `precedent build`: the site.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::interruption::Interruption;
use super::outcome::Outcome;
use super::project::Project;
use super::words::{close, findings, size};
use crate::config::is_base_url;
use crate::error::Result;
use crate::line::LineIndex;
use crate::record::Record;
use crate::report::count;
use crate::site::{Publisher, left_out};
use crate::workspace::Drafts;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Build the site
///
/// Findings go to standard output. The site is written even when a finding is denied, unless --strict is given.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Build {
    /// Where to write the site [default: `paths.output` of the settings, else public]
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,

    /// Where the site will stand, as an address: https://docs.example.org/handbook/
    #[arg(short = 'u', long, value_name = "URL", value_parser = web_address)]
    base_url: Option<String>,

    /// Publish records with `draft = true`, too
    #[arg(long)]
    drafts: bool,

    /// Publish nothing when a finding is denied
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    caching: Caching,
}

fn web_address(text: &str) -> std::result::Result<String, String> {
    if is_base_url(text) {
        return Ok(text.to_owned());
    }
    Err("it starts with https:// or http:// and a host, and has no ? or #: https://docs.example.org/handbook/"
        .to_owned())
}

impl Build {
    /// Builds and writes the site.
    ///
    /// # Errors
    /// When the project cannot be read, the theme does not render, or the site cannot be written.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let stopped = Arc::new(AtomicBool::new(false));
        let interruption = Interruption::ends_build(Arc::clone(&stopped))?;
        match self.publish(globals, console, &stopped) {
            // Why it could not be done is known to whoever has stopped it.
            Err(_) if stopped.load(Ordering::SeqCst) => Ok(Outcome::Interrupted(interruption.code())),
            outcome => outcome,
        }
    }

    fn publish(&self, globals: &Globals, console: Console, stopped: &Arc<AtomicBool>) -> Result<Outcome> {
        let start = Instant::now();
        let project = Project::find(globals, &self.caching)?;
        let mut workspace = project.workspace(self.base_url.as_deref(), self.output_dir.as_deref())?;
        let today = globals.today()?;
        console.detail(&format!("The project is {}; today is {today}.", project.root().display()));
        let drafts = if self.drafts { Drafts::Published } else { Drafts::Withheld };
        let settings = workspace.config()?;
        let output = project.output(&settings);
        let folder = output.as_deref().unwrap_or(Path::new(""));
        let publisher = Publisher::new(folder, project.root(), &project.content(&settings));
        let publisher = if self.caching.no_cache { publisher.afresh() } else { publisher };
        let publisher = publisher.until(Arc::clone(stopped));
        let snapshot = workspace.publish(today, drafts, &publisher)?;
        project.keep_cache(console);
        Project::tell_roots(&snapshot.config, console);
        Project::tell_history(snapshot.log.history(), console);

        let all: Vec<_> = snapshot.diagnostics.iter().collect();
        console.data(&findings(&all, &snapshot, console.screen(project.root())))?;
        close(console, &snapshot, &all);
        let outcome = Outcome::denied(snapshot.is_denied());
        if self.strict && outcome == Outcome::Denied {
            console.note("Published nothing, because errors are not published with --strict.");
            return Ok(outcome);
        }
        if let Some(doubt) = snapshot.config.doubt.filter(|_| !self.drafts) {
            let place = snapshot.config_source.as_ref().map_or_else(String::new, |source| {
                let text = source.text().unwrap_or_default();
                format!("{}:{}", source.path, LineIndex::new(text).line_column(text, doubt.start).0)
            });
            console.note(&format!(
                "Published nothing, because {place} leaves in doubt what is to be left out of the site. Mend it, or publish all \
                 of it with --drafts."
            ));
            return Ok(Outcome::Denied);
        }
        // Where the site cannot stand is said after what was found in it.
        let output = output?;
        let written = publisher.finish()?;
        if written.one_by_one {
            console.warn(&format!(
                "{} cannot be replaced as a whole, since it is a mount point or lies on another device than its neighbours; its \
                 files were replaced one by one, and a reader may have met pages of both builds",
                project.shown(&output)
            ));
        }
        let is_published = |record: &&Record| self.drafts || !record.front.draft;
        let records = snapshot.log.records().iter().map(AsRef::as_ref).filter(is_published);
        left_out(records, &snapshot.config).iter().for_each(|sentence| console.detail(sentence));
        let (files, bytes) = (count(written.files, "file"), size(written.bytes));
        let seconds = start.elapsed().as_secs_f64();
        console.note(&format!("Published {files} ({bytes}) in {} after {seconds:.2} s.", project.shown(&output)));
        // The program ends here: giving a large site back piece by piece would only keep its author waiting.
        std::mem::forget((snapshot, workspace));
        Ok(outcome)
    }
}
