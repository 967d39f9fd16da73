//! More than one person is to decide.

use crate::check::demand::owes_nothing;
use crate::check::handle::{bare, is_same};
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
    let Some(daci) = record.front.daci.as_ref().filter(|_| !owes_nothing(record)) else { return };
    let mut approvers = daci.value.approver.iter().filter(|approver| !bare(&approver.value).is_empty());
    let Some(first) = approvers.next() else { return };
    // One person named twice is still one person.
    for other in approvers.filter(|other| !is_same(&other.value, &first.value)) {
        let at = Location { path: record.path().clone(), span: first.span };
        let message = format!("`{}` is a second approver", other.value);
        let finding = Diagnostic::new(RULE.name, record.path(), other.span, message)
            .with_label("one person decides")
            .with_related(at, "the first")
            .with_help("keep the one who decides, and name the others under `contributors`, or have them sign off");
        found.push(finding);
    }
}
