//! A record that has been changed so often that nobody can read it.

use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::{DecisionLog, Strength};
use crate::record::{Record, RelationKind};
use crate::text::{Location, Span};

pub(super) const RULE: Rule = Rule {
    name: "too-many-addenda",
    summary: "A record has been amended more often than the policy allows.",
    page: include_str!("../../../content/rules/too-many-addenda.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Log(check),
};

fn check(log: &DecisionLog, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let limit = &context.config.policy.figures.addenda;
    for (position, record) in log.records().iter().enumerate() {
        let amending = log.touching(position).filter(|relation| {
            relation.kind == RelationKind::Amends && relation.to == position && relation.strength == Strength::InForce
        });
        let addenda: Vec<&Record> = amending.filter_map(|relation| log.record(relation.from)).collect();
        if i64::try_from(addenda.len()).unwrap_or(i64::MAX) <= limit.value {
            continue;
        }
        let message = "amended more often than the policy allows";
        let span = record.title_span.unwrap_or_else(|| Span::new(0, 0));
        let mut finding = Diagnostic::new(RULE.name, record.path(), span, message);
        finding = finding.with_label(format!("{} amendments are in force, and {} allowed", addenda.len(), limit.value));
        for addendum in addenda {
            let span = addendum.title_span.unwrap_or_default();
            finding = finding.with_related(Location { path: addendum.path().clone(), span }, "amends it");
        }
        finding = limit.at.iter().fold(finding, |finding, at| finding.with_related(at.clone(), "asked for here"));
        found.push(finding.with_help("write one record that supersedes it and takes the amendments in"));
    }
}
