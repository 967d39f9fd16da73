//! What the process asks of a record.

use crate::date::{Calendar, Date};
use crate::text::{Location, SourcePath, Spanned};
use std::collections::BTreeMap;

/// Whether a rule speaks, and how loudly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It does not speak.
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error, and fails the run.
    Deny,
}

/// What the organisation says of a rule: `"warn"`, or `{ level = "deny", since = 2026-01-01, statuses = { draft = "warn" } }`.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSetting {
    /// How loudly it speaks; `None` leaves that as it is elsewhere.
    pub level: Option<Level>,
    /// Levels for single statuses, by the status's name, each with the place of the name; they come before `level`, and before
    /// the mildness towards drafts.
    pub statuses: BTreeMap<String, Spanned<Level>>,
    /// From which record on it speaks at all.
    pub since: Option<Spanned<Since>>,
    /// The rule's name where the organisation wrote it.
    pub at: Location,
}

/// From which record on a rule speaks: what was decided before it was agreed on is left in peace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// Records created on this day or later, and those that do not say when they were.
    Day(Date),
    /// Records of the same series from this id on, as written: `RFC-0042`.
    Id(String),
}

/// A figure of the process, and where the organisation set it; `None` for the built-in one.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure<T> {
    /// The figure.
    pub value: T,
    /// Its place in `precedent.toml`.
    pub at: Option<Location>,
}

/// How the hours of a pre-read are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Every hour counts.
    Calendar,
    /// Only the hours of working days count: see [`Calendar`].
    Business,
}

/// `[policy]`: the figures that rules hold records to.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Hours between a pre-read and its meeting, at least: `pre-read-hours`.
    pub pre_read_hours: Figure<f64>,
    /// Which hours count: `pre-read-clock`.
    pub pre_read_clock: Figure<Clock>,
    /// Days in review, at most: `review-days`.
    pub review_days: Figure<i64>,
    /// Days without a change, at most, for a draft: `draft-days`.
    pub draft_days: Figure<i64>,
    /// Days that an escalation may stay open: `escalation-days`.
    pub escalation_days: Figure<i64>,
    /// Days between the announcement of a deprecation and its sunset, at least: `notice-days`.
    pub notice_days: Figure<i64>,
    /// Addenda in force, at most, before a record is to be written anew: `addenda`.
    pub addenda: Figure<i64>,
    /// Share of the cost of building that maintenance takes in a year, at least: `maintenance-rate`.
    pub maintenance_rate: Figure<f64>,
}

/// The house rules.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// What the organisation says of rules, by rule.
    pub rules: BTreeMap<String, RuleSetting>,
    /// The figures of the process.
    pub figures: Figures,
    /// Working days, hours and holidays.
    pub calendar: Calendar,
    /// The file of findings that are left in peace, relative to the root; empty for none.
    pub baseline: String,
    /// People and teams by handle; empty means that handles are free text.
    pub people: BTreeMap<String, Person>,
    /// Where ticket ids lead.
    pub trackers: Vec<Tracker>,
    /// Keys of the front matter that are the organisation's own.
    pub fields: Vec<String>,
    /// Statuses that a file's place gives it.
    pub states: States,
    /// Which number of `03/04/2026` is the day, where the settings say so or the log's other days show it.
    pub dates: Option<DayOrder>,
    /// Whether the settings say so.
    pub dates_are_set: bool,
    /// Whether new records get a head of this tool in a log of another form, too.
    pub native_drafts: bool,
}

/// Which number comes first in a day whose year comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// `23/02/2026`.
    DayFirst,
    /// `02/23/2026`.
    MonthFirst,
}

/// Statuses that the organisation tells by where a file lies, or by what it is called.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct States {
    /// By the name of a folder that the file lies in, at any depth: `rejected`.
    pub folders: Vec<(String, String)>,
    /// By a word of the file's name, between its marks: `0007-x.rejected.md`.
    pub names: Vec<(String, String)>,
}

impl States {
    /// The status that a file's place gives it: its name's before its folders', and the nearest folder's before those above.
    pub fn of(&self, path: &SourcePath) -> Option<&str> {
        let named = |states: &'_ [(String, String)], word: &str| {
            states.iter().position(|(known, _)| known.eq_ignore_ascii_case(word))
        };
        if self.folders.is_empty() && self.names.is_empty() {
            return None;
        }
        let mut words = path.stem().split(['-', '_', '.', ' ']).rev();
        if let Some((_, status)) = words.find_map(|word| named(&self.names, word)).and_then(|at| self.names.get(at)) {
            return Some(status);
        }
        let mut folders = path.folder().rsplit('/');
        let at = folders.find_map(|folder| named(&self.folders, folder))?;
        self.folders.get(at).map(|(_, status)| status.as_str())
    }
}

/// Someone who owns decisions.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// For readers.
    pub name: String,
    /// What they do.
    pub role: String,
    /// Where they do it.
    pub team: String,
    /// Whether they are still here.
    pub active: bool,
    /// Their handle in `precedent.toml`.
    pub at: Location,
}

/// Where ticket ids lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Tracker {
    /// What its ids start with: `BILL-`.
    pub prefix: Spanned<String>,
    /// The address, with `{id}` in it.
    pub url: String,
}

impl<T> Figure<T> {
    /// A built-in figure.
    pub fn builtin(value: T) -> Figure<T> {
        Figure { value, at: None }
    }
}

impl Default for Figures {
    /// Two days for a pre-read; two weeks in review; a quarter for drafts and for notice; a fifth for maintenance.
    fn default() -> Figures {
        Figures {
            pre_read_hours: Figure::builtin(48.0),
            pre_read_clock: Figure::builtin(Clock::Calendar),
            review_days: Figure::builtin(14),
            draft_days: Figure::builtin(90),
            escalation_days: Figure::builtin(7),
            notice_days: Figure::builtin(90),
            addenda: Figure::builtin(3),
            maintenance_rate: Figure::builtin(0.2),
        }
    }
}
