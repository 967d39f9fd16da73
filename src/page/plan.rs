//! Plans every page.

use super::route::Route;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::text::SourcePath;
use std::collections::BTreeSet;

/// A page to be rendered: where, with which template, from what.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it will stand.
    pub route: Route,
    /// The template's name in the theme.
    pub template: &'static str,
    /// What the template sees.
    pub view: tera::Context,
}

/// All pages, and what they need.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Pages, by address.
    pub pages: Vec<Page>,
    /// Assets that pages link, to be published at their path below the content folder.
    pub assets: BTreeSet<SourcePath>,
    /// What could only be found by rendering: diagrams that parse and cannot be drawn, two pages at one address.
    pub found: Vec<Diagnostic>,
}

/// Plans every page of the site: home, log, a page per record, kind, tag and rule, health, 404.
pub fn plan(_log: &DecisionLog, _found: &[Diagnostic], _config: &Config, _diagrams: &Diagrams) -> Plan {
    todo!()
}
