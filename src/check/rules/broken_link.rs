//! A link that leads nowhere.

use crate::check::rule::{Check, Context, Rule};
use crate::check::target::{Wanted, lost};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;

pub(super) const RULE: Rule = Rule {
    name: "broken-link",
    summary: "A link leads nowhere, out of the project, or to a scheme that pages may not use.",
    page: include_str!("../../../content/rules/broken-link.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Among(check),
};

fn check(log: &DecisionLog, position: usize, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(record) = log.record(position) else { return };
    let links = record.outline.links.iter().enumerate();
    let doubtful = links.filter(|(link, _)| log.linked(position, *link).is_none()).map(|(_, link)| &link.target);
    found.extend(doubtful.filter_map(|target| lost((RULE.name, Wanted::File), log, record, target, context)));
}
