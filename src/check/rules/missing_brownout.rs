//! The end comes without a rehearsal.

use crate::check::demand::is_accepted;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::{Delivery, Level};
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-brownout",
    summary: "A deprecation has a sunset and no brownout before it.",
    page: include_str!("../../../content/rules/missing-brownout.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(deprecation) = record.front.deprecation.as_ref().filter(|_| is_accepted(record)) else { return };
    let is_over = record.status.as_ref().is_some_and(|status| status.delivery == Delivery::Complete);
    let Some(sunset) = deprecation.value.sunset.as_ref().filter(|_| !is_over) else { return };
    if record.front.get("deprecation.brownouts").is_none() {
        let finding =
            Diagnostic::new(RULE.name, record.path(), sunset.span, "nothing is browned out before the sunset");
        let help = "plan one: `brownouts = [{ start = 2026-04-01T10:00:00Z, minutes = 15, share = 0.01 }]`";
        found.push(finding.with_label("the first failure would be the last").with_help(help));
    }
}
