//! Runs the line and returns what every face reads.

use super::counts::Counts;
use super::demand::{Demand, Drafts};
use super::examine::{Examined, Keep, examine};
use super::known::Known;
use super::maker::{Maker, Seen};
use super::memory::{Changes, Memory, Stamp};
use super::past::Past;
use crate::cache::Cache;
use crate::check::{self, Allows, Context, Findings};
use crate::config::{CONFIG_FILE, Config, DayOrder, Look, Overrides};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::record::DayNumbers;
use crate::report::{Baseline, Remainder, Summary};
use crate::site::{Gathered, Press, Prospect, Site};
use crate::source::{Files, Listed, Shelf, Source, Sources};
use crate::text::{Digest, SourcePath, Span};
use rayon::prelude::*;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// A project: where its files come from, and what is remembered between runs.
pub struct Workspace {
    pub(super) maker: Maker,
    pub(super) overrides: Overrides,
    pub(super) memory: Memory,
    pub(super) changes: Changes,
    /// What the last preview was made of.
    pub(super) known: Option<Known>,
    pub(super) past: Past,
    /// Which number of `03/04/2026` is the day, as the records of the last run show it.
    pub(super) dates: Option<DayOrder>,
}

/// One consistent view of everything; every face reads this and nothing else.
#[derive(Clone)]
pub struct Snapshot {
    /// The settings.
    pub config: Arc<Config>,
    /// `precedent.toml` itself, where there is one.
    pub config_source: Option<Source>,
    /// The log, drafts included.
    pub log: Arc<DecisionLog>,
    /// The findings, with their severities, sorted; without those that a comment allows or that the baseline holds.
    pub diagnostics: Findings,
    /// The findings that the baseline holds.
    pub baselined: Vec<Diagnostic>,
    /// The site; empty when something else was asked for, and when it was published.
    pub site: Site,
    /// The site that is made as it is asked for, where that was asked for.
    pub prospect: Option<Arc<Prospect>>,
    /// The numbers.
    pub summary: Summary,
}

impl Workspace {
    /// Opens a project.
    pub fn new(files: Arc<dyn Files>, overrides: Overrides) -> Workspace {
        let maker = Maker::new(files, Diagrams::default());
        let (memory, changes, past) = (Memory::default(), Changes::Everywhere, Past::default());
        Workspace { maker, overrides, memory, changes, known: None, past, dates: None }
    }

    /// The same project with a cache for what is dear to make. It changes how long a run takes, and nothing else.
    #[must_use]
    pub fn with_cache(self, cache: Arc<Cache>) -> Workspace {
        let maker = Maker::new(Arc::clone(&self.maker.files), Diagrams::with(cache));
        Workspace { maker, ..self }
    }

    /// Where the settings are, or would be.
    pub(super) fn settings_path(&self) -> SourcePath {
        SourcePath::new(self.overrides.config_file.as_deref().unwrap_or(CONFIG_FILE))
    }

    /// The same project, whose history git may know: `folder` is that of the project on disk.
    #[must_use]
    pub fn with_past(self, folder: PathBuf) -> Workspace {
        Workspace { past: Past::of(folder), ..self }
    }

    /// Tells what may have changed since the last snapshot; a file that is not told of is taken to be as it was.
    pub fn apply(&mut self, changes: Changes) {
        self.changes.add(changes);
    }

    /// The settings alone, with what stands in for those that make no sense.
    ///
    /// # Errors
    /// When a settings file that was named cannot be read.
    pub fn config(&self) -> Result<Config> {
        self.configure(self.maker.files.as_ref()).map(|(_, config, _)| config)
    }

    /// Reads what may have changed, and runs the line.
    ///
    /// # Errors
    /// When the content folder cannot be read, or the theme does not compile or render.
    pub fn snapshot(&mut self, today: Date, demand: Demand) -> Result<Snapshot> {
        let gathered = Gathered::default();
        if demand == Demand::Findings {
            let shelf = Arc::new(Shelf::new(Arc::clone(&self.maker.files)));
            let snapshot = self.run(today, demand, &Keep::Joints(Arc::clone(&shelf)), &gathered)?;
            if !shelf.has_lost() {
                return Ok(snapshot);
            }
            // A file has changed under the hands of a rule that wanted to see it once more: now every text is held.
        }
        let snapshot = match demand {
            Demand::Preview => return self.preview(today),
            Demand::Editing => self.run(today, demand, &Keep::Texts, &gathered)?,
            Demand::Findings | Demand::Site(_) => self.run(today, demand, &Keep::Everything, &gathered)?,
        };
        Ok(Snapshot { site: gathered.into_site(), ..snapshot })
    }

    /// Reads what may have changed, runs the line, and hands on the files of the site as they are made, so that memory does not
    /// grow with them. Nothing is remembered for another run.
    ///
    /// # Errors
    /// As [`Workspace::snapshot`]; some files may have been handed on then.
    pub fn publish(&mut self, today: Date, drafts: Drafts, press: &dyn Press) -> Result<Snapshot> {
        self.run(today, Demand::Site(drafts), &Keep::Once, press)
    }

    fn run(&mut self, today: Date, demand: Demand, keep: &Keep, press: &dyn Press) -> Result<Snapshot> {
        let files = Listed::new(self.maker.files.as_ref());
        let (config_source, config, mut found) = self.configure(&files)?;
        let baseline = self.baseline(&config)?;
        let context = Context { config: &config, today, diagrams: &self.maker.diagrams };
        let stamp = Stamp { settings: fingerprint(&config, config_source.as_ref()), today };
        let (memory, changes) = (&self.memory, self.changes.clone());
        let is_kept = !matches!(keep, Keep::Joints(_));
        let is_remembered = is_kept && !matches!(keep, Keep::Once);
        let sources = Sources::load(
            &files,
            &config.roots.outermost(),
            (&left_out(&config), config.limits.file),
            |path| memory.recall(stamp, &changes, path).filter(|_| is_kept),
            |source| {
                let known = memory.again(stamp, &source).filter(|_| is_kept);
                known.unwrap_or_else(|| Arc::new(examine(&source, &context, keep)))
            },
        )
        .map_err(|error| without_content(error, &config))?;
        if self.learns_order(&config, &sources.texts) {
            return self.run(today, demand, keep, press);
        }
        let context = Context { config: &config, today, diagrams: &self.maker.diagrams };
        if is_remembered {
            (self.memory, self.changes) = (Memory::of(stamp, &sources.texts), Changes::none());
            // A preview would not hear of these changes any more.
            self.known = None;
        }
        let unread = sources.found.len();
        found.extend(sources.found);
        let mut records = Vec::with_capacity(sources.texts.len());
        let mut of_records = Vec::with_capacity(sources.texts.len());
        let mut allows = Allows::default();
        let counts = sources.texts.iter().map(|examined| examined.counts).sum();
        for examined in sources.texts.into_iter().map(Arc::unwrap_or_clone) {
            records.push(examined.record);
            of_records.push(examined.found);
            allows.add(examined.allows);
        }
        let history = self.past.history(&config, demand);
        let log = DecisionLog::link(records, sources.assets, &config).with_history(history);
        let log = Arc::new(log.in_project(Arc::clone(&self.maker.files)));
        let of_log = check_all(&log, &context);
        // Room for all at once: a list of every finding is too large to be copied as it grows.
        found.reserve(of_records.iter().map(Vec::len).sum::<usize>() + of_log.len() + allows.faults.len());
        found.extend(of_records.into_iter().flatten().chain(of_log));
        found.append(&mut allows.faults);
        let mut diagnostics = allows.filter(check::with_levels(found, &log, &config));
        let settled = diagnostics.len();

        let config = Arc::new(config);
        let settings = self.settings_path();
        let new = baseline.as_ref().map(|baseline| baseline.split(diagnostics.clone(), &settings, &|_| true).new);
        let seen = Seen { log: &log, config: &config, today, found: new.as_deref().unwrap_or(&diagnostics) };
        let made = match demand {
            Demand::Site(drafts) => self.maker.site(&seen, drafts, press)?,
            Demand::Findings => self.maker.foreseen(&seen),
            Demand::Editing | Demand::Preview => Vec::new(),
        };
        diagnostics.extend(allows.filter(made));
        let has_pages = !matches!(demand, Demand::Findings | Demand::Editing);
        diagnostics.extend(allows.unused(has_pages));
        if diagnostics.len() > settled {
            diagnostics = check::with_levels(diagnostics, &log, &config);
        }
        let is_asked = |rule: &str| has_pages || !check::is_about_pages(rule);
        let remainder = baseline.as_ref().map(|baseline| baseline.split(diagnostics.clone(), &settings, &is_asked));
        let has_baseline = remainder.is_some();
        let remainder = remainder.unwrap_or_else(|| Remainder { new: diagnostics, ..Remainder::default() });
        let summary = Summary {
            allowed: allows.count,
            baselined: remainder.known.len(),
            fixed: remainder.fixed,
            has_baseline,
            unread,
            ..summary(log.records().len(), counts, remainder.new.iter())
        };
        let (diagnostics, baselined) = (remainder.new, remainder.known);
        let (diagnostics, site) = (Findings::from(diagnostics), Site::default());
        Ok(Snapshot { config, config_source, log, diagnostics, baselined, site, prospect: None, summary })
    }

    /// Learns from all records which number of `03/04/2026` is the day, where the settings do not say it. Whether that is another
    /// than they were read with, so that they have to be read again.
    pub(super) fn learns_order(&mut self, config: &Config, texts: &[Arc<Examined>]) -> bool {
        let shown = texts.iter().map(|examined| examined.record.day_numbers);
        let order = shown.fold(DayNumbers::default(), DayNumbers::and).order();
        let is_new = !config.policy.dates_are_set && order != config.policy.dates;
        if is_new {
            self.dates = order;
        }
        is_new
    }

    /// Finds the settings; without a `precedent.toml` the records are looked for.
    pub(super) fn configure(&self, files: &dyn Files) -> Result<(Option<Source>, Config, Vec<Diagnostic>)> {
        let (source, mut config, found) = self.settings(files)?;
        config.policy.dates = config.policy.dates.or(self.dates);
        Ok((source, config, found))
    }

    fn settings(&self, files: &dyn Files) -> Result<(Option<Source>, Config, Vec<Diagnostic>)> {
        let is_named = self.overrides.config_file.is_some();
        let path = self.settings_path();
        let bytes = match self.maker.files.read(&path) {
            Ok(bytes) => bytes,
            Err(Error::Io { source, .. }) if !is_named && source.kind() == io::ErrorKind::NotFound => {
                let config = Config::builtin();
                let config = match config.discover(files) {
                    Some(found) => config.with_found(found),
                    None => config,
                };
                return Ok((None, config.with(&self.overrides), Vec::new()));
            }
            Err(error) => return Err(error),
        };
        let text = String::from_utf8_lossy(&bytes);
        let source = Source::new(path.clone(), text.as_ref());
        let (mut config, mut found) = Config::parse(&source);
        if let Err(error) = std::str::from_utf8(&bytes) {
            let message =
                format!("`{path}` is not UTF-8 at byte {}; what could be read of it is used", error.valid_up_to());
            let finding = Diagnostic::new("unread-file", &path, Span::default(), message);
            found.push(finding.with_help("save it as UTF-8 text"));
        }
        found.extend(self.missing_pictures(&path, &mut config.look));
        // Settings that say nothing of where the records are need not have a `content` folder.
        if !files.has_folder(config.roots.top())
            && let Some(discovery) = config.discover(files).filter(|discovery| discovery.is_shown)
        {
            config = config.with_found(discovery);
        }
        Ok((Some(source), config.with(&self.overrides), found))
    }

    /// Pictures that the settings name and that are not there; the site is made without them.
    fn missing_pictures(&self, settings: &SourcePath, look: &mut Look) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (key, picture) in
            [("logo", &mut look.logo), ("logo-dark", &mut look.logo_dark), ("favicon", &mut look.favicon)]
        {
            let Some(named) = picture.as_ref().filter(|named| self.maker.files.read(&named.value).is_err()) else {
                continue;
            };
            let message = format!("`{key}` is `{}`, which cannot be read", named.value);
            let finding = Diagnostic::new("invalid-value", settings, named.span, message);
            found.push(finding.with_help("name a file below the folder that holds precedent.toml"));
            *picture = None;
        }
        found
    }

    /// The findings that are left in peace; a file that is named must be there.
    pub(super) fn baseline(&self, config: &Config) -> Result<Option<Baseline>> {
        let path = config.policy.baseline.as_str();
        if path.is_empty() || self.overrides.ignore_baseline {
            return Ok(None);
        }
        let bytes = self.maker.files.read(&SourcePath::new(path)).map_err(|error| without_baseline(error, path))?;
        let text = String::from_utf8_lossy(&bytes);
        let refused = |why| Error::Refused {
            message: format!("{path}:{why}; mend the file, or write it anew with `precedent check --write-baseline`"),
        };
        Baseline::parse(&text).map(Some).map_err(refused)
    }
}

impl Snapshot {
    /// The text of a file, for showing a finding in it.
    pub fn source(&self, path: &SourcePath) -> Option<&Source> {
        let config = self.config_source.as_ref().filter(|source| source.path == *path);
        let record = || self.log.at_path(path).and_then(|position| self.log.record(position));
        let mut beside = self.log.records().iter().flat_map(|record| record.source.speakers());
        let sources = config.or_else(|| record().map(|record| &record.source));
        sources.or_else(|| beside.find(|beside| beside.path == *path && !beside.is_unread))
    }

    /// Whether a finding is denied.
    pub fn is_denied(&self) -> bool {
        self.summary.errors > 0
    }
}

/// The fingerprint of the settings; those of the command line are the same for all of a workspace's snapshots.
pub(super) fn fingerprint(config: &Config, source: Option<&Source>) -> Digest {
    let written = source.map(|source| source.digest.to_string()).unwrap_or_default();
    // A picture that the settings name may come and go without them, and so may kinds that files have, and their digits.
    let look = &config.look;
    let pictures = [&look.logo, &look.logo_dark, &look.favicon].map(Option::is_some);
    let kinds = config.kinds.iter().map(|kind| format!("{} {}", kind.name, kind.width)).collect::<Vec<_>>();
    let dates = config.policy.dates;
    Digest::of(format!("{written}\n{:?}\n{}\n{pictures:?} {dates:?}", config.roots, kinds.join(" ")).as_bytes())
}

/// What to say when the baseline is not there: who named it, and how it is made.
fn without_baseline(error: Error, path: &str) -> Error {
    match error {
        Error::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => Error::Refused {
            message: format!(
                "there is no baseline `{path}`; write it with `precedent check --write-baseline`, or correct `--baseline`, or \
                 `baseline` under `[check]` in {CONFIG_FILE}"
            ),
        },
        error => error,
    }
}

/// What to say when the content folder is not there: which setting names it.
pub(super) fn without_content(error: Error, config: &Config) -> Error {
    match error {
        Error::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => Error::Refused {
            message: format!(
                "there is no folder {}; make it, or name another as `content` under `[paths]` in {CONFIG_FILE}",
                config.roots.in_words()
            ),
        },
        error => error,
    }
}

/// Paths below the root that are never content: what the settings exclude, the output and the theme.
pub(super) fn left_out(config: &Config) -> Vec<String> {
    let folders =
        [&config.output, &config.theme].map(|folder| folder.trim_start_matches("./").trim_matches('/').to_owned());
    config.exclude.iter().cloned().chain(folders.into_iter().filter(|folder| !folder.is_empty())).collect()
}

/// How much there is, and how much was found.
pub(super) fn summary<'a>(
    records: usize,
    counts: Counts,
    found: impl Iterator<Item = &'a Diagnostic> + Clone,
) -> Summary {
    let count = |severity| found.clone().filter(|finding| finding.severity == severity).count();
    let Counts { links, anchors, diagrams } = counts;
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    Summary { records, links, anchors, diagrams, errors, warnings, ..Summary::default() }
}

/// What the rules find that need the log.
fn check_all(log: &DecisionLog, context: &Context<'_>) -> Vec<Diagnostic> {
    let positions: Vec<usize> = (0..log.records().len()).collect();
    let among = || positions.par_iter().flat_map_iter(|at| check::check_among(log, *at, context)).collect::<Vec<_>>();
    let (among, of_log) = rayon::join(among, || check::check_log(log, context));
    among.into_iter().chain(of_log).collect()
}
