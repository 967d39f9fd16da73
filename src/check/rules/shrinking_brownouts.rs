//! A brownout that tells less than the one before it.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "shrinking-brownouts",
    summary: "A brownout is milder than the one before it.",
    page: include_str!("../../../content/rules/shrinking-brownouts.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(deprecation) = &record.front.deprecation else { return };
    for pair in deprecation.value.brownouts.windows(2) {
        let [before, after] = pair else { continue };
        let (one, other) = (before.value, after.value);
        let is_milder = (other.minutes < one.minutes && other.share <= one.share)
            || (other.minutes <= one.minutes && other.share < one.share);
        if is_milder {
            let at = Location { path: record.path().clone(), span: before.span };
            let finding =
                Diagnostic::new(RULE.name, record.path(), after.span, "this brownout is milder than the one before it")
                    .with_label("shorter, or of a smaller share")
                    .with_related(at, "the one before")
                    .with_help("let each one be longer or reach more requests: the mild ones come first");
            found.push(finding);
        }
    }
}
