//! The one place where the clock is read.

use crate::date::{Date, Moment, Timestamp, parse_date};
use crate::error::{Error, Result};
use jiff::tz::TimeZone;

/// The day that time-based rules speak of: `as_of`, else the day of `SOURCE_DATE_EPOCH`, else today, in UTC.
///
/// # Errors
/// When `SOURCE_DATE_EPOCH` is set and is not a number of seconds since 1970.
pub(super) fn today(as_of: Option<Date>, source_date_epoch: Option<&str>) -> Result<Date> {
    as_of.map_or_else(|| instant(source_date_epoch).map(day), Ok)
}

/// The moment that a command stamps: the day `as_of`, else the second of `SOURCE_DATE_EPOCH`, else this one.
///
/// # Errors
/// When `SOURCE_DATE_EPOCH` is set and is not a number of seconds since 1970.
pub(super) fn moment(as_of: Option<Date>, source_date_epoch: Option<&str>) -> Result<Moment> {
    if let Some(day) = as_of {
        return Ok(Moment::Day(day));
    }
    let instant = instant(source_date_epoch)?;
    // Nobody sends a text by the millisecond.
    let at = Timestamp::from_second(instant.as_second()).unwrap_or(instant);
    Ok(Moment::Instant { at, day: day(at) })
}

fn instant(source_date_epoch: Option<&str>) -> Result<Timestamp> {
    let Some(epoch) = source_date_epoch.filter(|epoch| !epoch.is_empty()) else { return Ok(now()) };
    let instant = epoch.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let message = || format!("SOURCE_DATE_EPOCH is `{}`, not a number of seconds since 1970", epoch.escape_debug());
    instant.ok_or_else(|| Error::Refused { message: message() })
}

/// Reads a date given on the command line.
pub(super) fn date_argument(text: &str) -> std::result::Result<Date, String> {
    parse_date(text).ok_or_else(|| "a date is written as year-month-day: 2026-03-10".to_owned())
}

fn day(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::UTC).date()
}

#[allow(clippy::disallowed_methods, reason = "the clock is read here and nowhere else")]
fn now() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_last_counts() {
        let given = parse_date("2026-03-10");
        assert_eq!(today(given, Some("0")).ok(), given);
        assert_eq!(today(None, Some("86400")).ok(), parse_date("1970-01-02"));
        assert!(today(None, Some("yesterday")).is_err());
        assert!(today(None, Some("99999999999999999999")).is_err());
        assert!(today(None, None).is_ok());
    }
}
