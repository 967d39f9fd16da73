//! Somebody answers for a decision who has left.

use crate::check::demand::{is_held, owes_nothing};
use crate::check::handle::person;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::{Config, Delivery, Level};
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::text::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "departed-owner",
    summary: "A decision in force or in review is owned by somebody who has left.",
    page: include_str!("../../../content/rules/departed-owner.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let is_over = record.status.as_ref().is_some_and(|status| status.delivery == Delivery::Complete);
    if context.config.policy.people.is_empty() || is_over || !is_held(record) || owes_nothing(record) {
        return;
    }
    let daci = record.front.daci.iter().flat_map(|daci| daci.value.driver.iter().chain(&daci.value.approver));
    let owner = record.front.deprecation.iter().filter_map(|deprecation| deprecation.value.owner.as_ref());
    found.extend(daci.chain(owner).filter_map(|owner| report(record, owner, context.config)));
}

fn report(record: &Record, owner: &Spanned<String>, config: &Config) -> Option<Diagnostic> {
    let person = person(&owner.value, config).filter(|person| !person.active)?;
    let message = format!("`{}` answers for this decision and has left", owner.value);
    let finding = Diagnostic::new(RULE.name, record.path(), owner.span, message).with_label("no longer here");
    let finding = finding.with_related(person.at.clone(), "`active = false` since they left");
    Some(finding.with_help("hand it over: name who answers for it now"))
}
