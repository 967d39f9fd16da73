//! Working days and working hours.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::Offset;
use std::collections::BTreeSet;
use std::ops::Bound;

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
        if from >= to {
            return 0;
        }
        let (first, last) = (from.date(), to.date());
        if first == last {
            return self.seconds_on(first, from, to);
        }
        let day = self.closes.duration_since(self.opens).as_secs();
        self.seconds_on(first, from, to) + day * self.days_between(first, last) + self.seconds_on(last, from, to)
    }

    /// Seconds of working time on one day, between two times.
    fn seconds_on(&self, day: Date, from: DateTime, to: DateTime) -> i64 {
        let (start, end) = (day.to_datetime(self.opens).max(from), day.to_datetime(self.closes).min(to));
        if self.is_working_day(day) && start < end { end.duration_since(start).as_secs() } else { 0 }
    }

    /// Working days after one day and before a later one, by whole weeks: an author may write any two years.
    fn days_between(&self, first: Date, last: Date) -> i64 {
        let is_open = |day: &Weekday| self.working_days.contains(day);
        let days = i64::from((last - first).get_days()) - 1;
        let week = (0..7).zip(first.weekday().next().cycle_forward());
        let (whole, rest) = (days / 7, days % 7);
        let open: i64 = week.filter(|(_, day)| is_open(day)).map(|(at, _)| whole + i64::from(at < rest)).sum();
        let holidays = self.holidays.range((Bound::Excluded(first), Bound::Excluded(last)));
        let lost: i64 = holidays.filter(|day| is_open(&day.weekday())).map(|_| 1).sum();
        open - lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    fn seconds(calendar: &Calendar, from: &str, to: &str) -> i64 {
        calendar.working_seconds(from.parse().unwrap(), to.parse().unwrap())
    }

    fn hours(calendar: &Calendar, from: &str, to: &str) -> f64 {
        seconds(calendar, from, to) as f64 / 3600.0
    }

    #[test]
    fn only_working_hours_count() {
        let calendar = Calendar::default();
        // Friday afternoon to Monday noon: one hour, and three.
        assert_eq!(hours(&calendar, "2026-03-06T16:00:00Z", "2026-03-09T12:00:00Z"), 4.0);
        assert_eq!(hours(&calendar, "2026-03-07T00:00:00Z", "2026-03-08T23:00:00Z"), 0.0);
        // Before the day opens and after it closes nothing is gained.
        assert_eq!(hours(&calendar, "2026-03-09T00:00:00Z", "2026-03-09T23:59:59Z"), 8.0);
        assert_eq!(hours(&calendar, "2026-03-09T17:00:00Z", "2026-03-10T09:00:00Z"), 0.0);
        assert_eq!(hours(&calendar, "2026-03-09T12:15:00Z", "2026-03-09T12:45:00Z"), 0.5);
    }

    #[test]
    fn no_time_passes_between_an_instant_and_itself_or_one_before_it() {
        let calendar = Calendar::default();
        assert_eq!(seconds(&calendar, "2026-03-09T12:00:00Z", "2026-03-09T12:00:00Z"), 0);
        assert_eq!(seconds(&calendar, "2026-03-09T12:00:00Z", "2026-03-09T14:00:00+02:00"), 0);
        assert_eq!(seconds(&calendar, "2026-03-09T12:00:00Z", "2026-03-06T16:00:00Z"), 0);
        assert_eq!(seconds(&calendar, "2026-03-09T12:00:01Z", "2026-03-09T12:00:00Z"), 0);
    }

    #[test]
    fn seconds_are_exact_to_the_last() {
        let calendar = Calendar::default();
        let from = "2026-03-09T09:00:00Z";
        assert_eq!(seconds(&calendar, from, "2026-03-16T16:59:59Z"), 48 * 3600 - 1);
        assert_eq!(seconds(&calendar, from, "2026-03-16T17:00:00Z"), 48 * 3600);
        assert_eq!(seconds(&calendar, from, "2026-03-16T17:00:01Z"), 48 * 3600);
        assert_eq!(seconds(&calendar, from, "2026-03-17T09:00:01Z"), 48 * 3600 + 1);
    }

    #[test]
    fn holidays_take_their_hours_away() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let holidays = BTreeSet::from([day("2026-12-25"), day("2026-12-26"), day("2027-01-01")]);
        let calendar = Calendar { holidays, ..Calendar::default() };
        // 25 December 2026 and 1 January 2027 are Fridays; 26 December is a Saturday and takes nothing away twice.
        assert_eq!(hours(&calendar, "2026-12-24T09:00:00Z", "2026-12-28T17:00:00Z"), 16.0);
        assert_eq!(hours(&calendar, "2026-12-25T10:00:00Z", "2026-12-25T16:00:00Z"), 0.0);
        assert_eq!(hours(&calendar, "2026-12-25T10:00:00Z", "2026-12-28T10:00:00Z"), 1.0);
        assert_eq!(hours(&calendar, "2026-12-28T10:00:00Z", "2027-01-01T16:00:00Z"), 31.0);
        assert_eq!(hours(&calendar, "2026-12-21T00:00:00Z", "2027-01-04T00:00:00Z"), 64.0);
    }

    #[test]
    fn hours_are_kept_where_the_calendar_says() {
        let calendar = |seconds| Calendar { offset: Offset::from_seconds(seconds).unwrap(), ..Calendar::default() };
        let (from, to) = ("2026-03-09T00:00:00Z", "2026-03-10T00:00:00Z");
        // In Kolkata the day is open from 03:30 to 11:30 UTC.
        let east = calendar(19_800);
        assert_eq!(hours(&east, from, to), 8.0);
        assert_eq!(hours(&east, from, "2026-03-09T04:00:00Z"), 0.5);
        assert_eq!(hours(&east, "2026-03-09T11:30:00Z", to), 0.0);
        // Eight hours west of UTC it is open from 17:00 UTC to 01:00 on the next day, so Friday ends on Saturday.
        let west = calendar(-8 * 3600);
        assert_eq!(hours(&west, from, to), 7.0);
        assert_eq!(hours(&west, "2026-03-14T00:00:00Z", "2026-03-14T12:00:00Z"), 1.0);
        // How an author writes an instant changes nothing.
        assert_eq!(
            seconds(&west, "2026-03-09T18:00:00+01:00", "2026-03-09T19:00:00+01:00"),
            seconds(&west, "2026-03-09T17:00:00Z", "2026-03-09T18:00:00Z")
        );
    }

    #[test]
    fn a_week_may_be_any_days_at_any_hours() {
        let (opens, closes) = (Time::constant(10, 30, 0, 0), Time::constant(14, 0, 0, 0));
        let working_days = vec![Weekday::Sunday, Weekday::Tuesday, Weekday::Sunday];
        let calendar = Calendar { working_days, opens, closes, ..Calendar::default() };
        assert_eq!(hours(&calendar, "2026-03-08T00:00:00Z", "2026-03-15T00:00:00Z"), 7.0);
        assert_eq!(hours(&calendar, "2026-03-08T13:00:00Z", "2026-03-10T11:00:00Z"), 1.5);
    }

    #[test]
    fn any_span_is_the_sum_of_its_days() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let holidays = BTreeSet::from([day("2026-03-11"), day("2026-03-15"), day("2026-04-03")]);
        let calendar = Calendar { holidays, offset: Offset::constant(3), ..Calendar::default() };
        let start: Timestamp = "2026-03-04T05:17:43Z".parse().unwrap();
        let at = |hours: i64| start.checked_add(hours.hours()).unwrap();
        for length in 0..800 {
            let parts: i64 = (0..length).map(|hour| calendar.working_seconds(at(hour), at(hour + 1))).sum();
            assert_eq!(calendar.working_seconds(start, at(length)), parts, "{length} hours");
        }
    }

    #[test]
    fn the_longest_spans_are_counted_at_once() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let holidays = (1826..=2025).map(|year| Date::new(year, 12, 25).unwrap()).chain([day("9999-12-24")]);
        let calendar = Calendar { holidays: holidays.collect(), ..Calendar::default() };
        // From 1826 to 2025 there are 52,178 days from Monday to Friday, and 144 times Christmas is one of them.
        assert_eq!(hours(&calendar, "1826-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), f64::from((52_178 - 144) * 8));
        // Day by day, this would take the better part of an hour.
        let all = calendar.working_seconds(Timestamp::MIN, Timestamp::MAX);
        assert!((0..10_000).all(|_| calendar.working_seconds(Timestamp::MIN, Timestamp::MAX) == all));
    }
}
