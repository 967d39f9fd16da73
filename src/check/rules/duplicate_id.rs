//! Two records claim one id.

use crate::check::clash::{next_free, place};
use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::record::{Record, RecordId};
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-id",
    summary: "Two records claim the same id.",
    page: include_str!("../../../content/rules/duplicate-id.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Log(check),
};

fn check(log: &DecisionLog, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (id, claims) in log.ids() {
        let mut claimants = claims.iter().filter_map(|position| log.record(*position));
        let Some(first) = claimants.next() else { continue };
        found.extend(claimants.map(|other| report(log, id, first, other)));
    }
}

fn report(log: &DecisionLog, id: &RecordId, first: &Record, other: &Record) -> Diagnostic {
    let at_first = Location { path: first.path().clone(), span: place(first) };
    let message = format!("{id} is also the id of `{}`", first.path());
    let mut help = format!("give the younger of the two the next free id, {}", next_free(log.ids().map(|(known, _)| known), id));
    // Teams that share a repository count in folders of their own.
    let is_below = |one: &Record, two: &Record| one.path().below(two.path().folder()).is_some();
    if !is_below(first, other) && !is_below(other, first) {
        help.push_str("; where each folder counts by itself, give each a `[[roots]]` with a prefix in precedent.toml");
    }
    Diagnostic::new(RULE.name, other.path(), place(other), message)
        .with_label(format!("{id} for the second time"))
        .with_related(at_first, format!("{id} for the first time"))
        .with_help(help)
}
