//! What a rule is.

use crate::config::{Config, Decision, Level};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::record::{Headings, Record};
use std::cell::OnceCell;
use std::ops::Deref;

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
    /// Reported by the stages before: reading files, front matter and configuration; and by the checks' own comments.
    Read,
    /// Reported when pages are planned.
    Page,
    /// One record alone.
    Record(fn(&Subject<'_>, &Context<'_>, &mut Vec<Diagnostic>)),
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

/// A record under examination: the record itself, and what several rules ask of it, found once.
pub struct Subject<'a> {
    record: &'a Record,
    headings: OnceCell<Headings<'a>>,
}

impl<'a> Subject<'a> {
    /// Takes up a record.
    pub fn new(record: &'a Record) -> Subject<'a> {
        Subject { record, headings: OnceCell::new() }
    }

    /// The record's headings by the names of sections.
    pub fn headings(&self) -> &Headings<'a> {
        self.headings.get_or_init(|| Headings::of(self.record))
    }

    /// What the status says about the decision; `None` without a known status.
    pub fn decision(&self) -> Option<Decision> {
        self.record.status.as_ref().map(|status| status.decision)
    }
}

impl Deref for Subject<'_> {
    type Target = Record;

    fn deref(&self) -> &Record {
        self.record
    }
}
