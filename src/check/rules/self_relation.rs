//! A record that relates to itself.

use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::record::{Record, Reference};

pub(super) const RULE: Rule = Rule {
    name: "self-relation",
    summary: "A record supersedes, amends or needs itself.",
    page: include_str!("../../../content/rules/self-relation.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Among(check),
};

fn check(log: &DecisionLog, position: usize, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(record) = log.record(position) else { return };
    let is_itself = |reference: &&Reference| {
        log.related(record, &reference.target.value).is_some_and(|(other, _)| other == position)
    };
    found.extend(record.references.iter().filter(is_itself).map(|reference| report(record, reference)));
}

fn report(record: &Record, reference: &Reference) -> Diagnostic {
    let message = format!("`{}` names the record itself", reference.kind.key());
    let finding = Diagnostic::new(RULE.name, record.path(), reference.target.span, message);
    finding
        .with_label(format!("this is {}", record.name()))
        .with_help("name the other record, or take the relation out")
}
