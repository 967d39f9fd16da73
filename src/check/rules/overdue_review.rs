//! A decision was to be looked at again, and was not.

use crate::check::demand::is_accepted;
use crate::check::overdue::ago;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "overdue-review",
    summary: "The day on which a decision was to be looked at again has passed.",
    page: include_str!("../../../content/rules/overdue-review.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(review_by) = record.front.review_by.as_ref().filter(|_| is_accepted(record)) else { return };
    if review_by.value < context.today {
        let label = ago(review_by.value, context.today);
        let message = format!("this decision was to be looked at again by {}", review_by.value);
        let finding = Diagnostic::new(RULE.name, record.path(), review_by.span, message).with_label(label);
        found.push(finding.with_help("look at it: set a new day, or write the record that takes its place"));
    }
}
