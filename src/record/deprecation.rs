//! How a thing is taken away.

use crate::date::{Date, Moment};
use crate::text::Spanned;

/// Announced, browned out, gone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deprecation {
    /// What goes.
    pub target: Option<Spanned<String>>,
    /// What takes its place: a record or an address.
    pub replacement: Option<Spanned<String>>,
    /// Who answers for it.
    pub owner: Option<Spanned<String>>,
    /// When it was made known.
    pub announced: Option<Spanned<Date>>,
    /// Planned, temporary failures.
    pub brownouts: Vec<Spanned<Brownout>>,
    /// When it stops answering (RFC 8594's word).
    pub sunset: Option<Spanned<Date>>,
    /// When its code is gone.
    pub removed: Option<Spanned<Date>>,
    /// Who has to move.
    pub consumers: Vec<Consumer>,
    /// From when teams that have not moved may not ship new features.
    pub governance_lock: Option<Spanned<Date>>,
}

/// A planned, temporary failure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brownout {
    /// When it starts.
    pub start: Moment,
    /// How long, in minutes.
    pub minutes: i64,
    /// Share of requests that fail, 0 to 1.
    pub share: f64,
}

/// Someone who has to move.
#[derive(Clone, Debug, PartialEq)]
pub struct Consumer {
    /// Which system.
    pub name: Option<Spanned<String>>,
    /// Whose it is.
    pub owner: Option<Spanned<String>>,
    /// When it had moved.
    pub migrated: Option<Spanned<Date>>,
}
