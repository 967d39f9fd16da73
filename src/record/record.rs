//! One record, whole.

use super::front_matter::FrontMatter;
use super::id::RecordId;
use crate::config::{Kind, Status};
use crate::markdown::Outline;
use crate::source::Source;
use crate::text::{SourcePath, Span, Spanned};
use std::sync::Arc;

/// One RFC, ADR, deprecation notice or chapter.
#[derive(Clone, Debug)]
pub struct Record {
    /// The file.
    pub source: Source,
    /// What kind of record it is.
    pub kind: Arc<Kind>,
    /// Its id, from front matter, file name or folder; the span is empty (0..0) when it is not written in the text.
    pub id: Option<Spanned<RecordId>>,
    /// Its title: front matter, else the first H1, else the file name. Never empty. An id or number that opens an H1 is left off.
    pub title: String,
    /// Where the title is written; `None` when it comes from the file name.
    pub title_span: Option<Span>,
    /// The status as written.
    pub raw_status: Option<Spanned<String>>,
    /// The status among those of the kind; `None` when there is none or it is not known.
    pub status: Option<Status>,
    /// The rest of the front matter.
    pub front: FrontMatter,
    /// The span of the front matter with its fences; empty at 0 when there is none.
    pub head: Span,
    /// Where the body starts, in bytes.
    pub body: usize,
    /// What the record says of other records, from the front matter.
    pub references: Vec<Reference>,
    /// Sections, links, fences and mentions.
    pub outline: Outline,
}

/// One record named by another.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// In which sense.
    pub kind: RelationKind,
    /// As written: `ADR-0003#decision`, `0003-x.md`, an address.
    pub target: Spanned<String>,
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
}

impl Record {
    /// The path of the file.
    pub fn path(&self) -> &SourcePath {
        &self.source.path
    }

    /// The whole text of the file.
    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// Id and title, for messages and links: `ADR-0003: Tera for templates`.
    pub fn name(&self) -> String {
        match &self.id {
            Some(id) => format!("{}: {}", id.value, self.title),
            None => self.title.clone(),
        }
    }
}

impl RelationKind {
    /// Every kind with its key in the front matter and its words in both directions.
    pub const ALL: &'static [(RelationKind, &'static str, &'static str, &'static str)] = &[
        (RelationKind::Supersedes, "supersedes", "Supersedes", "Superseded by"),
        (RelationKind::Amends, "amends", "Amends", "Amended by"),
        (RelationKind::Implements, "implements", "Implements", "Implemented by"),
        (RelationKind::Resolves, "resolves", "Resolves", "Resolved by"),
        (RelationKind::DependsOn, "depends-on", "Depends on", "Needed by"),
        (RelationKind::RelatesTo, "relates-to", "Relates to", "Related to by"),
        (RelationKind::ReplacedBy, "replacement", "Replaced by", "Replaces"),
        (RelationKind::SupersededBy, "superseded-by", "Superseded by", "Supersedes"),
    ];

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
