//! A record is marked as superseded before the one that is to replace it was accepted.

use crate::check::rule::{Check, Context, Rule};
use crate::config::{Decision, Level};
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::record::{Record, RelationKind};
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "premature-supersession",
    summary: "A record is marked as superseded while its successor has not been accepted.",
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
        // A successor whose status nobody can read is another rule's matter, and may well be in force.
        if successors.iter().all(|successor| decision(successor).is_some_and(|decision| !is_in_force(decision))) {
            found.extend(successors.first().and_then(|successor| report(record, successor)));
        }
    }
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
