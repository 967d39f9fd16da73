//! A record is marked as superseded before the one that is to replace it was accepted.

use crate::check::rule::{Check, Context, Rule};
use crate::config::{Decision, Level};
use crate::diagnostic::Diagnostic;
use crate::log::{DecisionLog, Relation, Strength};
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
        let is_superseded = record.status.as_ref().is_some_and(|status| status.decision == Decision::Superseded);
        let successions: Vec<&Relation> = log
            .touching(position)
            .filter(|relation| relation.kind == RelationKind::Supersedes && relation.to == position)
            .collect();
        let none_holds = successions.iter().all(|relation| relation.strength != Strength::InForce);
        if let Some(relation) = successions.first().filter(|_| is_superseded && none_holds) {
            found.extend(log.record(relation.from).and_then(|successor| report(record, successor, relation)));
        }
    }
}

fn report(record: &Record, successor: &Record, relation: &Relation) -> Option<Diagnostic> {
    let status = record.raw_status.as_ref()?;
    // A successor whose status nobody can read is another rule's matter.
    let stands = successor.status.as_ref()?;
    let at =
        successor.raw_status.as_ref().map(|status| Location { path: successor.path().clone(), span: status.span })?;
    let message = format!("{} does not replace this record yet", successor.name());
    let help = match relation.strength {
        Strength::Void => "put the status back: what was to replace it was turned down or withdrawn",
        _ => "put the status back: it changes by itself when the other is accepted",
    };
    let finding = Diagnostic::new(RULE.name, record.path(), status.span, message).with_label("superseded too early");
    Some(finding.with_related(at, format!("its successor is `{}`", stands.name)).with_help(help))
}
