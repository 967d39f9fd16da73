//! A site that is made as it is asked for: a page with a text by itself, and all that is made of many texts at its first use.

use super::artifact::Artifact;
use super::data::{DATA, DATA_SCHEMA};
use super::ground::{Families, Ground};
use super::press::{Gathered, Site};
use super::render::{render, render_site};
use crate::check::Findings;
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::page::{self, Kin, LOOK_STYLE, Page, Route, Stock};
use crate::search;
use crate::source::{Asset, Files};
use crate::text::{Digest, SourcePath};
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// How many bytes a file may have that the preview hands out: it holds each whole.
const LONGEST: u64 = 64 * 1024 * 1024;

/// What a site is made of.
pub struct Matter {
    /// The texts.
    pub log: Arc<DecisionLog>,
    /// The findings that pages show.
    pub found: Findings,
    /// The settings.
    pub config: Arc<Config>,
    /// The day that it is as of.
    pub today: Date,
    /// What draws.
    pub diagrams: Arc<Diagrams>,
    /// What dresses.
    pub theme: Arc<Theme>,
    /// Where assets come from.
    pub files: Arc<dyn Files>,
    /// A name for all of this: other matter, another name.
    pub name: Digest,
}

/// A site that is made as it is asked for.
///
/// A page of a text differs from the published one in what its head announces for other programs, which takes all texts to know.
pub struct Prospect {
    matter: Matter,
    ground: Arc<Ground>,
    made: Mutex<BTreeMap<Route, Artifact>>,
    families: Families,
    /// The search's index.
    shards: OnceLock<BTreeMap<Route, Artifact>>,
    /// All of the site.
    whole: OnceLock<std::result::Result<Site, String>>,
}

impl Prospect {
    /// Takes up the matter; nothing is rendered yet.
    pub fn new(matter: Matter, ground: Arc<Ground>) -> Prospect {
        let (made, families, shards, whole) = (Mutex::default(), Families::default(), OnceLock::new(), OnceLock::new());
        Prospect { matter, ground, made, families, shards, whole }
    }

    /// What putting pages in their places has found.
    pub fn found(&self) -> &[Diagnostic] {
        self.ground.atlas.found()
    }

    /// A name for all that it shows: another site, another name.
    pub fn name(&self) -> Digest {
        self.matter.name
    }

    /// A name for its style sheets and scripts.
    pub fn dress(&self) -> Digest {
        let style = self.ground.atlas.style().unwrap_or("");
        Digest::of(format!("{}\n{style}", self.matter.theme.digest).as_bytes())
    }

    /// Whether there is a file at an address.
    pub fn has(&self, route: &Route) -> bool {
        let name = route.0.rsplit('/').next().unwrap_or("");
        // Every file has an extension, so that a page asked for without its own is found without making all the others.
        if !name.contains('.') {
            return false;
        }
        self.ground.atlas.has(route)
            || self.beside(route).is_some()
            || self.asset(route).is_some()
            || self.kin(route).is_some_and(|kin| has_kin(&kin, route))
            || self.shard(route).is_some()
            || (is_face(route) && self.whole().is_ok_and(|site| site.artifacts.contains_key(route)))
    }

    /// The file at an address; `None` when there is none.
    ///
    /// # Errors
    /// When a template does not render, or an asset cannot be read.
    pub fn artifact(&self, route: &Route) -> Result<Option<Artifact>> {
        let known = self.made.lock().unwrap_or_else(PoisonError::into_inner).get(route).cloned();
        if let Some(artifact) = known.or_else(|| self.beside(route)) {
            return Ok(Some(artifact));
        }
        if let Some(asset) = self.asset(route).filter(|_| !is_data(route)) {
            let size = self.matter.log.assets().get(&asset).map_or(0, |asset| asset.size);
            if size > LONGEST {
                let message = format!(
                    "{asset} is longer than the {} MiB that the preview hands out; the published site has it",
                    LONGEST / (1024 * 1024)
                );
                return Err(Error::Refused { message });
            }
            return self.matter.files.read(&asset).map(|bytes| Some(Artifact::shared(bytes)));
        }
        if let Some(page) = self.ground.atlas.page(route, self.stock()) {
            return self.render(&page).map(Some);
        }
        if let Some(kin) = self.kin(route) {
            if let Some(page) = kin.pages.get(route) {
                return self.render(page).map(Some);
            }
            // A page that was opened before the last change asks for the log's data by an older name.
            let script = kin.scripts.values().next().filter(|_| route.0.ends_with(".js"));
            return Ok(script.map(|script| Artifact::script(script.as_bytes())));
        }
        if let Some(shard) = self.shard(route) {
            return Ok(Some(shard));
        }
        if is_face(route) { Ok(self.whole()?.artifacts.get(route).cloned()) } else { Ok(None) }
    }

    fn render(&self, page: &Page) -> Result<Artifact> {
        let artifact = render(page, &self.matter.theme, &self.ground.shared)?;
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(page.route.clone(), artifact.clone());
        Ok(artifact)
    }

    fn stock(&self) -> Stock<'_> {
        let Matter { log, found, config, today, diagrams, .. } = &self.matter;
        Stock { log, found, config, today: *today, diagrams }
    }

    /// The pages that are made together with that at an address, made now unless they are there.
    fn kin(&self, route: &Route) -> Option<Arc<Kin>> {
        let family = self.ground.atlas.family(route)?;
        let families = if family.is_of_faces() { &self.ground.families } else { &self.families };
        Some(families.of(&family, || self.ground.atlas.kin(&family, self.stock())))
    }

    /// A part of the search's index.
    fn shard(&self, route: &Route) -> Option<Artifact> {
        if !self.matter.config.site.search || !route.0.starts_with("search/") || !route.0.ends_with(".js") {
            return None;
        }
        let shards = self.shards.get_or_init(|| {
            let sought = self.ground.atlas.sought(self.stock());
            let shards = search::index(&sought.entries, &|entry| sought.passages(entry)).into_iter();
            shards.map(|shard| (Route(shard.address), Artifact::script(shard.script.as_bytes()))).collect()
        });
        shards.get(route).cloned()
    }

    /// What lies beside pages and is there without making any: static files, cards, the Markdown of a page.
    fn beside(&self, route: &Route) -> Option<Artifact> {
        if let Some(bytes) = self.matter.theme.files.get(&route.0) {
            return Some(Artifact::shared(Arc::clone(bytes)));
        }
        if route.0 == LOOK_STYLE {
            return self.ground.atlas.style().map(|style| Artifact::new(style.to_owned().into_bytes()));
        }
        if let Some(number) = route.0.strip_prefix("cards/").and_then(|rest| rest.strip_suffix(".js")) {
            let cards = self.ground.atlas.cards().get(number.parse::<usize>().ok()?)?;
            return Some(Artifact::script(cards.as_bytes()));
        }
        if route.0.ends_with(".md") {
            let is_it = |page: &Option<Route>| page.as_ref().is_some_and(|page| page.markdown() == *route);
            let position = self.ground.atlas.routes().iter().position(is_it)?;
            let text = self.matter.log.record(position)?.source.shared()?;
            return Some(Artifact::shared(Arc::from(text)));
        }
        None
    }

    /// The asset that is published at an address.
    fn asset(&self, route: &Route) -> Option<SourcePath> {
        if let Some((_, picture)) = self.ground.atlas.pictures().iter().find(|(at, _)| at == route) {
            return Some(picture.clone());
        }
        let extension = route.0.rsplit_once('.').map_or("", |(_, extension)| extension);
        let assets = || self.matter.log.assets().keys();
        let is_it = |path: &&SourcePath| Route::of_asset(path, &self.matter.config) == *route;
        let is_published = |path: &SourcePath| self.matter.log.publishes(path);
        Asset::is_published(extension).then(|| assets().find(is_it).cloned()).flatten().filter(is_published)
    }

    /// All of the site, made when something is asked for that is made for other programs.
    fn whole(&self) -> Result<&Site> {
        let made = self.whole.get_or_init(|| {
            let Matter { log, found, config, today, diagrams, theme, files, .. } = &self.matter;
            let found: Vec<Diagnostic> = found.iter().cloned().collect();
            let plan = page::plan(log, &found, config, *today, diagrams);
            let gathered = Gathered::default();
            let made = render_site(plan, log, (theme, config), files.as_ref(), &gathered);
            made.map(|_| gathered.into_site()).map_err(|error| error.to_string())
        });
        made.as_ref().map_err(|message| Error::Refused { message: message.clone() })
    }
}

fn has_kin(kin: &Kin, route: &Route) -> bool {
    kin.pages.contains_key(route) || (route.0.ends_with(".js") && !kin.scripts.is_empty())
}

/// Whether an address is that of the log as data, which no file of the content takes.
fn is_data(route: &Route) -> bool {
    [DATA, DATA_SCHEMA].contains(&route.0.as_str())
}

/// Whether a file for other programs may stand at an address: a feed, a calendar, data. These take all of the site to be made.
fn is_face(route: &Route) -> bool {
    [".atom", ".xml", ".ics", ".txt", ".json"].iter().any(|extension| route.0.ends_with(extension))
}
