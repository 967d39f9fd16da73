//! A draft that nobody works on.

use crate::check::overdue::{days_since, latest};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::{Decision, Level};
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "stale-draft",
    summary: "A draft has not been changed for longer than the policy allows.",
    page: include_str!("../../../content/rules/stale-draft.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if record.decision() != Some(Decision::Draft) {
        return;
    }
    let limit = &context.config.policy.figures.draft_days;
    let (Some(last), Some(status)) = (latest(record), record.raw_status.as_ref()) else { return };
    let days = days_since(last, context.today);
    if days > limit.value {
        let message = format!("a draft that has not changed for more than {} days", limit.value);
        let finding = Diagnostic::new(RULE.name, record.path(), status.span, message);
        let finding = finding.with_label(format!("nothing has happened for {days} days"));
        let finding =
            finding.with_help("bring it to a review, or withdraw it; `updated` says that somebody works on it");
        found.push(limit.at.iter().fold(finding, |finding, at| finding.with_related(at.clone(), "asked for here")));
    }
}
