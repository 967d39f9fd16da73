//! Nobody looked whether it worked.

use crate::check::demand::is_accepted;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::target_value::is_measured;
use crate::config::{Delivery, Level};
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "unmeasured-metric",
    summary: "A decision is complete, or a metric is due, and it was not measured.",
    page: include_str!("../../../content/rules/unmeasured-metric.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !is_accepted(record) {
        return;
    }
    let delivery = record.status.as_ref().map(|status| status.delivery);
    for row in record.front.metrics.iter().filter(|row| !is_measured(&row.value)) {
        let metric = &row.value;
        let due = metric.due.as_ref().filter(|due| due.value < context.today);
        let (span, what) = match (delivery, due, &metric.name) {
            (Some(Delivery::Abandoned), ..) => continue,
            (Some(Delivery::Complete), _, name) => {
                (name.as_ref().map_or(row.span, |name| name.span), "the work is complete")
            }
            (_, Some(due), _) => (due.span, "it is due"),
            _ => continue,
        };
        let name = metric.name.as_ref().map_or("a metric", |name| name.value.as_str());
        let message = format!("{what}, and `{name}` was not measured");
        let finding = Diagnostic::new(RULE.name, record.path(), span, message).with_label("no `actual`");
        found.push(finding.with_help("measure it: add `actual` and `measured`, whatever came of it"));
    }
}
