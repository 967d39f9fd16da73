//! A site that is made as it is asked for: a page with a text by itself, and all that is made of many texts at its first use.

use super::artifact::Artifact;
use super::head::Heads;
use super::render::{Shared, Site, render};
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::page::{self, Atlas, LOOK_STYLE, Route};
use crate::source::{Asset, Files};
use crate::text::{Digest, SourcePath};
use crate::theme::Theme;
use bytes::Bytes;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What a site is made of.
pub struct Matter {
    /// The texts.
    pub log: Arc<DecisionLog>,
    /// The findings that pages show.
    pub found: Vec<Diagnostic>,
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
    atlas: Atlas,
    heads: Shared,
    made: Mutex<BTreeMap<Route, Artifact>>,
    whole: OnceLock<std::result::Result<Site, String>>,
}

impl Prospect {
    /// Takes up the matter; nothing is rendered yet.
    pub fn new(matter: Matter, atlas: Atlas) -> Prospect {
        let heads = Shared {
            styles: tera::Value::from_serializable(&matter.theme.styles(atlas.style().map(|_| LOOK_STYLE))),
            heads: Heads::of_texts(atlas.routes(), &matter.config),
        };
        Prospect { matter, atlas, heads, made: Mutex::default(), whole: OnceLock::new() }
    }

    /// A name for all that it shows: another site, another name.
    pub fn name(&self) -> Digest {
        self.matter.name
    }

    /// A name for its style sheets and scripts.
    pub fn dress(&self) -> Digest {
        let style = self.atlas.style().unwrap_or("");
        Digest::of(format!("{}\n{style}", self.matter.theme.digest).as_bytes())
    }

    /// Whether there is a file at an address.
    pub fn has(&self, route: &Route) -> bool {
        let name = route.0.rsplit('/').next().unwrap_or("");
        // Every file has an extension, so that a page asked for without its own is found without making all the others.
        if !name.contains('.') {
            return false;
        }
        self.atlas.has(route)
            || self.beside(route).is_some()
            || self.asset(route).is_some()
            || self.whole().is_ok_and(|site| of_whole(site, route).is_some())
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
        if let Some(asset) = self.asset(route) {
            return self.matter.files.read(&asset).map(|bytes| Some(Artifact::shared(bytes)));
        }
        let Matter { log, found, config, today, diagrams, theme, .. } = &self.matter;
        let Some(page) = self.atlas.page(route, (log, found), (config, *today), diagrams) else {
            return Ok(of_whole(self.whole()?, route).cloned());
        };
        let artifact = render(&page, theme, &self.heads, &mut Vec::new())?;
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(route.clone(), artifact.clone());
        Ok(Some(artifact))
    }

    /// What lies beside pages and is there without making any: static files, cards, the Markdown of a page.
    fn beside(&self, route: &Route) -> Option<Artifact> {
        if let Some(bytes) = self.matter.theme.files.get(&route.0) {
            return Some(Artifact::shared(Arc::clone(bytes)));
        }
        if route.0 == LOOK_STYLE {
            return self.atlas.style().map(|style| Artifact::new(style.to_owned().into_bytes()));
        }
        if let Some(number) = route.0.strip_prefix("cards/").and_then(|rest| rest.strip_suffix(".js")) {
            let cards = self.atlas.cards().get(number.parse::<usize>().ok()?)?;
            return Some(Artifact::new(Bytes::copy_from_slice(cards.as_bytes())));
        }
        if route.0.ends_with(".md") {
            let is_it = |page: &Option<Route>| page.as_ref().is_some_and(|page| page.markdown() == *route);
            let position = self.atlas.routes().iter().position(is_it)?;
            let text = self.matter.log.record(position)?.source.shared()?;
            return Some(Artifact::shared(Arc::from(text)));
        }
        None
    }

    /// The asset that is published at an address.
    fn asset(&self, route: &Route) -> Option<SourcePath> {
        if let Some((_, picture)) = self.atlas.pictures().iter().find(|(at, _)| at == route) {
            return Some(picture.clone());
        }
        let extension = route.0.rsplit_once('.').map_or("", |(_, extension)| extension);
        let assets = || self.matter.log.assets().keys();
        let is_it = |path: &&SourcePath| Route::of_asset(path, &self.matter.config) == *route;
        Asset::is_published(extension).then(|| assets().find(is_it).cloned()).flatten()
    }

    /// All of the site, made when something is asked for that is made of many texts.
    fn whole(&self) -> Result<&Site> {
        let made = self.whole.get_or_init(|| {
            let Matter { log, found, config, today, diagrams, theme, files, .. } = &self.matter;
            let plan = page::plan(log, found, config, *today, diagrams);
            Site::build(plan, log, theme, config, files.as_ref()).map_err(|error| error.to_string())
        });
        made.as_ref().map_err(|message| Error::Refused { message: message.clone() })
    }
}

/// A file of the whole site; a page that was opened before the last change asks for the log's data by an older name.
fn of_whole<'a>(site: &'a Site, route: &Route) -> Option<&'a Artifact> {
    const DATA: &str = "log/data.";
    let newer = || site.artifacts.iter().find(|(at, _)| at.0.starts_with(DATA) && at.0.ends_with(".js"));
    let is_data = route.0.starts_with(DATA) && route.0.ends_with(".js");
    site.artifacts.get(route).or_else(|| newer().filter(|_| is_data).map(|(_, artifact)| artifact))
}
