//! A head as it is edited: its text between the fences, and its tree.

use crate::diagnostic::Edit;
use crate::record::Record;
use crate::text::Span;
use crate::value::{Data, Scalar, Table, Value};

/// A head, ready to be edited. Offsets are those of the text between its fences.
pub(in crate::author) struct Head<'a> {
    record: &'a Record,
    /// Where that text lies in the file.
    span: Span,
    /// Its tree.
    pub(in crate::author) table: &'a Table,
    /// Whether it is TOML; else it is YAML.
    pub(in crate::author) is_toml: bool,
}

impl<'a> Head<'a> {
    /// The head of a record; `None` when it has none that can be read.
    pub(in crate::author) fn of(record: &'a Record) -> Option<Head<'a>> {
        if record.malformed || record.head.is_empty() {
            return None;
        }
        let text = record.head.of(record.text());
        let first = text.find('\n')? + 1;
        let last = text.trim_end().rfind('\n')? + 1;
        let start = record.head.start as usize;
        let span = Span::new(start + first, start + last.max(first));
        Some(Head { record, span, table: &record.front.table, is_toml: text.starts_with("+++") })
    }

    /// The text between the fences.
    pub(in crate::author) fn inner(&self) -> &'a str {
        self.span.of(self.record.text())
    }

    /// A place in the file as an offset.
    pub(in crate::author) fn offset(&self, at: u32) -> usize {
        at.saturating_sub(self.span.start) as usize
    }

    /// New text at an offset.
    pub(in crate::author) fn insert(&self, at: usize, text: String) -> Edit {
        let at = self.span.range().start + at;
        Edit { path: self.record.path().clone(), span: Span::new(at, at), text }
    }

    /// A value in place of another; `None` where the other has no place of its own.
    pub(in crate::author) fn replace(&self, value: &Value, with: impl Fn(&str) -> String) -> Option<Edit> {
        let old = value.span.of(self.record.text());
        (!old.is_empty() && self.span.contains(value.span)).then(|| Edit {
            path: self.record.path().clone(),
            span: value.span,
            text: with(old),
        })
    }
}

/// The value of a key; a key without one (`key:` in YAML) is none.
pub(in crate::author) fn item_of<'a>(table: &'a Table, key: &str) -> Option<&'a Value> {
    table.get(key).filter(|value| !matches!(value.data, Data::Scalar(Scalar::Null, _)))
}

/// A row of a list of tables; a single table stands for a list of one.
pub(in crate::author) fn row_of<'a>(table: &'a Table, list: &str, row: usize) -> Option<&'a Value> {
    item_of(table, list)?.items().get(row)
}

/// A part of a text.
pub(in crate::author) fn after_line(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}
