//! What is built is kept for too little.

use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::cost::amount_named;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "understated-maintenance",
    summary: "The cost of building counts less maintenance than the policy thinks it takes.",
    page: include_str!("../../../content/rules/understated-maintenance.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(cost) = record.front.cost.as_ref().filter(|_| is_held(record)) else { return };
    let least = &context.config.policy.figures.maintenance_rate;
    let percent = |rate: f64| format!("{}", (rate * 1000.0).round() / 10.0);
    for option in &cost.value.options {
        let initial = amount_named(option, "initial").filter(|initial| *initial > 0.0);
        let has_initial = initial.is_some();
        let named = |wanted: &str| option.amounts.iter().find(|(name, _)| name.value == wanted).map(|(_, amount)| *amount);
        let by_amount = || Some(named("maintenance-per-year")?.map(|amount| amount / initial.unwrap_or(f64::NAN)));
        let rate = named("maintenance-rate").or_else(by_amount);
        let (span, message, label) = match rate {
            Some(rate) if rate.value < least.value && has_initial => {
                let message = format!("maintenance of less than {} % a year", percent(least.value));
                (rate.span, message, format!("{} % of `initial` a year", percent(rate.value)))
            }
            None if has_initial && option.name.value == "build" => {
                let message = "what is built is counted without its maintenance".to_owned();
                (option.name.span, message, "no `maintenance-rate`".to_owned())
            }
            _ => continue,
        };
        let finding = Diagnostic::new(RULE.name, record.path(), span, message).with_label(label);
        let finding = finding.with_help(
            "count patches, on-call, audits and upgrades: a fifth to a third of the price of building, each year",
        );
        found.push(least.at.iter().fold(finding, |finding, at| finding.with_related(at.clone(), "asked for here")));
    }
}
