//! An image that is not there.

use crate::check::rule::{Check, Context, Rule};
use crate::check::target::{Wanted, all_lost};
use crate::check::thin::thin;
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;

pub(super) const RULE: Rule = Rule {
    name: "missing-image",
    summary: "An image's file is not there, or not where the site finds it.",
    page: include_str!("../../../content/rules/missing-image.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Among(check),
};

fn check(log: &DecisionLog, position: usize, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(record) = log.record(position) else { return };
    let targets = record.outline.images.iter().map(|image| &image.target);
    let lost = all_lost((RULE.name, Wanted::Image), (log, record), targets, context);
    thin(found, lost.map(|lost| lost.finding));
}
