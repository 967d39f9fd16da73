//! A decision was to be looked at again, and was not.

use crate::check::demand::{is_accepted, owes_nothing};
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
    let is_in_force = is_accepted(record) && !owes_nothing(record);
    let Some(review_by) = record.front.review_by.as_ref().filter(|_| is_in_force) else { return };
    if review_by.value < context.today {
        let message = format!("this decision was to be looked at again by {}", review_by.value);
        let finding = Diagnostic::new(RULE.name, record.path(), review_by.span, message);
        let finding = finding.with_label(ago(review_by.value, context.today));
        found.push(finding.with_help("look at it: set a new day, or write the record that takes its place"));
    }
}
