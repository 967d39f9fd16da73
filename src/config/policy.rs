//! What the process asks of a record.

use crate::text::{Location, Spanned};
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

/// The house rules.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// Levels by rule, where the organisation sets them; each with its place in `precedent.toml`.
    pub levels: BTreeMap<String, (Level, Location)>,
    /// People and teams by handle; empty means that handles are free text.
    pub people: BTreeMap<String, Person>,
    /// Where ticket ids lead.
    pub trackers: Vec<Tracker>,
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
}

/// Where ticket ids lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Tracker {
    /// What its ids start with: `BILL-`.
    pub prefix: Spanned<String>,
    /// The address, with `{id}` in it.
    pub url: String,
}
