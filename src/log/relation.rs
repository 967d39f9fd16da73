//! Supersedes, amends, depends on: seen from both ends.

use super::index::Index;
use crate::config::Decision;
use crate::record::{Record, Reference, RelationKind};
use crate::text::Span;
use std::collections::BTreeSet;

/// An edge of the log; records are positions in [`super::DecisionLog::records`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The record that acts: the newer one of a supersession, whichever of the two wrote it down.
    pub from: usize,
    /// What it does. Never `SupersededBy` nor `AmendedBy`: those are turned round.
    pub kind: RelationKind,
    /// The other.
    pub to: usize,
    /// The part of the other that it is about: `decision` in `ADR-0003#decision`, or in the other's own words; empty where no
    /// words name it.
    pub part: Option<String>,
    /// The record that wrote it down, and where.
    pub written: (usize, Span),
    /// Whether it holds already.
    pub strength: Strength,
}

/// Whether a relation holds already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// It holds.
    InForce,
    /// It takes effect when the acting record is accepted.
    Proposed,
    /// The acting record was turned down or taken back: it never will.
    Void,
}

/// Every relation whose two ends are in the log, once, even where both records write it down.
pub(super) fn relations(index: &Index) -> Vec<Relation> {
    let mut known = BTreeSet::new();
    let mut relations = Vec::new();
    for (at, record) in index.records.iter().enumerate() {
        for reference in record.references.iter().cloned().chain(replacement(record)) {
            let Some((other, part)) = index.related(record, &reference.target.value) else { continue };
            let turned = reference.kind.turned();
            let (from, to) = if turned.is_some() { (other, at) } else { (at, other) };
            let (kind, part) = (turned.unwrap_or(reference.kind), reference.part.clone().or(part));
            if known.insert((from, kind, to, part.clone())) {
                let strength = strength(index, kind, from, to);
                relations.push(Relation { from, kind, to, part, written: (at, reference.target.span), strength });
            }
        }
    }
    without_wholes_of_parts(relations)
}

/// Where a record says that another took the place of a part of it, the other's word that it took its place means that part.
fn without_wholes_of_parts(mut relations: Vec<Relation>) -> Vec<Relation> {
    let of_parts: BTreeSet<(usize, RelationKind, usize)> = relations
        .iter()
        .filter(|relation| relation.part.is_some() && relation.written.0 == relation.to)
        .map(|relation| (relation.from, relation.kind, relation.to))
        .collect();
    if !of_parts.is_empty() {
        relations.retain(|relation| {
            relation.part.is_some() || !of_parts.contains(&(relation.from, relation.kind, relation.to))
        });
    }
    relations
}

/// What a deprecation names as its replacement.
fn replacement(record: &Record) -> Option<Reference> {
    let target = record.front.replacement.clone()?;
    Some(Reference::new(RelationKind::ReplacedBy, target))
}

/// Superseding and amending take effect on acceptance; the rest holds as soon as it is said.
fn strength(index: &Index, kind: RelationKind, from: usize, to: usize) -> Strength {
    if !matches!(kind, RelationKind::Supersedes | RelationKind::Amends) {
        return Strength::InForce;
    }
    let decision =
        |at: usize| index.records.get(at).and_then(|record| record.status.as_ref()).map(|status| status.decision);
    match decision(from) {
        Some(Decision::Accepted | Decision::Deprecated | Decision::Superseded) => Strength::InForce,
        Some(Decision::Rejected | Decision::Withdrawn) => Strength::Void,
        Some(Decision::Draft | Decision::InReview | Decision::Deferred) => Strength::Proposed,
        // A record that says nothing of its status: what the other says of its own decides.
        None if kind == RelationKind::Supersedes && decision(to) == Some(Decision::Superseded) => Strength::InForce,
        None => Strength::Proposed,
    }
}
