//! A brownout that tells less than the one before it.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::timeline::{amiss, planned};
use crate::config::Level;
use crate::date::{Date, Moment, Timestamp};
use crate::diagnostic::Diagnostic;
use crate::record::Brownout;
use crate::text::{Location, Spanned};

pub(super) const RULE: Rule = Rule {
    name: "shrinking-brownouts",
    summary: "A brownout is milder than the one before it.",
    page: include_str!("../../../content/rules/shrinking-brownouts.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(deprecation) = planned(record) else { return };
    // One that stands outside the timeline is to be moved first; where it will then stand among the others, nobody knows.
    let amiss = amiss(deprecation);
    let mut brownouts: Vec<&Spanned<Brownout>> =
        deprecation.brownouts.iter().filter(|brownout| !amiss.contains(&brownout.span)).collect();
    brownouts.sort_by_key(|brownout| order(brownout.value.start));
    for (at, after) in brownouts.iter().enumerate() {
        let Some(before) = brownouts.iter().take(at).rev().find(|before| is_milder(after.value, before.value)) else {
            continue;
        };
        let at = Location { path: record.path().clone(), span: before.span };
        let finding =
            Diagnostic::new(RULE.name, record.path(), after.span, "this brownout is milder than one before it");
        let finding = finding.with_label("shorter, or of a smaller share").with_related(at, "one before it");
        found.push(finding.with_help("let each one be longer or reach more requests: the mild ones come first"));
    }
}

fn order(start: Moment) -> (Date, Option<Timestamp>) {
    match start {
        Moment::Day(day) => (day, None),
        Moment::Instant { at, day } => (day, Some(at)),
    }
}

/// Whether a brownout is shorter than another or of a smaller share, and makes up for it by neither.
fn is_milder(one: Brownout, other: Brownout) -> bool {
    let is_less = one.minutes < other.minutes || one.share < other.share;
    is_less && one.minutes <= other.minutes && one.share <= other.share
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    fn found(brownouts: &[(&str, u8, f64)]) -> Vec<String> {
        let rows = brownouts.iter().map(|(start, minutes, share)| {
            format!("[[deprecation.brownouts]]\nstart = {start}\nminutes = {minutes}\nshare = {share}\n")
        });
        let rows: String = rows.collect();
        let head =
            "title = \"x\"\nstatus = \"announced\"\n[deprecation]\nannounced = 2026-03-01\nsunset = 2026-09-30\n";
        let text = format!("+++\n{head}{rows}+++\n");
        let findings = trial::found(&RULE, "content/deprecation/0001-x.md", &text);
        findings.iter().map(|finding| finding.message.clone()).collect()
    }

    #[test]
    fn brownouts_grow_in_the_order_of_their_days() {
        let (small, large) = (("2026-04-01", 15, 0.01), ("2026-05-01", 60, 0.5));
        assert!(found(&[small, large]).is_empty() && found(&[large, small]).is_empty());
        assert!(found(&[small, ("2026-04-02", 15, 0.01)]).is_empty());
        assert!(found(&[large, ("2026-06-01", 30, 0.6)]).is_empty());
        assert_eq!(found(&[small, ("2026-03-15", 60, 0.5)]).len(), 1);
        // Not milder than the one just before, but than the one before that.
        assert_eq!(found(&[large, ("2026-06-01", 10, 0.6), ("2026-07-01", 20, 0.4)]).len(), 1);
        // The last one comes after the sunset, which is another fault.
        assert!(found(&[large, ("2026-10-01", 5, 0.01)]).is_empty());
    }
}
