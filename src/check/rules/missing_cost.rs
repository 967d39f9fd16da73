//! A way was chosen without its cost.

use crate::check::absence::absent_sections;
use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::cost::{chosen, way};
use crate::diagnostic::Diagnostic;
use crate::text::{Location, Span};

pub(super) const RULE: Rule = Rule {
    name: "missing-cost",
    summary: "A record that builds, buys or partners does not say what that costs over the years.",
    page: include_str!("../../../content/rules/missing-cost.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(absent_sections(RULE.name, record));
    let Some(cost) = record.front.cost.as_ref().filter(|_| is_held(record)) else { return };
    let Some(first) = cost.value.options.first() else { return };
    let mut report = |span: Span, message: String, label: &str, help: &str| {
        let finding = Diagnostic::new(RULE.name, record.path(), span, message);
        found.push(finding.with_label(label).with_help(help));
    };
    if cost.value.currency.is_none() {
        let message = "the cost does not say in which currency".to_owned();
        report(first.name.span, message, "amounts of what?", "add `currency = \"USD\"` under `[cost]`");
    }
    if cost.value.horizon_years.is_none() {
        let message = "the cost does not say over how many years".to_owned();
        report(first.name.span, message, "for how long?", "add `horizon-years = 5` under `[cost]`");
    }
    let Some(sourcing) = &record.front.sourcing else { return };
    let Some(way) = way(sourcing.value).filter(|_| chosen(&cost.value, sourcing.value).is_none()) else { return };
    let at = Location { path: record.path().clone(), span: first.name.span };
    let message = format!("the cost of the chosen way, `{way}`, is not given");
    let finding = Diagnostic::new(RULE.name, record.path(), sourcing.span, message).with_label("chosen");
    let help = format!("add `{way} = {{ initial = …, run-per-year = … }}` under `[cost]`");
    found.push(finding.with_related(at, "the options that have figures").with_help(help));
}
