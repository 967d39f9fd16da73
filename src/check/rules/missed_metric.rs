//! It did not come to what was promised.

use crate::check::demand::is_accepted;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::target_value::meets_target;
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "missed-metric",
    summary: "A metric was measured and misses its target.",
    page: include_str!("../../../content/rules/missed-metric.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !is_accepted(record) {
        return;
    }
    for metric in record.front.metrics.iter().map(|row| &row.value) {
        let (Some(target), Some(actual)) = (&metric.target, &metric.actual) else { continue };
        if meets_target(metric) != Some(false) {
            continue;
        }
        let name = metric.name.as_ref().map_or("the metric", |name| name.value.as_str());
        let at = Location { path: record.path().clone(), span: target.span };
        let message = format!("`{name}` misses its target");
        let finding = Diagnostic::new(RULE.name, record.path(), actual.span, message)
            .with_label("measured")
            .with_related(at, "aimed at")
            .with_help("say in the text what that means for the decision: go on, change it, or turn back");
        found.push(finding);
    }
}
