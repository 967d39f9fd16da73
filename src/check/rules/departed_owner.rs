//! Somebody answers for a decision who has left.

use crate::check::demand::is_held;
use crate::check::handle::person;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::{Delivery, Level};
use crate::diagnostic::Diagnostic;
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
    if context.config.policy.people.is_empty() || !is_held(record) || is_over {
        return;
    }
    let daci = record.front.daci.iter().flat_map(|daci| daci.value.driver.iter().chain(&daci.value.approver));
    let owner = record.front.deprecation.iter().filter_map(|deprecation| deprecation.value.owner.as_ref());
    let owners: Vec<&Spanned<String>> = daci.chain(owner).collect();
    for owner in owners {
        let Some(person) = person(&owner.value, context.config).filter(|person| !person.active) else { continue };
        let message = format!("`{}` answers for this decision and has left", owner.value);
        let finding = Diagnostic::new(RULE.name, record.path(), owner.span, message)
            .with_label("no longer here")
            .with_related(person.at.clone(), "`active = false` since they left")
            .with_help("hand it over: name who answers for it now");
        found.push(finding);
    }
}
