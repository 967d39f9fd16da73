//! A record is marked as superseded before another was accepted in its place, or nobody says which.

use crate::check::rule::{Check, Context, Rule};
use crate::config::{Decision, Level};
use crate::diagnostic::Diagnostic;
use crate::log::{Backlink, DecisionLog};
use crate::record::{Record, Reference, RelationKind};
use crate::text::Location;
use memchr::memmem::find_iter;

pub(super) const RULE: Rule = Rule {
    name: "premature-supersession",
    summary: "A record is marked as superseded while its successor has not been accepted, or none is named.",
    page: include_str!("../../../content/rules/premature-supersession.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Log(check),
};

fn check(log: &DecisionLog, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (position, record) in log.records().iter().enumerate() {
        if decision(record) != Some(Decision::Superseded) {
            continue;
        }
        let successions = log
            .touching(position)
            .filter(|relation| relation.kind == RelationKind::Supersedes && relation.to == position);
        let successors: Vec<&Record> = successions.filter_map(|relation| log.record(relation.from)).collect();
        if successors.is_empty() {
            found.extend(without_successor(log, position, record));
            continue;
        }
        // A successor whose status nobody can read is another rule's matter, and may well be in force.
        if successors.iter().all(|successor| decision(successor).is_some_and(|decision| !is_in_force(decision))) {
            found.extend(successors.first().and_then(|successor| report(record, successor)));
        }
    }
}

/// A finding that nothing says what replaced a record: neither its relations, nor its own text, nor a text that names it.
fn without_successor(log: &DecisionLog, position: usize, record: &Record) -> Option<Diagnostic> {
    // `obsolete` and the like say that nobody needs it, not that another took its place.
    let own = record.raw_status.as_ref().filter(|status| tells_of_succession(&status.value))?;
    let names = |reference: &Reference| reference.kind == RelationKind::SupersededBy;
    let in_text = || record.text().get(record.body..).is_some_and(tells_of_successor);
    let by_other = |backlink: &Backlink| {
        // Only what may have come later and be in force is worth reading.
        let is_earlier = |from: &Record| backlink.from < position && from.kind.name == record.kind.name;
        let from = log.record(backlink.from).filter(|from| !is_earlier(from) && decision(from).is_none_or(is_in_force));
        from.is_some_and(|from| {
            let (before, words, after) = backlink.sentence(from);
            tells_of_succession(&format!("{before}{words}{after}"))
        })
    };
    let is_replaced = record.front.replacement.is_some();
    if is_replaced || record.references.iter().any(names) || in_text() || log.backlinks(position).iter().any(by_other) {
        return None;
    }
    let message = "this record is marked as superseded, and nothing says what replaced it";
    let finding = Diagnostic::new(RULE.name, record.path(), own.span, message).with_label("by which record?");
    let help = "name the one in force with `superseded-by` here, or this one under `supersedes` there; where nothing replaced it, \
                choose another status";
    Some(finding.with_help(help))
}

/// Whether a text says who took a record's place: `Superseded by ADR-9`, `Replaced-By: [the bus](0009-bus.md)`.
fn tells_of_successor(text: &str) -> bool {
    // Without their first letters, which may be small or large.
    let words = ["uperseded", "uperceded", "eplaced", "bsoleted", "UPERSEDED", "EPLACED"];
    let is_by = |rest: &str| rest.starts_with([' ', '-']) && rest.get(1..3).is_some_and(|by| by.eq_ignore_ascii_case("by"));
    let mut places = words.iter().flat_map(|word| find_iter(text.as_bytes(), word).map(|at| at + word.len()));
    places.any(|end| text.get(end..).is_some_and(is_by))
}

/// Whether words say that something took another's place.
fn tells_of_succession(sentence: &str) -> bool {
    let sentence = sentence.to_lowercase();
    ["supersed", "superced", "replac"].iter().any(|stem| sentence.contains(stem))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_tell_who_took_the_place() {
        for text in ["Superseded by ADR-9", "* **Superseded-By:** x", "was replaced by [x](x.md)", "SUPERSEDED BY ADR-9"] {
            assert!(tells_of_successor(text), "{text}");
        }
        for text in ["Superseded", "It replaced the bus", "superseded\nby", "by"] {
            assert!(!tells_of_successor(text), "{text}");
        }
    }
}
