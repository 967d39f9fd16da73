//! More than one person is to decide.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "several-approvers",
    summary: "More than one approver is named.",
    page: include_str!("../../../content/rules/several-approvers.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(daci) = &record.front.daci else { return };
    let Some((first, others)) = daci.value.approver.split_first() else { return };
    for other in others {
        let at = Location { path: record.path().clone(), span: first.span };
        let message = format!("`{}` is a second approver", other.value);
        let finding = Diagnostic::new(RULE.name, record.path(), other.span, message)
            .with_label("one person decides")
            .with_related(at, "the first")
            .with_help("keep the one who decides, and name the others under `contributors`, or have them sign off");
        found.push(finding);
    }
}
