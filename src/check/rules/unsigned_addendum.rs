//! A change to what was approved that nobody approved.

use crate::check::demand::is_accepted;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::template::is_no_answer;
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "unsigned-addendum",
    summary: "An addendum is approved without a sign-off of its own.",
    page: include_str!("../../../content/rules/unsigned-addendum.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let is_addendum = record.id.as_ref().is_some_and(|id| id.value.addendum.is_some());
    let is_given = |by: &Spanned<String>| !is_no_answer(&by.value);
    let mut rows = record.front.sign_offs.iter().map(|row| &row.value);
    let is_signed = rows.any(|row| row.by.as_ref().is_some_and(is_given) && row.on.is_some());
    let Some(status) = record.raw_status.as_ref().filter(|_| is_addendum && is_accepted(record) && !is_signed) else {
        return;
    };
    let finding =
        Diagnostic::new(RULE.name, record.path(), status.span, "this addendum was approved without a sign-off");
    let help =
        "have it signed, in a row of `[[sign-off]]` with `role`, `by` and `on`, by those who signed the record it amends";
    found.push(finding.with_label("by whom?").with_help(help));
}
