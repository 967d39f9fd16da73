//! Work that nobody can follow.

use crate::check::absence::absent_fields;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "untracked-implementation",
    summary: "A decision is being carried out without a ticket.",
    page: include_str!("../../../content/rules/untracked-implementation.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(absent_fields(RULE.name, record));
}
