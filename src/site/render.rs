//! Every file of the output.

use super::artifact::Artifact;
use crate::config::Config;
use crate::error::Result;
use crate::log::DecisionLog;
use crate::page::{Plan, Route};
use crate::source::Files;
use crate::theme::Theme;
use std::collections::BTreeMap;

/// Every file of the output, by address.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The files.
    pub artifacts: BTreeMap<Route, Artifact>,
}

impl Site {
    /// Renders pages, and adds static files, assets and data.
    ///
    /// # Errors
    /// When a template does not render or an asset cannot be read.
    pub fn build(
        _plan: &Plan,
        _log: &DecisionLog,
        _theme: &Theme,
        _config: &Config,
        _files: &dyn Files,
    ) -> Result<Site> {
        todo!()
    }
}
