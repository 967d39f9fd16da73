//! Every file of the output.

use super::artifact::Artifact;
use super::calendar::calendars;
use super::data::{LOG_SCHEMA, log_json};
use super::face::Face;
use super::feed::feeds;
use super::head::Heads;
use super::llms::llms;
use super::sitemap::for_search_engines;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::page::{LOOK_STYLE, Page, Plan, Route};
use crate::search;
use crate::source::Files;
use crate::theme::Theme;
use bytes::Bytes;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

/// Where the log stands as data.
const DATA: &str = "log.json";

/// Every file of the output, by address.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The files.
    pub artifacts: BTreeMap<Route, Artifact>,
}

impl Site {
    /// Renders pages, and adds the texts beside them, static files, assets and data.
    ///
    /// # Errors
    /// When a template does not render, an asset cannot be read, or two files want one address.
    pub fn build(mut plan: Plan, log: &DecisionLog, theme: &Theme, config: &Config, files: &dyn Files) -> Result<Site> {
        let mut faces = announced(&plan, log, config);
        let style = plan.style.take();
        let shared = Shared {
            styles: tera::Value::from_serializable(&theme.styles(style.as_ref().map(|_| LOOK_STYLE))),
            heads: Heads::new(&plan, &faces, config),
        };
        faces.extend(for_search_engines(&plan, log, config));
        let pages = std::mem::take(&mut plan.pages).into_par_iter();
        // Each thread writes into one buffer of its own, and each page is let go as soon as it is written.
        let rendered = pages.map_init(Vec::new, |buffer, page| {
            let artifact = render(&page, theme, &shared, buffer)?;
            Ok((page.route, artifact))
        });
        let (rendered, data) = rayon::join(|| rendered.collect::<Result<Vec<_>>>(), || log_json(&plan, log, config));
        faces.extend([Face::new(DATA, data), Face::new("log.schema.json", LOG_SCHEMA)]);
        faces.push(llms(&plan, log, config, &faces));
        let mut site = Site::default();
        for (route, artifact) in rendered? {
            site.add(route, artifact)?;
        }
        for (record, route) in log.records().iter().zip(&plan.routes) {
            if let Some((route, text)) = route.as_ref().zip(record.source.shared()) {
                site.add(route.markdown(), Artifact::shared(Arc::from(text)))?;
            }
        }
        for path in &plan.assets {
            site.add(Route::of_asset(path, config), Artifact::shared(files.read(path)?))?;
        }
        for (route, script) in plan.scripts.drain(..) {
            site.add(route, Artifact::new(script.into_bytes()))?;
        }
        for (path, bytes) in &theme.files {
            site.add(Route(path.clone()), Artifact::shared(bytes.clone()))?;
        }
        for (route, path) in std::mem::take(&mut plan.pictures) {
            site.add(route, Artifact::shared(files.read(&path)?))?;
        }
        if let Some(style) = style {
            site.add(Route(LOOK_STYLE.to_owned()), Artifact::new(style.into_bytes()))?;
        }
        for (number, cards) in std::mem::take(&mut plan.cards).into_iter().enumerate() {
            site.add(Route(format!("cards/{number}.js")), Artifact::new(cards.into_bytes()))?;
        }
        if config.site.search {
            for shard in search::index(&plan.entries) {
                site.add(Route(shard.address), Artifact::new(shard.script.into_bytes()))?;
            }
        }
        for face in faces {
            if !(face.yields && site.artifacts.contains_key(&face.route)) {
                site.add(face.route, Artifact::new(face.bytes))?;
            }
        }
        site.check_folders()?;
        Ok(site)
    }

    /// No file may stand where another needs a folder.
    fn check_folders(&self) -> Result<()> {
        for route in self.artifacts.keys() {
            for (at, _) in route.0.match_indices('/') {
                let folder = Route(route.0.get(..at).unwrap_or("").to_owned());
                if self.artifacts.contains_key(&folder) {
                    let message =
                        format!("{route} needs a folder where the file {folder} stands; rename one of the two");
                    return Err(Error::Refused { message });
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, route: Route, artifact: Artifact) -> Result<()> {
        match self.artifacts.entry(route) {
            Entry::Vacant(vacant) => {
                vacant.insert(artifact);
                Ok(())
            }
            Entry::Occupied(taken) => Err(Error::Refused {
                message: format!(
                    "two files want the address {}: one comes from the content folder, one is the site's own; rename the former",
                    taken.key()
                ),
            }),
        }
    }
}

/// What every page is rendered with.
pub(super) struct Shared {
    pub(super) styles: tera::Value,
    pub(super) heads: Heads,
}

/// The files for programs that pages announce.
fn announced(plan: &Plan, log: &DecisionLog, config: &Config) -> Vec<Face> {
    let mut faces = feeds(plan, log, config);
    faces.extend(calendars(plan, log, config));
    faces
}

pub(super) fn render(page: &Page, theme: &Theme, shared: &Shared, buffer: &mut Vec<u8>) -> Result<Artifact> {
    let mut context = page.context();
    context.insert_value("styles", shared.styles.clone());
    context.insert_value("head", shared.heads.of(&page.route));
    buffer.clear();
    theme
        .templates
        .render_to(page.template, &context, &mut *buffer)
        .map_err(|fault| Error::Template { message: format!("{}: {fault}", page.route) })?;
    Ok(Artifact::new(Bytes::copy_from_slice(buffer)))
}
