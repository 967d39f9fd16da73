//! Nobody answers for the end.

use crate::check::absence::absent_fields;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-owner",
    summary: "A deprecation names nobody who answers for it.",
    page: include_str!("../../../content/rules/missing-owner.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(absent_fields(RULE.name, record));
}
