//! One record, whole.

use super::front_matter::FrontMatter;
use super::id::RecordId;
use super::reference::Reference;
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
    /// The heading that says the title: the head of the page shows it, so the body leaves it out.
    pub title_heading: Option<Span>,
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
