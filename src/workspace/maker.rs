//! What makes a site of a log, or the prospect of one.

use super::demand::Drafts;
use super::memory::{Changes, Stamp};
use crate::check::Findings;
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::page::{self, Atlas};
use crate::record::Record;
use crate::site::{Ground, Matter, Press, Prospect, foreseen, render_site};
use crate::source::Files;
use crate::text::{Digest, SourcePath};
use crate::theme::Theme;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A log with what was found in it.
pub(super) struct Seen<'a> {
    pub(super) log: &'a Arc<DecisionLog>,
    pub(super) config: &'a Arc<Config>,
    pub(super) today: Date,
    /// The findings, without those that the baseline holds.
    pub(super) found: &'a [Diagnostic],
}

/// Whether what pages say of records other than their own is still what it was.
pub(super) enum Standing {
    Same,
    /// But for what is said of these records, by position; with the log of before.
    Changed(Arc<DecisionLog>, BTreeSet<usize>),
    /// Nothing is known of it.
    New,
}

/// What makes sites, and what it remembers between them.
pub(super) struct Maker {
    pub(super) files: Arc<dyn Files>,
    pub(super) diagrams: Arc<Diagrams>,
    /// The theme of the last preview, with the folder that it came from.
    theme: Option<(String, Arc<Theme>)>,
    /// What the pages of the last preview stand on, made for a theme.
    ground: Option<(Arc<Theme>, Arc<Ground>)>,
    /// The sizes and fingerprints of assets.
    assets: BTreeMap<SourcePath, (u64, Digest)>,
}

impl Maker {
    /// Makes sites from files.
    pub(super) fn new(files: Arc<dyn Files>, diagrams: Diagrams) -> Maker {
        Maker { files, diagrams: Arc::new(diagrams), theme: None, ground: None, assets: BTreeMap::new() }
    }

    /// Makes all of the site, and hands it on file by file. Returns what this brought to light.
    pub(super) fn site(&self, seen: &Seen<'_>, drafts: Drafts, press: &dyn Press) -> Result<Vec<Diagnostic>> {
        let Seen { log, config, today, found } = *seen;
        let published = published(log, config, drafts);
        let found = shown(found, log, drafts);
        let plan = page::plan(&published, &found, config, today, &self.diagrams);
        let theme = Theme::load(self.files.as_ref(), &config.theme)?;
        render_site(plan, &published, (&theme, config), self.files.as_ref(), press)
    }

    /// What publishing would find, as far as it can be told without making pages.
    pub(super) fn foreseen(&self, seen: &Seen<'_>) -> Vec<Diagnostic> {
        let Seen { log, config, today, .. } = *seen;
        foreseen(&published(log, config, Drafts::Withheld), (config, self.files.as_ref()), today, &self.diagrams)
    }

    /// Makes what it takes to make each page when it is asked for.
    pub(super) fn prospect(
        &mut self,
        (log, config): (&Arc<DecisionLog>, &Arc<Config>),
        found: Findings,
        (stamp, changes, standing): (Stamp, &Changes, Standing),
    ) -> Result<Arc<Prospect>> {
        // What follows may fail, and what has changed is not told twice.
        let earlier = self.ground.take();
        self.look_at_assets(log, changes);
        let theme = self.theme(&config.theme, changes)?;
        let earlier = earlier.filter(|(of, _)| Arc::ptr_eq(of, &theme)).map(|(_, ground)| ground);
        let ground = match (earlier, standing) {
            (Some(ground), Standing::Same) => ground,
            (Some(ground), Standing::Changed(before, changed)) => {
                Arc::new(ground.again((&before, log), &changed, (config, stamp.today)))
            }
            _ => Arc::new(Ground::new(Atlas::new(log, config, stamp.today), &theme, config)),
        };
        self.ground = Some((Arc::clone(&theme), Arc::clone(&ground)));
        let matter = Matter {
            log: Arc::clone(log),
            name: self.name(log, &found, stamp, &theme),
            found,
            config: Arc::clone(config),
            today: stamp.today,
            diagrams: Arc::clone(&self.diagrams),
            theme,
            files: Arc::clone(&self.files),
        };
        Ok(Arc::new(Prospect::new(matter, ground)))
    }

    /// The theme, compiled anew when a file of it may have changed.
    fn theme(&mut self, folder: &str, changes: &Changes) -> Result<Arc<Theme>> {
        let below = folder.trim_start_matches("./").trim_matches('/');
        let is_touched = |changes: &Changes| match changes {
            Changes::Everywhere => !folder.is_empty(),
            Changes::In(paths) => !folder.is_empty() && paths.iter().any(|path| path.is_within(below)),
        };
        if let Some((known, theme)) = self.theme.take()
            && known == folder
            && !is_touched(changes)
        {
            self.theme = Some((known, Arc::clone(&theme)));
            return Ok(theme);
        }
        let theme = Arc::new(Theme::load(self.files.as_ref(), folder)?);
        self.theme = Some((folder.to_owned(), Arc::clone(&theme)));
        Ok(theme)
    }

    /// Takes the fingerprints of assets that are new or may have changed; one that cannot be read has that of nothing.
    fn look_at_assets(&mut self, log: &DecisionLog, changes: &Changes) {
        let mut known = std::mem::take(&mut self.assets);
        for (path, asset) in log.assets() {
            let seen = known.remove(path).filter(|(size, _)| *size == asset.size && !changes.touch(path));
            let all = || self.files.open(path).ok().and_then(|file| Digest::of_all(file).ok());
            let digest = || all().map_or_else(|| Digest::of(b""), |(digest, _)| digest);
            let seen = seen.unwrap_or_else(|| (asset.size, digest()));
            self.assets.insert(path.clone(), seen);
        }
    }

    /// A name for all that a prospect is made of.
    fn name(&self, log: &DecisionLog, found: &Findings, stamp: Stamp, theme: &Theme) -> Digest {
        // What the baseline holds is not shown.
        let mut name =
            format!("{}\n{}\n{}\n{}\n", stamp.settings, stamp.today, theme.digest, found.name()).into_bytes();
        let texts = log.records().iter().map(|record| (record.path(), record.source.digest));
        for (path, digest) in texts.chain(self.assets.iter().map(|(path, (_, digest))| (path, *digest))) {
            name.extend_from_slice(path.as_str().as_bytes());
            name.push(0);
            name.extend_from_slice(&digest.0.to_le_bytes());
        }
        Digest::of(&name)
    }
}

/// The log that readers see.
fn published<'a>(log: &'a DecisionLog, config: &Config, drafts: Drafts) -> Cow<'a, DecisionLog> {
    if drafts == Drafts::Published || !log.records().iter().any(|record| record.front.draft) {
        return Cow::Borrowed(log);
    }
    let records = log.records().iter().filter(|record| !record.front.draft).cloned().collect();
    let published = DecisionLog::link(records, log.assets().clone(), config);
    Cow::Owned(published.with_history(Arc::clone(log.history())))
}

/// The findings that readers see: none that stands in a draft or points at one.
fn shown<'a>(found: &'a [Diagnostic], log: &DecisionLog, drafts: Drafts) -> Cow<'a, [Diagnostic]> {
    if drafts == Drafts::Published || !log.records().iter().any(|record| record.front.draft) {
        return Cow::Borrowed(found);
    }
    let drafts: Vec<&Record> = log.records().iter().map(Arc::as_ref).filter(|record| record.front.draft).collect();
    let withheld: BTreeSet<&SourcePath> = drafts.iter().map(|record| record.path()).collect();
    let names =
        |text: &str| drafts.iter().any(|draft| text.contains(draft.path().file_name()) || text.contains(&draft.title));
    let is_shown = |finding: &&Diagnostic| {
        let places = finding.related.iter().map(|label| &label.location.path).chain([&finding.primary.path]);
        let words = [Some(&finding.message), finding.help.as_ref(), Some(&finding.label)];
        !places.into_iter().any(|path| withheld.contains(path)) && !words.into_iter().flatten().any(|text| names(text))
    };
    found.iter().filter(is_shown).cloned().collect()
}
