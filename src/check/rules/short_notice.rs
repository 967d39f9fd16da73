//! Too little time to move.

use crate::check::overdue::days_since;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::timeline::{amiss, planned};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "short-notice",
    summary: "The time from announcement to sunset is shorter than the policy allows.",
    page: include_str!("../../../content/rules/short-notice.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(deprecation) = planned(record) else { return };
    let (Some(announced), Some(sunset)) = (&deprecation.announced, &deprecation.sunset) else { return };
    let (days, least) = (days_since(announced.value, sunset.value), &context.config.policy.figures.notice_days);
    if days >= least.value {
        return;
    }
    // A day that is out of order is another rule's matter, and will be moved.
    let amiss = amiss(deprecation);
    if amiss.contains(&announced.span) || amiss.contains(&sunset.span) {
        return;
    }
    let at = Location { path: record.path().clone(), span: announced.span };
    let message = format!("less than {} days from the announcement to the sunset", least.value);
    let finding = Diagnostic::new(RULE.name, record.path(), sunset.span, message);
    let finding = finding.with_label(format!("after {days} days")).with_related(at, "announced");
    let finding = finding.with_help("move the sunset, and tell the consumers of both days");
    found.push(least.at.iter().fold(finding, |finding, at| finding.with_related(at.clone(), "asked for here")));
}
