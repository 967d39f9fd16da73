//! Debt that was to be paid back and was not, or on no day.

use crate::check::demand::{is_accepted, is_held, row_value};
use crate::check::overdue::ago;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::Debt;

pub(super) const RULE: Rule = Rule {
    name: "overdue-debt",
    summary: "Deliberate debt is past the day on which it was to be paid, or has no such day.",
    page: include_str!("../../../content/rules/overdue-debt.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (position, row) in record.front.debts.iter().enumerate().filter(|(_, row)| row.value.paid.is_none()) {
        match &row.value.due {
            Some(due) if is_accepted(record) && due.value < context.today => {
                let message = format!("`{}` was to be paid back by {}", what(&row.value), due.value);
                let finding = Diagnostic::new(RULE.name, record.path(), due.span, message);
                let finding = finding.with_label(ago(due.value, context.today));
                found.push(finding.with_help("pay it and add `paid`, or agree on a new day and say why"));
            }
            // A day that is written and cannot be read is another rule's matter.
            None if is_held(record) && row_value(record, "debt", position, "due").is_none() => {
                let span = row.value.what.as_ref().map_or(row.span, |what| what.span);
                let message = format!("`{}` is to be paid back, and nothing says when", what(&row.value));
                let finding = Diagnostic::new(RULE.name, record.path(), span, message).with_label("no `due`");
                found.push(finding.with_help("agree on a day and add it: `due = 2026-09-30`"));
            }
            _ => {}
        }
    }
}

fn what(debt: &Debt) -> &str {
    debt.what.as_ref().map_or("a debt", |what| what.value.as_str())
}
