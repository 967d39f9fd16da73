//! How a thing is taken away.

use crate::date::{Date, Moment};
use crate::text::Spanned;
use crate::value::Reader;

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

impl Deprecation {
    /// Reads `[deprecation]`.
    pub(super) fn read(table: Reader<'_>) -> Deprecation {
        let deprecation = Deprecation {
            target: table.text("target"),
            replacement: table.text("replacement"),
            owner: table.text("owner"),
            announced: table.date("announced"),
            brownouts: read_brownouts(&table),
            sunset: table.date("sunset"),
            removed: table.date("removed"),
            consumers: table.rows("consumers", read_consumer).into_iter().map(|row| row.value).collect(),
            governance_lock: table.date("governance-lock"),
        };
        table.finish();
        deprecation
    }
}

/// A brownout needs a start and a length; without a share all requests fail.
fn read_brownouts(table: &Reader<'_>) -> Vec<Spanned<Brownout>> {
    let mut brownouts = Vec::new();
    for row in table.tables("brownouts") {
        let reader = &row.value;
        let (start, minutes, share) = (reader.moment("start"), reader.integer("minutes"), reader.number("share"));
        let complaint = if reader.value("start").is_none() || reader.value("minutes").is_none() {
            Some("a brownout needs `start` and `minutes`")
        } else if minutes.is_some_and(|minutes| minutes.value <= 0) {
            Some("a brownout lasts at least a minute")
        } else if share.is_some_and(|share| !(0.0..=1.0).contains(&share.value)) {
            Some("the share of requests that fail lies between 0 and 1")
        } else {
            None
        };
        match (complaint, start, minutes) {
            (Some(complaint), ..) => reader.reject(
                row.span,
                complaint,
                "write `{ start = 2026-04-01T10:00:00Z, minutes = 15, share = 0.01 }`",
            ),
            (None, Some(start), Some(minutes)) => {
                let share = share.map_or(1.0, |share| share.value);
                brownouts.push(Spanned::new(Brownout { start: start.value, minutes: minutes.value, share }, row.span));
            }
            // The getter has said what is wrong with the value.
            (None, ..) => {}
        }
        row.value.finish();
    }
    brownouts
}

fn read_consumer(table: Reader<'_>) -> Consumer {
    let consumer = Consumer { name: table.text("name"), owner: table.text("owner"), migrated: table.date("migrated") };
    table.finish();
    consumer
}
