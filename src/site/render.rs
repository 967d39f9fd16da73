//! Every file of the output.

use super::artifact::Artifact;
use super::data::log_json;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::page::{Page, Plan, Route};
use crate::source::Files;
use crate::theme::Theme;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

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
    pub fn build(plan: &Plan, log: &DecisionLog, theme: &Theme, config: &Config, files: &dyn Files) -> Result<Site> {
        let styles = tera::Value::from_serializable(&theme.styles());
        let render = |page: &Page| Ok((page.route.clone(), render(page, theme, &styles)?));
        let mut site = Site { artifacts: plan.pages.par_iter().map(render).collect::<Result<_>>()? };
        let content =
            |path: &crate::text::SourcePath| Route(path.below(&config.content).unwrap_or(path.as_str()).to_owned());
        for (record, route) in log.records().iter().zip(&plan.routes) {
            if route.is_some() {
                site.add(content(record.path()), Artifact::new(record.text().as_bytes()))?;
            }
        }
        for path in &plan.assets {
            site.add(content(path), Artifact::new(files.read(path)?))?;
        }
        for (path, bytes) in &theme.files {
            site.add(Route(path.clone()), Artifact::new(bytes.clone()))?;
        }
        site.add(Route(DATA.to_owned()), Artifact::new(log_json(plan, log, config).into_bytes()))?;
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

fn render(page: &Page, theme: &Theme, styles: &tera::Value) -> Result<Artifact> {
    let mut view = page.view.clone();
    view.insert_value("styles", styles.clone());
    let html = theme
        .templates
        .render(page.template, &view)
        .map_err(|fault| Error::Template { message: format!("{}: {fault}", page.route) })?;
    Ok(Artifact::new(html.into_bytes()))
}
