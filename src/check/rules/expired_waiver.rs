//! An exception that outlived its end.

use crate::check::demand::is_accepted;
use crate::check::overdue::ago;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "expired-waiver",
    summary: "A record is in force past the day on which it expires.",
    page: include_str!("../../../content/rules/expired-waiver.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(expires) = record.front.expires.as_ref().filter(|_| is_accepted(record)) else { return };
    if expires.value < context.today {
        let message = format!("this exception ended on {}", expires.value);
        let finding = Diagnostic::new(RULE.name, record.path(), expires.span, message);
        let finding = finding.with_label(ago(expires.value, context.today));
        found.push(
            finding.with_help("go back to the standard and set the status, or have it granted anew with a new end"),
        );
    }
}
