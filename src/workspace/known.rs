//! What the last preview was made of.

use super::examine::Examined;
use super::joined::Joined;
use super::ledger::Ledger;
use super::memory::Stamp;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::report::Baseline;
use crate::source::{Source, Sources};
use std::sync::Arc;

/// The settings as they were found.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) source: Option<Source>,
    pub(super) config: Arc<Config>,
    /// What is wrong with them.
    pub(super) found: Vec<Diagnostic>,
}

/// What the last preview was made of, stage by stage.
pub(super) struct Known {
    pub(super) settings: Settings,
    pub(super) stamp: Stamp,
    /// The findings that were left in peace.
    pub(super) baseline: Option<Baseline>,
    pub(super) sources: Sources<Arc<Examined>>,
    pub(super) joined: Joined,
    pub(super) ledger: Ledger,
}
