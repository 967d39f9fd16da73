//! The front matter says one thing and the text another.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::{Decision, Level};
use crate::diagnostic::Diagnostic;
use crate::record::{Record, Reference, RelationKind, Restated};
use crate::text::{Location, Spanned};

pub(super) const RULE: Rule = Rule {
    name: "conflicting-status",
    summary: "A record states two statuses that mean different things.",
    page: include_str!("../../../content/rules/conflicting-status.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(written) = &record.raw_status else { return };
    let in_head = record.head.contains(written.span) && !written.span.is_empty();
    let place = if in_head { "the front matter" } else { "its head" };
    if let Some(status) = &record.status {
        let differs = |stated: &&Restated| {
            let other = stated.status.as_ref();
            other.is_some_and(|other| other.decision != status.decision || other.delivery != status.delivery)
        };
        for stated in record.restated.iter().filter(differs) {
            found.push(conflict(record, &stated.raw, written, place));
        }
        found.extend(successor(record, status.decision, written));
    }
}

fn conflict(record: &Record, stated: &Spanned<String>, written: &Spanned<String>, place: &str) -> Diagnostic {
    let at = Location { path: record.path().clone(), span: written.span };
    if stated.span.is_empty() {
        let message = format!("the file's place says `{}`, and the record `{}`", stated.value, written.value);
        let finding = Diagnostic::new(RULE.name, record.path(), written.span, message).with_label("in the record");
        return finding.with_help("move the file to where its status belongs, or correct its status");
    }
    let message = format!("the text says `{}`, and {place} `{}`", stated.value, written.value);
    let finding = Diagnostic::new(RULE.name, record.path(), stated.span, message).with_label("in the text");
    let help = format!("keep the status in {place}, and take it out of the text");
    finding.with_related(at, format!("in {place}")).with_help(help)
}

/// A record whose status is another than that it was replaced, and which names the one that took its place, all of it.
fn successor(record: &Record, decision: Decision, written: &Spanned<String>) -> Option<Diagnostic> {
    let is_whole = |reference: &&Reference| {
        reference.kind == RelationKind::SupersededBy && reference.part.is_none() && !reference.target.value.contains('#')
    };
    let is_open = matches!(decision, Decision::Accepted | Decision::InReview | Decision::Draft | Decision::Rejected);
    let reference = record.references.iter().filter(|_| is_open).find(is_whole)?;
    let message = format!("the status is `{}`, and the record names its successor", written.value);
    let finding = Diagnostic::new(RULE.name, record.path(), written.span, message).with_label("not superseded?");
    let at = Location { path: record.path().clone(), span: reference.target.span };
    let help = "write `superseded` where it has been replaced; where only a part has, say which part";
    Some(finding.with_related(at, "replaced by this one").with_help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    #[test]
    fn a_second_statement_is_read_as_the_first_is() {
        let is_found = |status: &str, again: &str| {
            let text = format!("+++\nstatus = \"{status}\"\n+++\n\n# X\n\n* Status: {again}\n\n## Context\n\nWords.\n");
            let found = trial::found(&RULE, "content/adr/0001-x.md", &text);
            found.iter().any(|finding| finding.message.starts_with("the text says"))
        };
        for (status, again) in [
            ("superseded", "Accepted, superseded by ADR-9"),
            ("accepted", "**Accepted** on 2026-03-02"),
            ("accepted", "Rejected (pending a vote)"),
            ("implemented", "Accepted, implemented in v6"),
            ("accepted", "Who knows"),
        ] {
            assert!(!is_found(status, again), "{again}");
        }
        for (status, again) in [("accepted", "Accepted, superseded by ADR-9"), ("accepted", "rejected, too slow")] {
            assert!(is_found(status, again), "{again}");
        }
    }
}
