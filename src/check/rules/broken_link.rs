//! A link that leads nowhere.

use crate::check::rule::{Check, Context, Rule};
use crate::check::target::{Wanted, all_lost};
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
    check: Check::Log(check),
};

fn check(log: &DecisionLog, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(all_lost((RULE.name, Wanted::File), log, context, |outline| outline.links.iter().map(|link| &link.target)));
}
