//! Nobody is named who decides.

use crate::check::absence::absent_fields;
use crate::check::demand::owes_nothing;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-approver",
    summary: "No approver is named where the kind asks for one.",
    page: include_str!("../../../content/rules/missing-approver.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !owes_nothing(record) {
        found.extend(absent_fields(RULE.name, record));
    }
}
