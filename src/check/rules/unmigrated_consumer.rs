//! A consumer is still there after the time for moving.

use crate::check::demand::is_accepted;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::timeline::amiss;
use crate::config::Level;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::text::{Location, Span, Spanned};

pub(super) const RULE: Rule = Rule {
    name: "unmigrated-consumer",
    summary: "A consumer has not moved, and the governance lock or the sunset has passed, or all is said to be gone.",
    page: include_str!("../../../content/rules/unmigrated-consumer.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

/// The last step of a deprecation.
const REMOVED: &str = "removed";

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(deprecation) = record.front.deprecation.as_ref().filter(|_| is_accepted(record)) else { return };
    let (lock, sunset) = (&deprecation.value.governance_lock, &deprecation.value.sunset);
    let amiss = amiss(&deprecation.value);
    let is_past = |date: &&Spanned<Date>| date.value < context.today && !amiss.contains(&date.span);
    let passed = sunset.as_ref().filter(is_past).map(|sunset| (sunset.span, "the sunset has passed"));
    let locked = || lock.as_ref().filter(is_past).map(|lock| (lock.span, "the governance lock has begun"));
    let gone = || says_removed(record).map(|status| (status, "the status says that it is gone"));
    let Some((span, label)) = passed.or_else(locked).or_else(gone) else { return };
    for consumer in &deprecation.value.consumers {
        let has_moved = consumer.migrated.as_ref().is_some_and(|migrated| migrated.value <= context.today);
        let Some(name) = consumer.name.as_ref().filter(|_| !has_moved) else { continue };
        let at = Location { path: record.path().clone(), span };
        let message = format!("`{}` has not moved", name.value);
        let finding = Diagnostic::new(RULE.name, record.path(), name.span, message).with_label("still a consumer");
        let help = match label.starts_with("the status") {
            true => "help them move and add `migrated`; until they have, the status is not `removed`",
            false => "help them move and add `migrated`; until then they ship no new features",
        };
        found.push(finding.with_related(at, label).with_help(help));
    }
}

/// The status, where it says that what was deprecated is gone: nobody can be left on it, whatever the days say.
fn says_removed(record: &Record) -> Option<Span> {
    let (status, written) = (record.status.as_ref()?, record.raw_status.as_ref()?);
    let lifecycle = &record.kind.lifecycle;
    let is_step = lifecycle.statuses.iter().any(|known| known.name == REMOVED);
    (is_step && lifecycle.reached(status, REMOVED)).then_some(written.span)
}
