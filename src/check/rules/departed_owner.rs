//! Somebody answers for a decision who has left.

use crate::check::demand::{is_held, owes_nothing};
use crate::check::handle::person;
use crate::check::rule::{Check, Context, Rule};
use crate::config::{Config, Delivery, Level};
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::record::Record;
use crate::text::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "departed-owner",
    summary: "A decision in force or in review is owned by somebody who has left.",
    page: include_str!("../../../content/rules/departed-owner.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Log(check),
};

fn check(log: &DecisionLog, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.config.policy.people.is_empty() {
        return;
    }
    for (position, record) in log.records().iter().enumerate() {
        let departed = departed(record, context.config);
        // What has been replaced may keep its names, whatever its own status still says.
        if !departed.is_empty() && log.successors(position).is_empty() {
            found.extend(departed);
        }
    }
}

fn departed(record: &Record, config: &Config) -> Vec<Diagnostic> {
    let is_over = record.status.as_ref().is_some_and(|status| status.delivery == Delivery::Complete);
    if is_over || !is_held(record) || owes_nothing(record) {
        return Vec::new();
    }
    record.front.owners.iter().filter_map(|owner| report(record, owner, config)).collect()
}

fn report(record: &Record, owner: &Spanned<String>, config: &Config) -> Option<Diagnostic> {
    let person = person(&owner.value, config).filter(|person| !person.active)?;
    let message = format!("`{}` answers for this decision and has left", owner.value);
    let finding = Diagnostic::new(RULE.name, record.path(), owner.span, message).with_label("no longer here");
    let finding = finding.with_related(person.at.clone(), "`active = false` since they left");
    Some(finding.with_help("hand it over: name who answers for it now"))
}
