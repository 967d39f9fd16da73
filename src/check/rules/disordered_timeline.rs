//! Dates that cannot follow one another.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::timeline::{Day, Fault, Timeline, planned};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::text::Location;

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

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(deprecation) = planned(record) else { return };
    let timeline = Timeline::of(deprecation);
    let faults = timeline.faults();
    let pivot = timeline.pivot(&faults);
    let is_of = |fault: &&Fault<'_>, day: &Day| [fault.wrong.span, fault.other.span].contains(&day.span);
    if let Some(pivot) = pivot {
        let finding = report(record, pivot, &format!("the {} is out of order", pivot.name));
        let wrong = faults.iter().filter(|fault| is_of(fault, pivot));
        let others = wrong.map(|fault| if fault.wrong.span == pivot.span { fault.other } else { fault.wrong });
        found.push(others.fold(finding, |finding, other| related(finding, record, other)).with_help(ORDER));
    }
    for fault in faults.iter().filter(|fault| !pivot.is_some_and(|pivot| is_of(fault, pivot))) {
        let message = format!("the {} should be {} the {}", fault.wrong.name, fault.should, fault.other.name);
        let finding = related(report(record, fault.wrong, &message), record, fault.other);
        found.push(finding.with_help(ORDER));
    }
}

fn report(record: &Record, day: &Day, message: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, record.path(), day.span, message).with_label("out of order")
}

fn related(finding: Diagnostic, record: &Record, day: &Day) -> Diagnostic {
    finding.with_related(Location { path: record.path().clone(), span: day.span }, format!("the {}", day.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    fn found(status: &str, dates: &str) -> Vec<String> {
        let text = format!("+++\ntitle = \"x\"\nstatus = \"{status}\"\n[deprecation]\n{dates}+++\n");
        let findings = trial::found(&RULE, "content/deprecation/0001-x.md", &text);
        findings.iter().map(|finding| finding.primary.span.of(&text).to_owned()).collect()
    }

    #[test]
    fn each_wrong_day_is_named_once() {
        let dates = "announced = 2026-07-01\ngovernance-lock = 2026-06-01\nsunset = 2026-06-15\nremoved = 2026-06-10\n";
        assert_eq!(found("announced", dates), ["2026-07-01", "2026-06-10"]);
        assert_eq!(found("announced", "sunset = 2026-06-15\nremoved = 2026-06-10\n"), ["2026-06-10"]);
        assert!(found("announced", "sunset = 2026-06-15\nremoved = 2026-06-15\n").is_empty());
        assert!(found("withdrawn", dates).is_empty());
    }
}
