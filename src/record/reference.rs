//! What one record says of another.

use crate::date::Date;
use crate::text::{Spanned, is_address};

/// One record named by another.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// In which sense.
    pub kind: RelationKind,
    /// As written: `ADR-0003#decision`, `0003-x.md`, an address.
    pub target: Spanned<String>,
    /// The part of this record that it is about, in the record's own words: `point 3`; empty where it is a part that nothing names.
    /// `None` where it is about the whole record, or about the part of the other that `target` names.
    pub part: Option<String>,
    /// Since when, where that is said.
    pub on: Option<Spanned<Date>>,
}

impl Reference {
    /// What a relation is to, where that is no record of this log but an address on the web.
    pub fn address(&self) -> Option<&str> {
        Some(self.target.value.as_str()).filter(|target| is_address(target))
    }

    /// A reference about a whole record, without a day.
    pub fn new(kind: RelationKind, target: Spanned<String>) -> Reference {
        Reference { kind, target, part: None, on: None }
    }
}

/// What one record is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// It takes the other's place.
    Supersedes,
    /// It changes the other, which stays in force.
    Amends,
    /// It carries out the other.
    Implements,
    /// It settles the other (an escalation, a question).
    Resolves,
    /// It needs the other.
    DependsOn,
    /// It has to do with the other.
    RelatesTo,
    /// It is the replacement for what the other takes away (from a deprecation's `replacement`).
    ReplacedBy,
    /// The other takes its place (written in the old record: `superseded-by`).
    SupersededBy,
    /// The other changes it (written in the record that is changed: `amended-by`).
    AmendedBy,
}

impl RelationKind {
    /// Every kind with its key in the front matter and its words in both directions.
    pub const ALL: &'static [(RelationKind, &'static str, &'static str, &'static str)] = &[
        (RelationKind::Supersedes, "supersedes", "Supersedes", "Superseded by"),
        (RelationKind::Amends, "amends", "Amends", "Amended by"),
        (RelationKind::Implements, "implements", "Implements", "Implemented by"),
        (RelationKind::Resolves, "resolves", "Resolves", "Resolved by"),
        (RelationKind::DependsOn, "depends-on", "Depends on", "Needed by"),
        (RelationKind::RelatesTo, "relates-to", "Relates to", "Relates to"),
        (RelationKind::ReplacedBy, "replacement", "Replaced by", "Replaces"),
        (RelationKind::SupersededBy, "superseded-by", "Superseded by", "Supersedes"),
        (RelationKind::AmendedBy, "amended-by", "Amended by", "Amends"),
    ];

    /// The same relation as the other record would write it, where this one is written from the wrong end; else `None`.
    pub fn turned(self) -> Option<RelationKind> {
        match self {
            RelationKind::SupersededBy => Some(RelationKind::Supersedes),
            RelationKind::AmendedBy => Some(RelationKind::Amends),
            _ => None,
        }
    }

    /// The key in the front matter.
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, key, ..)| key)
    }

    /// The words seen from the record that says it: `Supersedes`.
    pub fn forward(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, _, forward, _)| forward)
    }

    /// The words seen from the other record: `Superseded by`.
    pub fn backward(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(.., backward)| backward)
    }
}
