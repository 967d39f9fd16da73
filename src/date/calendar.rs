//! Working days and working hours.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;

/// When people work, in one time zone of a fixed offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Days of the week on which people work.
    pub working_days: Vec<Weekday>,
    /// When a working day starts.
    pub opens: Time,
    /// When it ends, later than it starts.
    pub closes: Time,
    /// Where those hours are kept.
    pub offset: Offset,
    /// Days on which nobody works.
    pub holidays: BTreeSet<Date>,
}

impl Default for Calendar {
    /// Monday to Friday, from nine to five, in UTC, without holidays.
    fn default() -> Calendar {
        let working_days =
            vec![Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
        let (opens, closes) = (Time::constant(9, 0, 0, 0), Time::constant(17, 0, 0, 0));
        Calendar { working_days, opens, closes, offset: Offset::UTC, holidays: BTreeSet::new() }
    }
}

impl Calendar {
    /// Whether people work on a day.
    pub fn is_working_day(&self, day: Date) -> bool {
        self.working_days.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// Seconds of working time between two instants; none when the second is not the later one.
    pub fn working_seconds(&self, from: Timestamp, to: Timestamp) -> i64 {
        let (from, to) = (self.offset.to_datetime(from), self.offset.to_datetime(to));
        let mut seconds = 0;
        let mut day = from.date();
        while day <= to.date() {
            if self.is_working_day(day) {
                let (opens, closes) = (day.to_datetime(self.opens), day.to_datetime(self.closes));
                let (start, end) = (opens.max(from), closes.min(to));
                if start < end {
                    seconds += end.duration_since(start).as_secs();
                }
            }
            let Ok(next) = day.checked_add(1.day()) else { break };
            day = next;
        }
        seconds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_working_hours_count() {
        let calendar = Calendar::default();
        let hours =
            |from: &str, to: &str| calendar.working_seconds(from.parse().unwrap(), to.parse().unwrap()) as f64 / 3600.0;
        // Friday afternoon to Monday noon: one hour, and three.
        assert_eq!(hours("2026-03-06T16:00:00Z", "2026-03-09T12:00:00Z"), 4.0);
        assert_eq!(hours("2026-03-07T00:00:00Z", "2026-03-08T23:00:00Z"), 0.0);
        assert_eq!(hours("2026-03-09T12:00:00Z", "2026-03-06T16:00:00Z"), 0.0);
    }
}
