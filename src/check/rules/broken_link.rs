//! A link that leads nowhere.

use crate::check::rule::{Check, Context, Rule};
use crate::check::target::{Wanted, lost};
use crate::config::Level;
use crate::diagnostic::{Diagnostic, Edit, Label};
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
    let mut lost_here: Vec<Diagnostic> = Vec::new();
    for finding in doubtful.filter_map(|target| lost((RULE.name, Wanted::File), log, record, target, context)) {
        match lost_here.iter_mut().find(|first| first.message == finding.message) {
            Some(first) => join(first, finding),
            None => lost_here.push(finding),
        }
    }
    found.extend(lost_here);
}

/// Makes one of two findings that a text leads to the same place: who mends one link mends both.
fn join(first: &mut Diagnostic, other: Diagnostic) {
    if let (Some(fix), Some(more)) = (&mut first.fix, other.fix) {
        let is_new = |edit: &Edit| !fix.edits.contains(edit);
        let new: Vec<Edit> = more.edits.into_iter().filter(is_new).collect();
        fix.edits.extend(new);
    }
    let is_known = first.primary == other.primary || first.related.iter().any(|label| label.location == other.primary);
    if !is_known {
        first.related.push(Label { location: other.primary, message: "here, too".to_owned() });
    }
}
