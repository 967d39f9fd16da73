//! The text in review is not the one that was sent round.

use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::{Fingerprint, Record};
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "changed-after-circulation",
    summary: "The text was changed after it was sent to its readers.",
    page: include_str!("../../../content/rules/changed-after-circulation.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(digest) = record.front.review.as_ref().and_then(|review| review.value.digest.as_ref()) else { return };
    let is_signed = record.front.sign_offs.iter().any(|row| row.value.digest.is_some());
    // What was signed is held to its signature; and a revision is there to change the text.
    if !is_held(record) || is_signed || is_revision(record) {
        return;
    }
    let Some(circulated) = Fingerprint::parse(&digest.value) else {
        let finding =
            Diagnostic::new(RULE.name, record.path(), digest.span, "`digest` is no fingerprint of this version");
        found.push(finding.with_label("cannot be read").with_help("circulate the text again, or take the key out"));
        return;
    };
    let drift = circulated.drift(record);
    let Some((first, others)) = drift.split_first() else { return };
    let at = |span| Location { path: record.path().clone(), span };
    let mut finding = Diagnostic::new(RULE.name, record.path(), *first, "the text has changed since it was circulated");
    finding = finding
        .with_label("not what the readers were sent")
        .with_related(at(digest.span), "circulated with this fingerprint");
    for other in others {
        finding = finding.with_related(at(*other), "this, too");
    }
    found.push(finding.with_help("circulate it again, or set the status to a revision"));
}

/// Whether the record stands beside the main path of its kind, where its text is being worked over.
fn is_revision(record: &Record) -> bool {
    let Some(status) = &record.status else { return false };
    let mut statuses = record.kind.lifecycle.statuses.iter();
    status.step.is_some()
        && statuses.find(|other| other.step == status.step).is_some_and(|first| first.name != status.name)
}
