//! An escalation that nobody has decided.

use crate::check::overdue::{days_since, latest};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::{Decision, Level};
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "open-escalation",
    summary: "An escalation has been open for longer than the policy allows.",
    page: include_str!("../../../content/rules/open-escalation.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !record.kind.escalation || record.decision() != Some(Decision::InReview) {
        return;
    }
    let limit = &context.config.policy.figures.escalation_days;
    let opened = record.front.created.as_ref().map(|created| created.value).or_else(|| latest(record));
    let (Some(opened), Some(status)) = (opened, record.raw_status.as_ref()) else { return };
    let days = days_since(opened, context.today);
    if days > limit.value {
        let message = format!("an escalation that has been open for more than {} days", limit.value);
        let finding = Diagnostic::new(RULE.name, record.path(), status.span, message);
        let finding = finding.with_label(format!("open for {days} days"));
        let finding = finding.with_help(
            "ask the approver to decide by the end of the day: waiting costs more than a second-best decision",
        );
        found.push(limit.at.iter().fold(finding, |finding, at| finding.with_related(at.clone(), "asked for here")));
    }
}
