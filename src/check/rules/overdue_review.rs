//! A decision was to be looked at again, and was not.

use crate::check::demand::{is_accepted, owes_nothing};
use crate::check::overdue::ago;
use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::record::Record;

pub(super) const RULE: Rule = Rule {
    name: "overdue-review",
    summary: "The day on which a decision was to be looked at again has passed.",
    page: include_str!("../../../content/rules/overdue-review.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Log(check),
};

fn check(log: &DecisionLog, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (position, record) in log.records().iter().enumerate() {
        // What has been replaced was looked at again, whatever its own status still says.
        found.extend(overdue(record, context).filter(|_| log.successors(position).is_empty()));
    }
}

fn overdue(record: &Record, context: &Context<'_>) -> Option<Diagnostic> {
    let review_by = record.front.review_by.as_ref().filter(|_| is_accepted(record) && !owes_nothing(record))?;
    if review_by.value >= context.today {
        return None;
    }
    let label = ago(review_by.value, context.today);
    let message = format!("this decision was to be looked at again by {}", review_by.value);
    let finding = Diagnostic::new(RULE.name, record.path(), review_by.span, message).with_label(label);
    Some(finding.with_help("look at it: set a new day, or write the record that takes its place"))
}
