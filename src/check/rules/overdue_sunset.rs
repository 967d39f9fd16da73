//! The day has passed, and it is still there.

use crate::check::demand::is_accepted;
use crate::check::overdue::ago;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::timeline::amiss;
use crate::config::Level;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::text::{Location, Spanned};

pub(super) const RULE: Rule = Rule {
    name: "overdue-sunset",
    summary: "The sunset or the removal has passed, and the status has not come that far.",
    page: include_str!("../../../content/rules/overdue-sunset.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(deprecation) = record.front.deprecation.as_ref().filter(|_| is_accepted(record)) else { return };
    let (Some(status), Some(written)) = (&record.status, &record.raw_status) else { return };
    let amiss = amiss(&deprecation.value);
    let is_past = |date: &&Spanned<Date>| date.value < context.today && !amiss.contains(&date.span);
    let lifecycle = &record.kind.lifecycle;
    let steps = [("removed", &deprecation.value.removed), ("sunset", &deprecation.value.sunset)];
    for (step, date) in steps {
        let is_step = lifecycle.statuses.iter().any(|status| status.name == step) && !lifecycle.reached(status, step);
        let Some(date) = date.as_ref().filter(|date| is_step && is_past(date)) else { continue };
        let at = Location { path: record.path().clone(), span: date.span };
        let label = ago(date.value, context.today);
        let message = format!("the status should be `{step}` since {}", date.value);
        let finding = Diagnostic::new(RULE.name, record.path(), written.span, message).with_label("not there yet");
        found.push(finding.with_related(at, label).with_help("carry it out and set the status, or agree on a new day"));
        return;
    }
}
