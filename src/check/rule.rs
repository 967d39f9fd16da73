//! What a rule is.

use crate::config::{Config, Level};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::record::Record;

/// A rule, as data.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Reads well after "allow": `allow short-pre-read`.
    pub name: &'static str,
    /// What it finds, as one sentence with a full stop.
    pub summary: &'static str,
    /// The catalogue page (Markdown), whose examples are the rule's tests.
    pub page: &'static str,
    /// How loudly it speaks unless the organisation says otherwise.
    pub level: Level,
    /// How loudly it speaks about drafts at most; process rules are lenient there.
    pub in_drafts: Level,
    /// The version of the tool that brought it.
    pub since: &'static str,
    /// What it looks at.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Reported by the stages before: reading files, front matter and configuration.
    Read,
    /// One record alone.
    Record(fn(&Record, &Context<'_>, &mut Vec<Diagnostic>)),
    /// The whole log.
    Log(fn(&DecisionLog, &Context<'_>, &mut Vec<Diagnostic>)),
}

/// What a rule may know besides.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Kinds and policy.
    pub config: &'a Config,
    /// The day that time-based rules speak of.
    pub today: Date,
    /// For the rule on diagrams; remembers what was drawn.
    pub diagrams: &'a Diagrams,
}
