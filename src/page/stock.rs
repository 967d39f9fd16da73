//! What pages are made of besides their places.

use crate::check::Findings;
use crate::config::Config;
use crate::date::Date;
use crate::log::DecisionLog;
use crate::markdown::Diagrams;

/// What pages are made of, besides their places.
#[derive(Clone, Copy)]
pub struct Stock<'a> {
    /// The texts.
    pub log: &'a DecisionLog,
    /// The findings that pages show.
    pub found: &'a Findings,
    /// The settings.
    pub config: &'a Config,
    /// The day that they are as of.
    pub today: Date,
    /// What draws.
    pub diagrams: &'a Diagrams,
}
