//! A day or an instant, as authors write them.

use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt;

/// A moment as an author writes it: a day, or a time on a day with an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A calendar day, without a time.
    Day(Date),
    /// An instant.
    Instant {
        /// The instant.
        at: Timestamp,
        /// The day as written, in the author's own offset.
        day: Date,
    },
}

/// As it is written in a record: a bare day, or an instant as in RFC 3339, in UTC.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Day(day) => day.fmt(f),
            Moment::Instant { at, .. } => at.fmt(f),
        }
    }
}

impl Moment {
    /// Reads `2026-03-10` or `2026-03-10T09:00:00Z` (a space instead of `T` will do; an offset is needed with a time).
    pub fn parse(text: &str) -> Option<Moment> {
        if let Some(day) = parse_date(text) {
            return Some(Moment::Day(day));
        }
        let text = text.trim();
        let day = parse_date(text.get(..10)?)?;
        let at = text.parse::<Timestamp>().ok()?;
        Some(Moment::Instant { at, day })
    }

    /// The day it falls on, as written.
    pub fn day(self) -> Date {
        match self {
            Moment::Day(day) | Moment::Instant { day, .. } => day,
        }
    }
}

/// Reads `2026-03-10`, and only a day that exists.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(year) && digits(month) && digits(day)) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist() {
        assert!(parse_date("2026-02-28").is_some());
        for wrong in ["2026-02-30", "2026-2-3", "03/04/2026", "2026-13-01", "", "2026-03-10T09:00:00Z"] {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_time_needs_an_offset() {
        assert!(matches!(Moment::parse("2026-03-10"), Some(Moment::Day(_))));
        assert!(matches!(Moment::parse("2026-03-10T09:00:00+02:00"), Some(Moment::Instant { .. })));
        assert_eq!(Moment::parse("2026-03-10T09:00:00"), None);
    }
}
