//! A section that the kind asks for is not there.

use crate::check::absence::absent_sections;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-section",
    summary: "A record lacks a section that its kind asks for at this status.",
    page: include_str!("../../../content/rules/missing-section.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(absent_sections(RULE.name, record));
}
