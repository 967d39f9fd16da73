//! A record that relates to itself.

use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::{DecisionLog, Target};
use crate::record::{Record, RelationKind};
use crate::text::Span;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    name: "self-relation",
    summary: "A record supersedes, amends or needs itself.",
    page: include_str!("../../../content/rules/self-relation.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Log(check),
};

fn check(log: &DecisionLog, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut places: BTreeMap<(usize, Span), RelationKind> = BTreeMap::new();
    for (position, record) in log.records().iter().enumerate() {
        let own =
            record.references.iter().filter(|reference| is_itself(log, record, position, &reference.target.value));
        places.extend(own.map(|reference| ((position, reference.target.span), reference.kind)));
    }
    let loops = log.relations().iter().filter(|relation| relation.from == relation.to);
    for relation in loops {
        places.entry(relation.written).or_insert(relation.kind);
    }
    found.extend(
        places.iter().filter_map(|((position, span), kind)| Some(report(log.record(*position)?, *span, *kind))),
    );
}

fn is_itself(log: &DecisionLog, record: &Record, position: usize, target: &str) -> bool {
    matches!(log.resolve(record, target), Target::Record { record, .. } if record == position)
}

fn report(record: &Record, span: Span, kind: RelationKind) -> Diagnostic {
    let message = format!("`{}` names the record itself", kind.key());
    let finding =
        Diagnostic::new(RULE.name, record.path(), span, message).with_label(format!("this is {}", record.name()));
    finding.with_help("name the other record, or take the relation out")
}
