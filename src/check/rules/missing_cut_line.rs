//! A fixed date without a line between what ships by it and what does not.

use crate::check::absence::absent_sections;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-cut-line",
    summary: "A record with a deadline draws no cut line.",
    page: include_str!("../../../content/rules/missing-cut-line.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(absent_sections(RULE.name, record));
}
