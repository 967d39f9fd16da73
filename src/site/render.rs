//! Every file of the output.

use super::artifact::Artifact;
use super::data::log_json;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::page::{Page, Plan, Route};
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
        let styles = tera::Value::from_serializable(&theme.styles());
        let pages = std::mem::take(&mut plan.pages).into_par_iter();
        // Each thread writes into one buffer of its own, and each page is let go as soon as it is written.
        let rendered = pages.map_init(Vec::new, |buffer, page| {
            let artifact = render(&page, theme, &styles, buffer)?;
            Ok((page.route, artifact))
        });
        let mut site = Site { artifacts: rendered.collect::<Result<_>>()? };
        let content =
            |path: &crate::text::SourcePath| Route(path.below(&config.content).unwrap_or(path.as_str()).to_owned());
        for (record, route) in log.records().iter().zip(&plan.routes) {
            if let Some(text) = route.as_ref().and_then(|_| record.source.shared()) {
                site.add(content(record.path()), Artifact::shared(Arc::from(text)))?;
            }
        }
        for path in &plan.assets {
            site.add(content(path), Artifact::shared(files.read(path)?))?;
        }
        for (path, bytes) in &theme.files {
            site.add(Route(path.clone()), Artifact::shared(bytes.clone()))?;
        }
        site.add(Route(DATA.to_owned()), Artifact::new(log_json(&plan, log, config).into_bytes()))?;
        Ok(site)
    }

    fn add(&mut self, route: Route, artifact: Artifact) -> Result<()> {
        match self.artifacts.entry(route) {
            Entry::Vacant(vacant) => {
                vacant.insert(artifact);
                Ok(())
            }
            Entry::Occupied(taken) => Err(Error::Refused {
                message: format!(
                    "two files want the address {}: one is in the content folder, one is the site's own; rename the former",
                    taken.key()
                ),
            }),
        }
    }
}

fn render(page: &Page, theme: &Theme, styles: &tera::Value, buffer: &mut Vec<u8>) -> Result<Artifact> {
    let mut context = page.context();
    context.insert_value("styles", styles.clone());
    buffer.clear();
    theme
        .templates
        .render_to(page.template, &context, &mut *buffer)
        .map_err(|fault| Error::Template { message: format!("{}: {fault}", page.route) })?;
    Ok(Artifact::new(Bytes::copy_from_slice(buffer)))
}
