//! A two-way door without a way back.

use crate::check::absence::absent_sections;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-way-back",
    summary: "A two-way door that reaches beyond a team does not say how it is walked back.",
    page: include_str!("../../../content/rules/missing-way-back.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(absent_sections(RULE.name, record));
}
