//! A review that nobody ends.

use crate::check::overdue::{days_since, latest};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::{Decision, Level};
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "stuck-in-review",
    summary: "A record has been in review for longer than the policy allows.",
    page: include_str!("../../../content/rules/stuck-in-review.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if record.decision() != Some(Decision::InReview) || record.kind.escalation {
        return;
    }
    let limit = &context.config.policy.figures.review_days;
    let (Some(last), Some(status)) = (latest(record), record.raw_status.as_ref()) else { return };
    let days = days_since(last, context.today);
    if days > limit.value {
        let message = format!("in review for more than {} days without a change", limit.value);
        let label = format!("nothing has happened for {days} days");
        let finding = Diagnostic::new(RULE.name, record.path(), status.span, message).with_label(label);
        let finding = finding.with_help("decide it, escalate it, or put it off: ask the approver for a day");
        found.push(limit.at.iter().fold(finding, |finding, at| finding.with_related(at.clone(), "asked for here")));
    }
}
