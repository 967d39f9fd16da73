//! The days of a deprecation, and which of them cannot follow one another.

use super::demand::owes_nothing;
use crate::config::Decision;
use crate::date::Date;
use crate::record::{Brownout, Deprecation, Record};
use crate::text::{Span, Spanned};

/// A date and what it is.
pub(super) struct Day {
    /// What happens: `sunset`.
    pub(super) name: &'static str,
    /// When.
    pub(super) day: Date,
    /// Where it is written.
    pub(super) span: Span,
}

/// A day that stands on the wrong side of another, and how it should stand.
pub(super) struct Fault<'a> {
    /// The day that should have come at another time.
    pub(super) wrong: &'a Day,
    /// The one it is held against.
    pub(super) other: &'a Day,
    /// Such as `after`.
    pub(super) should: &'static str,
}

/// The days of a deprecation.
pub(super) struct Timeline {
    announced: Option<Day>,
    brownouts: Vec<Day>,
    lock: Option<Day>,
    sunset: Option<Day>,
    removed: Option<Day>,
}

/// What a record plans to take away; nothing where the plan itself was dropped. A decision may be deprecated by its plan.
pub(super) fn planned(record: &Record) -> Option<&Deprecation> {
    let is_deprecated = record.status.as_ref().is_some_and(|status| status.decision == Decision::Deprecated);
    let plan = record.front.deprecation.as_ref().filter(|_| is_deprecated || !owes_nothing(record))?;
    Some(&plan.value)
}

/// Which of a plan's days are out of order: nothing can be said yet of how far they lie apart, or behind us.
pub(super) fn amiss(deprecation: &Deprecation) -> Vec<Span> {
    Timeline::of(deprecation).faults().iter().flat_map(|fault| [fault.wrong.span, fault.other.span]).collect()
}

impl Timeline {
    /// The days that are given.
    pub(super) fn of(deprecation: &Deprecation) -> Timeline {
        let day = |name, date: &Option<Spanned<Date>>| {
            date.as_ref().map(|date| Day { name, day: date.value, span: date.span })
        };
        let brownout = |row: &Spanned<Brownout>| Day { name: "brownout", day: row.value.start.day(), span: row.span };
        Timeline {
            announced: day("announcement", &deprecation.announced),
            brownouts: deprecation.brownouts.iter().map(brownout).collect(),
            lock: day("governance lock", &deprecation.governance_lock),
            sunset: day("sunset", &deprecation.sunset),
            removed: day("removal", &deprecation.removed),
        }
    }

    /// The pairs that are out of order.
    pub(super) fn faults(&self) -> Vec<Fault<'_>> {
        let mut faults = Vec::new();
        let between = || self.brownouts.iter().chain(&self.lock);
        if let Some(announced) = &self.announced {
            let early = between().chain(&self.sunset).filter(|day| day.day <= announced.day);
            faults.extend(early.map(|wrong| Fault { wrong, other: announced, should: "after" }));
        }
        if let Some(sunset) = &self.sunset {
            let late = between().filter(|day| day.day >= sunset.day);
            faults.extend(late.map(|wrong| Fault { wrong, other: sunset, should: "before" }));
            let removed = self.removed.iter().filter(|removed| removed.day < sunset.day);
            faults.extend(removed.map(|wrong| Fault { wrong, other: sunset, should: "no earlier than" }));
        }
        faults
    }

    /// Where several days are on the wrong side of one, it is that one which is wrong.
    pub(super) fn pivot(&self, faults: &[Fault<'_>]) -> Option<&Day> {
        let is_pivot = |day: &&Day| faults.iter().filter(|fault| fault.other.span == day.span).count() > 1;
        self.announced.iter().chain(&self.sunset).find(is_pivot)
    }
}
