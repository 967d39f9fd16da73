//! Dates that cannot follow one another.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::record::{Brownout, Deprecation, Record};
use crate::text::{Location, Span, Spanned};

pub(super) const RULE: Rule = Rule {
    name: "disordered-timeline",
    summary: "The dates of a deprecation are not in order.",
    page: include_str!("../../../content/rules/disordered-timeline.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

const ORDER: &str = "announce, brown out, lock, sunset, remove: put the dates in that order";

/// A date and what it is.
struct Day {
    name: &'static str,
    day: Date,
    span: Span,
}

/// A day that stands on the wrong side of another, and how it should stand.
struct Fault<'a> {
    wrong: &'a Day,
    other: &'a Day,
    should: &'static str,
}

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(deprecation) = &record.front.deprecation else { return };
    let days = Days::of(&deprecation.value);
    let faults = days.faults();
    // Where several days are on the wrong side of one, it is that one which is wrong.
    let is_pivot = |day: &&Day| faults.iter().filter(|fault| fault.other.span == day.span).count() > 1;
    if let Some(pivot) = days.announced.iter().chain(&days.sunset).find(is_pivot) {
        let wrong = faults.iter().filter(|fault| fault.other.span == pivot.span);
        let finding = report(record, pivot, &format!("the {} is out of order", pivot.name));
        found.push(wrong.fold(finding, |finding, fault| related(finding, record, fault.wrong)).with_help(ORDER));
        return;
    }
    for fault in &faults {
        let message = format!("the {} should be {} the {}", fault.wrong.name, fault.should, fault.other.name);
        let finding = related(report(record, fault.wrong, &message), record, fault.other);
        found.push(finding.with_help(ORDER));
    }
}

/// The days of a deprecation.
struct Days {
    announced: Option<Day>,
    brownouts: Vec<Day>,
    lock: Option<Day>,
    sunset: Option<Day>,
    removed: Option<Day>,
}

impl Days {
    fn of(deprecation: &Deprecation) -> Days {
        let day = |name, date: &Option<Spanned<Date>>| {
            date.as_ref().map(|date| Day { name, day: date.value, span: date.span })
        };
        let brownout = |row: &Spanned<Brownout>| Day { name: "brownout", day: row.value.start.day(), span: row.span };
        Days {
            announced: day("announcement", &deprecation.announced),
            brownouts: deprecation.brownouts.iter().map(brownout).collect(),
            lock: day("governance lock", &deprecation.governance_lock),
            sunset: day("sunset", &deprecation.sunset),
            removed: day("removal", &deprecation.removed),
        }
    }

    fn faults(&self) -> Vec<Fault<'_>> {
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
}

fn report(record: &Record, day: &Day, message: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, record.path(), day.span, message).with_label("out of order")
}

fn related(finding: Diagnostic, record: &Record, day: &Day) -> Diagnostic {
    finding.with_related(Location { path: record.path().clone(), span: day.span }, format!("the {}", day.name))
}
