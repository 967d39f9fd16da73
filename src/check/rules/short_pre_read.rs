//! The readers had too little time before the meeting.

use crate::check::absence::absent_fields;
use crate::check::demand::owes_nothing;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::{Clock, Level, Policy};
use crate::date::{Calendar, Moment, Timestamp};
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::text::{Location, Spanned};
use jiff::ToSpan;

pub(super) const RULE: Rule = Rule {
    name: "short-pre-read",
    summary: "A review was held sooner after its pre-read went out than the policy allows.",
    page: include_str!("../../../content/rules/short-pre-read.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if owes_nothing(record) {
        return;
    }
    found.extend(absent_fields(RULE.name, record));
    let Some(review) = &record.front.review else { return };
    if let (Some(circulated), Some(held)) = (&review.value.circulated, &review.value.held) {
        found.extend(judge(record, circulated, held, &context.config.policy));
    }
}

fn judge(record: &Record, sent: &Spanned<Moment>, held: &Spanned<Moment>, policy: &Policy) -> Option<Diagnostic> {
    let figures = &policy.figures;
    let (hours, clock) = (figures.pre_read_hours.value, figures.pre_read_clock.value);
    let (kindest, strictest) = between(sent.value, held.value, &policy.calendar, clock);
    #[allow(clippy::cast_precision_loss, reason = "seconds of a review are far below 2^52")]
    let is_enough = |seconds: i64| seconds as f64 >= hours * 3600.0;
    if is_enough(strictest) {
        return None;
    }
    let sort = if clock == Clock::Business { "working hours" } else { "hours" };
    let (message, label, help) = if is_before(held.value, sent.value, &policy.calendar) {
        let help = "correct the times: the pre-read goes out first".to_owned();
        ("the review was held before its pre-read went out".to_owned(), "held".to_owned(), help)
    } else if is_enough(kindest) {
        let message = format!("it cannot be told whether the readers had {hours} {sort}");
        (message, "held".to_owned(), "give both a time and an offset, as in `2026-03-10T09:00:00Z`".to_owned())
    } else {
        let help = format!("hold the review {hours} {sort} after the pre-read, or send the text out again");
        (format!("the readers had less than {hours} {sort}"), format!("held after {}", in_hours(kindest)), help)
    };
    let at = Location { path: record.path().clone(), span: sent.span };
    let mut finding = Diagnostic::new(RULE.name, record.path(), held.span, message);
    finding = finding.with_label(label).with_related(at, "the pre-read went out").with_help(help);
    for at in [&figures.pre_read_hours.at, &figures.pre_read_clock.at].into_iter().flatten() {
        finding = finding.with_related(at.clone(), "asked for here");
    }
    Some(finding)
}

/// `47 h 59 min`.
fn in_hours(seconds: i64) -> String {
    match (seconds / 3600, seconds % 3600 / 60) {
        (hours, 0) => format!("{hours} h"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// The most and the fewest seconds that may lie between two moments; two bare days are a number of whole days apart.
fn between(sent: Moment, held: Moment, calendar: &Calendar, clock: Clock) -> (i64, i64) {
    let seconds = |from: Timestamp, to: Timestamp| match clock {
        Clock::Calendar => to.duration_since(from).as_secs(),
        Clock::Business => calendar.working_seconds(from, to),
    };
    let ((sent_first, sent_last), (held_first, held_last)) = (bounds(sent, calendar), bounds(held, calendar));
    match (sent, held) {
        (Moment::Day(_), Moment::Day(_)) => (seconds(sent_first, held_first), seconds(sent_first, held_first)),
        _ => (seconds(sent_first, held_last), seconds(sent_last, held_first)),
    }
}

fn is_before(held: Moment, sent: Moment, calendar: &Calendar) -> bool {
    let (end, start) = (bounds(held, calendar).1, bounds(sent, calendar).0);
    match held {
        Moment::Day(_) => end <= start,
        Moment::Instant { .. } => end < start,
    }
}

/// The first instant that a moment may mean, and the last; of a bare day the one at which the next day starts.
fn bounds(moment: Moment, calendar: &Calendar) -> (Timestamp, Timestamp) {
    match moment {
        Moment::Instant { at, .. } => (at, at),
        Moment::Day(day) => {
            let start = calendar.offset.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX);
            (start, start.checked_add(24.hours()).unwrap_or(Timestamp::MAX))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;
    use crate::config::{Config, Figure};
    use crate::source::Source;
    use crate::text::SourcePath;

    fn message(clock: Clock, sent: &str, held: &str) -> String {
        let text = format!("+++\nstatus = \"accepted\"\n[review]\ncirculated = {sent}\nheld = {held}\n+++\n");
        let source = Source::new(SourcePath::new("content/adr/0001-x.md"), text);
        let record = Record::parse(&source, &Config::builtin()).0;
        let mut policy = Policy::default();
        policy.figures.pre_read_clock = Figure::builtin(clock);
        let review = &record.front.review.as_ref().unwrap().value;
        let (sent, held) = (review.circulated.as_ref().unwrap(), review.held.as_ref().unwrap());
        judge(&record, sent, held, &policy).map(|finding| finding.message).unwrap_or_default()
    }

    #[test]
    fn the_second_counts() {
        let sent = "2026-03-09T09:00:00Z";
        let short = "the readers had less than 48 hours";
        assert_eq!(message(Clock::Calendar, sent, "2026-03-11T08:59:59Z"), short);
        assert_eq!(message(Clock::Calendar, sent, "2026-03-11T09:00:00Z"), "");
        assert_eq!(message(Clock::Calendar, sent, "2026-03-11T11:00:00+02:00"), "");
        assert_eq!(message(Clock::Calendar, sent, "2026-03-11T10:59:59+02:00"), short);
    }

    #[test]
    fn clocks_that_are_put_forward_or_back_change_no_hour() {
        let short = "the readers had less than 48 hours";
        for (sent, late, held) in [
            // Spring and autumn in Berlin, the end of a year, a leap day, and the edge of the world's days.
            ("2026-03-28T09:00:00+01:00", "2026-03-30T09:59:59+02:00", "2026-03-30T10:00:00+02:00"),
            ("2026-10-24T09:00:00+02:00", "2026-10-26T07:59:59+01:00", "2026-10-26T08:00:00+01:00"),
            ("2026-12-30T23:30:00Z", "2027-01-01T23:29:59Z", "2027-01-01T23:30:00Z"),
            ("2028-02-28T12:00:00Z", "2028-03-01T11:59:59Z", "2028-03-01T12:00:00Z"),
            ("2026-06-01T00:00:00+14:00", "2026-06-01T21:59:59-12:00", "2026-06-01T22:00:00-12:00"),
        ] {
            assert_eq!(message(Clock::Calendar, sent, late), short, "{sent} {late}");
            assert_eq!(message(Clock::Calendar, sent, held), "", "{sent} {held}");
        }
    }

    #[test]
    fn working_hours_are_six_days() {
        let (sent, short) = ("2026-03-09T09:00:00Z", "the readers had less than 48 working hours");
        assert_eq!(message(Clock::Business, sent, "2026-03-16T16:59:59Z"), short);
        assert_eq!(message(Clock::Business, sent, "2026-03-16T17:00:00Z"), "");
        assert_eq!(message(Clock::Business, "2026-03-09", "2026-03-16"), short);
        assert_eq!(message(Clock::Business, "2026-03-09", "2026-03-17"), "");
    }

    #[test]
    fn what_a_bare_day_leaves_open_is_said_to_be_open() {
        let (short, open) =
            ("the readers had less than 48 hours", "it cannot be told whether the readers had 48 hours");
        for (sent, held, expected) in [
            ("2026-03-10", "2026-03-11", short),
            ("2026-03-10", "2026-03-12", ""),
            ("2026-03-10", "2026-03-11T23:00:00Z", short),
            ("2026-03-10", "2026-03-12T18:00:00Z", open),
            ("2026-03-10", "2026-03-13T00:00:00Z", ""),
            ("2026-03-10T09:00:00Z", "2026-03-11", short),
            ("2026-03-10T09:00:00Z", "2026-03-12", open),
            ("2026-03-10T09:00:00Z", "2026-03-13", ""),
            ("2026-03-10", "9999-12-31", ""),
        ] {
            assert_eq!(message(Clock::Calendar, sent, held), expected, "{sent} {held}");
        }
    }

    #[test]
    fn a_review_before_its_pre_read_is_called_that() {
        let before = "the review was held before its pre-read went out";
        for (sent, held) in [
            ("2026-03-10", "2026-03-09"),
            ("2026-03-10T00:00:00Z", "2026-03-09"),
            ("2026-03-10", "2026-03-09T23:59:59Z"),
            ("2026-03-10T09:00:00Z", "2026-03-10T08:59:59Z"),
        ] {
            for clock in [Clock::Calendar, Clock::Business] {
                assert_eq!(message(clock, sent, held), before, "{sent} {held}");
            }
        }
        let same = message(Clock::Calendar, "2026-03-10T09:00:00Z", "2026-03-10T09:00:00Z");
        assert_eq!(same, "the readers had less than 48 hours");
    }

    #[test]
    fn what_was_turned_down_owes_nothing() {
        let found = |status: &str| {
            let text =
                format!("+++\nstatus = \"{status}\"\n[review]\ncirculated = 2026-03-10\nheld = 2026-03-11\n+++\n");
            trial::found(&RULE, "content/rfc/0001-x.md", &text).len()
        };
        for status in ["rejected", "withdrawn", "deferred", "superseded", "abandoned"] {
            assert_eq!(found(status), 0, "{status}");
        }
        for status in ["draft", "formal-review", "approved", "complete"] {
            assert_eq!(found(status), 1, "{status}");
        }
    }
}
