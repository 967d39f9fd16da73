//! What a rule is.

use super::told::Told;
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

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The text of a record, and what it says of itself.
    Text,
    /// Links, images, diagrams, and what records are to one another.
    Links,
    /// How well a decision was thought through.
    Quality,
    /// Who takes part, and when.
    People,
    /// What is owed once a decision is in force.
    After,
    /// How a thing is taken away.
    Deprecation,
    /// The checks' own comments, and the pages of the site.
    Site,
}

impl Group {
    /// For readers: `People and time`.
    pub fn label(self) -> &'static str {
        match self {
            Group::Text => "Text and front matter",
            Group::Links => "Links and relations",
            Group::Quality => "Quality of the decision",
            Group::People => "People and time",
            Group::After => "After approval",
            Group::Deprecation => "Deprecation",
            Group::Site => "The checks and the site",
        }
    }

    /// Whether a record is past the rules of this group once another has taken its place, whatever its own status still says:
    /// nobody is asked to touch it any more.
    pub(super) fn lapses(self) -> bool {
        matches!(self, Group::Quality | Group::People | Group::After | Group::Deprecation)
    }
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
    /// One record among the others, by its position. What it finds stands in that record's file, and is kept until something else
    /// comes of what it may ask: which files and ids there are, and which of the repository's papers others link; and of the records
    /// that this one names or that name it, what others see of them, their headings and anchors, the words around a mention, and
    /// who has taken their place.
    Among(fn(&DecisionLog, usize, &Context<'_>, &mut Vec<Diagnostic>)),
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
    told: OnceCell<Told<'a>>,
}

impl<'a> Subject<'a> {
    /// Takes up a record.
    pub fn new(record: &'a Record) -> Subject<'a> {
        Subject { record, headings: OnceCell::new(), told: OnceCell::new() }
    }

    /// The record's headings by the names of sections.
    pub fn headings(&self) -> &Headings<'a> {
        self.headings.get_or_init(|| Headings::of(self.record))
    }

    /// What the record tells outside the names of its sections.
    pub(super) fn told(&self) -> &Told<'a> {
        self.told.get_or_init(|| Told::of(self.record))
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
