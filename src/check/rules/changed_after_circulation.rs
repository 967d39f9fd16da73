//! The text in review is not the one that was sent round.

use crate::check::demand::is_held;
use crate::check::drift::{Words, changed, unreadable};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::{Decision, Level, Status};
use crate::diagnostic::Diagnostic;
use crate::record::{Fingerprint, Record};

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
        found.push(unreadable(RULE.name, record, digest.span, "circulate the text again, or take the key out"));
        return;
    };
    let Some(places) = circulated.drift(record) else { return };
    let words = Words {
        message: "the text has changed since it was circulated",
        label: "not what the readers were sent",
        vouched: "circulated with this fingerprint".to_owned(),
        help: match has_revision(record) {
            true => "circulate it again, or set the status to a revision",
            false => "circulate it again, or put the text back",
        },
    };
    found.push(changed(RULE.name, record, digest.span, &places, words));
}

/// Whether the record may still step aside to be worked over.
fn has_revision(record: &Record) -> bool {
    let beside = |status: &Status| {
        let statuses = record.kind.lifecycle.statuses.iter();
        statuses.filter(|other| other.step == status.step).count() > 1
    };
    record.status.as_ref().is_some_and(|status| status.decision == Decision::InReview && beside(status))
}

/// Whether the record stands beside the main path of its kind, where its text is being worked over.
fn is_revision(record: &Record) -> bool {
    let Some(status) = &record.status else { return false };
    let mut statuses = record.kind.lifecycle.statuses.iter();
    status.step.is_some()
        && statuses.find(|other| other.step == status.step).is_some_and(|first| first.name != status.name)
}
