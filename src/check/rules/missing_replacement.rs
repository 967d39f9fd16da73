//! Nobody is told what to use instead.

use crate::check::absence::absent_fields;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-replacement",
    summary: "A deprecation does not say what takes the place of what goes.",
    page: include_str!("../../../content/rules/missing-replacement.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(absent_fields(RULE.name, record));
}
