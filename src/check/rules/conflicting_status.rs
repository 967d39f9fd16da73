//! The front matter says one thing and the text another.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::stated::stated_status;
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "conflicting-status",
    summary: "The text states another status than the front matter.",
    page: include_str!("../../../content/rules/conflicting-status.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (Some(status), Some(written)) = (&record.status, &record.raw_status) else { return };
    let Some(stated) = stated_status(record, record.headings()) else { return };
    let Some(other) = record.kind.lifecycle.status(&stated.value) else { return };
    if other.decision == status.decision && other.delivery == status.delivery {
        return;
    }
    let at = Location { path: record.path().clone(), span: written.span };
    let message = format!("the text says `{}`, and the front matter `{}`", stated.value, written.value);
    let finding = Diagnostic::new(RULE.name, record.path(), stated.span, message).with_label("in the text");
    let help = "keep the status in the front matter, and take it out of the text";
    found.push(finding.with_related(at, "in the front matter").with_help(help));
}
