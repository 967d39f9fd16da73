//! Nobody has said whether the decision can be walked back.

use crate::check::absence::absent_fields;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "unclassified-door",
    summary: "A record in review does not say whether it is a one-way door.",
    page: include_str!("../../../content/rules/unclassified-door.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(absent_fields(RULE.name, record));
}
