//! Supersedes, amends, depends on: seen from both ends.

use crate::record::RelationKind;
use crate::text::Span;

/// An edge of the log; records are positions in [`super::DecisionLog::records`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The record that acts: the newer one of a supersession, whichever of the two wrote it down.
    pub from: usize,
    /// What it does. Never `SupersededBy`: that is turned round.
    pub kind: RelationKind,
    /// The other.
    pub to: usize,
    /// The part of the other that it is about: `decision` in `ADR-0003#decision`.
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
