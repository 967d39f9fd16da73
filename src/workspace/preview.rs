//! The line for a preview: run again at every save, each stage only as far as the save reaches.

use super::demand::Demand;
use super::examine::{Examined, Keep, examine};
use super::joined::{Joined, Reach};
use super::known::{Known, Settings};
use super::ledger::{Judge, Ledger, Raw};
use super::maker::Standing;
use super::memory::{Changes, Memory, Stamp};
use super::snapshot::{Snapshot, Workspace, fingerprint, left_out, summary, without_content};
use crate::check::Context;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::report::{Baseline, Summary};
use crate::site::Site;
use crate::source::{Difference, Look, Sources};
use crate::text::SourcePath;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is known now, and how far it differs from what was known before.
struct Read {
    known: Known,
    standing: Standing,
}

impl Workspace {
    /// Makes what it takes to make pages as they are asked for.
    pub(super) fn preview(&mut self, today: Date) -> Result<Snapshot> {
        let settings = match self.settled() {
            Some(settings) => settings,
            None => {
                let (source, config, found) = self.configure(self.maker.files.as_ref())?;
                Settings { source, config: Arc::new(config), found }
            }
        };
        let baseline = self.baseline(&settings.config)?;
        let stamp = Stamp { settings: fingerprint(&settings.config, settings.source.as_ref()), today };
        let (config, config_source) = (Arc::clone(&settings.config), settings.source.clone());
        let changes = self.changes.clone();
        let Read { known, standing } = self.read(settings, baseline, stamp)?;
        if self.learns_order(&config, &known.sources.texts) {
            return self.preview(today);
        }
        let settings = self.settings_path();
        let log = Arc::clone(&known.joined.log);
        (self.memory, self.changes) = (Memory::of(stamp, &known.sources.texts), Changes::none());
        // It is remembered before pages are made, which may fail.
        let known = self.known.insert(known);

        let found = known.ledger.shown();
        let prospect = self.maker.prospect((&log, &config), found, (stamp, &changes, standing))?;
        let judge = Judge { log: &log, config: &config, baseline: known.baseline.as_ref(), settings: &settings };
        let outcome = known.ledger.outcome(prospect.found().to_vec(), judge);
        let counts = known.sources.texts.iter().map(|examined| examined.counts).sum();
        let summary = Summary {
            unread: known.sources.found.len(),
            allowed: outcome.allowed,
            baselined: outcome.known.len(),
            fixed: known.baseline.as_ref().map_or(0, |baseline| baseline.len() - outcome.known.len()),
            has_baseline: known.baseline.is_some(),
            ..summary(known.sources.texts.len(), counts, outcome.new.iter())
        };
        Ok(Snapshot {
            config,
            config_source,
            log,
            diagnostics: outcome.new,
            baselined: outcome.known,
            site: Site::default(),
            prospect: Some(prospect),
            summary,
        })
    }

    /// Reads what may have changed, joins it with the rest, and judges what is found in files that it reaches.
    fn read(&mut self, settings: Settings, baseline: Option<Baseline>, stamp: Stamp) -> Result<Read> {
        let Settings { config, found: settings_found, .. } = &settings;
        let history = self.past.history(config, Demand::Preview);
        let context = Context { config, today: stamp.today, diagrams: &self.maker.diagrams };
        let mut before = self.known.take().filter(|known| known.stamp == stamp);
        let difference = match (&mut before, &self.changes) {
            (Some(known), Changes::In(paths)) => self.look_again(known, paths, &context, stamp),
            _ => Difference::Unclear,
        };
        let again = match (&before, &difference) {
            (Some(known), Difference::Texts(places)) if known.baseline == baseline => {
                known.joined.again(&known.sources.texts, places, &context)
            }
            _ => None,
        };
        let (sources, joined, mut ledger, files, standing) = match (before, again) {
            (Some(Known { sources, joined: earlier, ledger, .. }), Some((joined, Reach { files, outward }))) => {
                let is_inward = outward.is_empty();
                let standing = if is_inward { Standing::Same } else { Standing::Changed(earlier.log, outward) };
                (sources, joined, ledger, files, standing)
            }
            (before, _) => {
                let sources = match before.filter(|_| difference != Difference::Unclear) {
                    Some(known) => known.sources,
                    None => self.load(&context, stamp)?,
                };
                let joined = Joined::of(&sources.texts, &sources.assets, (history, &self.maker.files), &context);
                let files = all_files(&sources, &joined, settings_found);
                (sources, joined, Ledger::default(), files, Standing::New)
            }
        };
        let settings_path = self.settings_path();
        let judge = Judge { log: &joined.log, config, baseline: baseline.as_ref(), settings: &settings_path };
        let spoken_for = spoken_for(&sources.texts);
        ledger.judge(&files, judge, |path| raw(path, &sources, &spoken_for, &joined, settings_found));
        Ok(Read { known: Known { settings, stamp, baseline, sources, joined, ledger }, standing })
    }

    /// The settings of the last preview, where nothing can have changed them: what has changed are texts that were there and still
    /// are. So neither the settings, nor a picture that they name, nor the folders in which records are found without settings.
    fn settled(&self) -> Option<Settings> {
        let (Some(known), Changes::In(paths)) = (&self.known, &self.changes) else { return None };
        let folders = known.settings.config.roots.outermost();
        let is_text = |path: &SourcePath| {
            let texts = &known.sources.texts;
            let is_known = texts.binary_search_by(|examined| examined.record.path().cmp(path)).is_ok();
            let folder = folders.iter().find(|folder| path.below(folder).is_some());
            is_known && folder.is_some_and(|folder| matches!(self.maker.files.look(folder, path), Look::Entry(_)))
        };
        paths.iter().all(is_text).then(|| known.settings.clone())
    }

    fn load(&self, context: &Context<'_>, stamp: Stamp) -> Result<Sources<Arc<Examined>>> {
        let (memory, changes) = (&self.memory, &self.changes);
        Sources::load(
            self.maker.files.as_ref(),
            &context.config.roots.outermost(),
            (&left_out(context.config), context.config.limits.file),
            |path| memory.recall(stamp, changes, path),
            |source| memory.again(stamp, &source).unwrap_or_else(|| Arc::new(examine(&source, context, &Keep::Texts))),
        )
        .map_err(|error| without_content(error, context.config))
    }

    fn look_again(
        &self,
        known: &mut Known,
        paths: &BTreeSet<SourcePath>,
        context: &Context<'_>,
        stamp: Stamp,
    ) -> Difference {
        known.sources.look_again(
            self.maker.files.as_ref(),
            (&context.config.roots.outermost(), &left_out(context.config), context.config.limits.file),
            paths,
            |examined| examined.record.path(),
            |source| {
                let same = self.memory.again(stamp, &source);
                same.unwrap_or_else(|| Arc::new(examine(&source, context, &Keep::Texts)))
            },
        )
    }
}

/// Every file of which something may be found.
fn all_files(sources: &Sources<Arc<Examined>>, joined: &Joined, settings_found: &[Diagnostic]) -> BTreeSet<SourcePath> {
    let texts = sources.texts.iter().flat_map(|examined| examined.record.source.paths());
    let beside = sources.found.iter().chain(settings_found).map(|finding| &finding.primary.path);
    texts.chain(joined.of_log.keys()).chain(beside).cloned().collect()
}

/// The texts for which files beside them speak, by the paths of those files.
type SpokenFor<'a> = BTreeMap<&'a SourcePath, Vec<&'a Examined>>;

fn spoken_for(texts: &[Arc<Examined>]) -> SpokenFor<'_> {
    let mut spoken_for = SpokenFor::new();
    for examined in texts {
        for speaker in examined.record.source.speakers() {
            spoken_for.entry(&speaker.path).or_default().push(examined);
        }
    }
    spoken_for
}

/// All that is found in a file, and the comments in it that allow some of it.
fn raw(
    path: &SourcePath,
    sources: &Sources<Arc<Examined>>,
    spoken_for: &SpokenFor<'_>,
    joined: &Joined,
    settings_found: &[Diagnostic],
) -> Raw {
    let at = sources.texts.binary_search_by(|examined| examined.record.path().cmp(path)).ok();
    let examined = at.and_then(|at| sources.texts.get(at)).map(Arc::as_ref);
    let among = at.and_then(|at| joined.among.get(at)).into_iter().flat_map(|among| among.iter());
    let others = spoken_for.get(path).into_iter().flatten().copied();
    let of_texts = examined.into_iter().chain(others).flat_map(|examined| &examined.found);
    let beside = settings_found.iter().chain(&sources.found);
    let found = beside.chain(of_texts).filter(|finding| finding.primary.path == *path);
    let found = found.chain(among).chain(joined.of_log.get(path).into_iter().flatten()).cloned();
    Raw { found: found.collect(), allows: examined.map(|examined| examined.allows.clone()).unwrap_or_default() }
}
