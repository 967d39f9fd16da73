//! A vendor who costs more than building it.

use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::cost::{Ownership, chosen, money, option_named, walk_away_price};
use crate::diagnostic::Diagnostic;
use crate::record::Sourcing;
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "above-walk-away-price",
    summary: "What is bought costs more over the years than building it and keeping it.",
    page: include_str!("../../../content/rules/above-walk-away-price.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let front = &record.front;
    let (Some(cost), Some(sourcing)) = (front.cost.as_ref().filter(|_| is_held(record)), &front.sourcing) else {
        return;
    };
    if !matches!(sourcing.value, Sourcing::Buy | Sourcing::Partner) {
        return;
    }
    let cost = &cost.value;
    let (Some(option), Some(build)) = (chosen(cost, sourcing.value), option_named(cost, "build")) else { return };
    let (Some(horizon), Some(price)) = (&cost.horizon_years, walk_away_price(cost)) else { return };
    let total = Ownership::of(option).over(horizon.value);
    if total <= price || !total.is_finite() {
        return;
    }
    let currency = cost.currency.as_ref().map_or("", |currency| currency.value.as_str());
    let at = Location { path: record.path().clone(), span: build.name.span };
    let message = format!("`{}` costs more than building over {} years", option.name.value, horizon.value);
    let finding = Diagnostic::new(RULE.name, record.path(), option.name.span, message)
        .with_label(format!("{} in all", money(total, currency)))
        .with_related(at, format!("{}: the walk-away price", money(price, currency)))
        .with_help("negotiate below it, build, or say in the text what is worth the difference and allow this finding");
    found.push(finding);
}
