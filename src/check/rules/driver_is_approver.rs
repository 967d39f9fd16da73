//! The one who drives a decision also takes it.

use crate::check::demand::owes_nothing;
use crate::check::handle::{bare, is_same};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "driver-is-approver",
    summary: "Driver and approver are the same person.",
    page: include_str!("../../../content/rules/driver-is-approver.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(daci) = record.front.daci.as_ref().filter(|_| !owes_nothing(record)) else { return };
    let Some(driver) = daci.value.driver.as_ref().filter(|driver| !bare(&driver.value).is_empty()) else { return };
    // A second approver is one too many already, whoever it is.
    let approver = daci.value.approver.iter().find(|approver| !bare(&approver.value).is_empty());
    if let Some(approver) = approver.filter(|approver| is_same(&approver.value, &driver.value)) {
        let at = Location { path: record.path().clone(), span: driver.span };
        let message = format!("`{}` both drives this decision and takes it", approver.value);
        let finding = Diagnostic::new(RULE.name, record.path(), approver.span, message)
            .with_label("decides")
            .with_related(at, "drives")
            .with_help("name somebody else in one of the two roles");
        found.push(finding);
    }
}
