//! A record is marked as superseded before another was accepted in its place, or nobody says which.

use crate::check::rule::{Check, Context, Rule};
use crate::config::{Decision, Level};
use crate::diagnostic::Diagnostic;
use crate::log::{Backlink, DecisionLog};
use crate::record::{Record, Reference, RelationKind, tells_of_succession};
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "premature-supersession",
    summary: "A record is marked as superseded while its successor has not been accepted, or none is named.",
    page: include_str!("../../../content/rules/premature-supersession.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Among(check),
};

fn check(log: &DecisionLog, position: usize, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let is_replaced = |record: &&Record| decision(record) == Some(Decision::Superseded);
    let Some(record) = log.record(position).filter(is_replaced) else { return };
    let successions =
        log.touching(position).filter(|relation| relation.kind == RelationKind::Supersedes && relation.to == position);
    let successors: Vec<&Record> = successions.filter_map(|relation| log.record(relation.from)).collect();
    if successors.is_empty() {
        found.extend(without_successor(log, position, record));
        return;
    }
    // A successor whose status nobody can read is another rule's matter, and may well be in force.
    if successors.iter().all(|successor| decision(successor).is_some_and(|decision| !is_in_force(decision))) {
        found.extend(successors.first().and_then(|successor| report(record, successor)));
    }
}

/// A finding that nothing says what replaced a record: neither its relations, nor its own text, nor a text that names it.
fn without_successor(log: &DecisionLog, position: usize, record: &Record) -> Option<Diagnostic> {
    // `obsolete` and the like say that nobody needs it, not that another took its place.
    let own = record.raw_status.as_ref().filter(|status| tells_of_succession(&status.value))?;
    let names = |reference: &Reference| reference.kind == RelationKind::SupersededBy;
    let by_other = |backlink: &Backlink| {
        // Only what may have come later and be in force counts, and is read only where a word near the link may tell.
        let is_earlier = |from: &Record| backlink.from < position && from.kind.name == record.kind.name;
        let from = log.record(backlink.from).filter(|from| !is_earlier(from) && decision(from).is_none_or(is_in_force));
        let from = from.filter(|from| from.succession.is_told_near(backlink.span));
        from.is_some_and(|from| {
            let (before, words, after) = backlink.sentence(from);
            tells_of_succession(&format!("{before}{words}{after}"))
        })
    };
    let is_replaced = record.front.replacement.is_some() || record.succession.names_successor;
    if is_replaced || record.references.iter().any(names) || log.backlinks(position).iter().any(by_other) {
        return None;
    }
    let message = "this record is marked as superseded, and nothing says what replaced it";
    let finding = Diagnostic::new(RULE.name, record.path(), own.span, message).with_label("by which record?");
    let help = "name the one in force with `superseded-by` here, or this one under `supersedes` there; where nothing replaced it, \
                choose another status";
    Some(finding.with_help(help))
}

fn decision(record: &Record) -> Option<Decision> {
    record.status.as_ref().map(|status| status.decision)
}

/// Whether it was accepted once, whatever became of it.
fn is_in_force(decision: Decision) -> bool {
    matches!(decision, Decision::Accepted | Decision::Deprecated | Decision::Superseded)
}

fn report(record: &Record, successor: &Record) -> Option<Diagnostic> {
    let own = record.raw_status.as_ref()?;
    let (status, written) = (successor.status.as_ref()?, successor.raw_status.as_ref()?);
    let at = Location { path: successor.path().clone(), span: written.span };
    let help = match status.decision {
        Decision::Rejected | Decision::Withdrawn => "put the status back: nothing has replaced this record",
        _ => "put the status back: the log marks this record by itself once its successor is accepted",
    };
    let message = "this record is marked as superseded, and nothing has superseded it";
    let finding = Diagnostic::new(RULE.name, record.path(), own.span, message).with_label("not yet");
    Some(finding.with_related(at, format!("its successor is `{}`", status.name)).with_help(help))
}
