//! Debt that was to be paid back, and was not.

use crate::check::demand::is_accepted;
use crate::check::overdue::ago;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "overdue-debt",
    summary: "Deliberate debt is past the day on which it was to be paid.",
    page: include_str!("../../../content/rules/overdue-debt.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for debt in record.front.debts.iter().map(|row| &row.value).filter(|_| is_accepted(record)) {
        let Some(due) = debt.due.as_ref().filter(|due| due.value < context.today && debt.paid.is_none()) else {
            continue;
        };
        let what = debt.what.as_ref().map_or("a debt", |what| what.value.as_str());
        let message = format!("`{what}` was to be paid back by {}", due.value);
        let finding = Diagnostic::new(RULE.name, record.path(), due.span, message);
        let finding = finding.with_label(ago(due.value, context.today));
        found.push(finding.with_help("pay it and add `paid`, or agree on a new day and say why"));
    }
}
