//! From the parser's tables to our tree, in the order in which they were written.

use super::super::excerpt::Excerpt;
use super::super::limit::Limit;
use super::super::tree::{Data, Entry, Scalar, Table, Value};
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;
use ::toml::Spanned as TomlSpanned;
use ::toml::de::{DeTable, DeValue};
use std::collections::BTreeMap;

/// Where each scalar stands, sorted; needed to tell a broken scalar from a broken line.
pub(super) fn scalar_places(table: &DeTable<'_>) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut rest: Vec<&TomlSpanned<DeValue<'_>>> = table.iter().map(|(_, value)| value).collect();
    while let Some(value) = rest.pop() {
        match value.get_ref() {
            DeValue::Table(table) => rest.extend(table.iter().map(|(_, value)| value)),
            DeValue::Array(array) => rest.extend(array.iter()),
            _ => places.push((value.span().start, value.span().end)),
        }
    }
    places.sort_unstable();
    places
}

/// Turns the parser's tables into ours.
pub(super) struct Convert<'a> {
    /// The text as the author wrote it.
    pub(super) text: Excerpt<'a>,
    pub(super) limit: Limit,
    /// Where scalars are broken, sorted by start.
    pub(super) broken: &'a [(usize, usize)],
    /// Stand-ins: from where one begins to the end of what it stands for.
    pub(super) stand_ins: &'a BTreeMap<usize, usize>,
    pub(super) keys: usize,
    pub(super) found: Vec<Diagnostic>,
}

impl Convert<'_> {
    /// A table at some depth; it goes no deeper than the limit, so the recursion is bounded.
    pub(super) fn table(&mut self, table: &DeTable<'_>, depth: usize) -> Table {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut result = Table::default();
        for (key, value) in entries {
            let at = key.span();
            self.keys += 1;
            if self.keys > self.limit.keys {
                if self.keys == self.limit.keys + 1 {
                    self.found.push(self.limit.too_many(&self.text, at.start, at.end));
                }
                break;
            }
            let value = self.value(value, depth + 1);
            let key = Spanned::new(key.get_ref().to_string(), self.text.span(at.start, at.end));
            result.entries.push(Entry { key, value });
        }
        result
    }

    fn value(&mut self, value: &TomlSpanned<DeValue<'_>>, depth: usize) -> Value {
        let at = value.span();
        let span = self.text.span(at.start, at.end);
        let container = matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_));
        if container && depth > self.limit.depth {
            self.found.push(self.limit.too_deep(&self.text, at.start));
            return Value { span, data: Data::Scalar(Scalar::Broken, String::new()) };
        }
        match value.get_ref() {
            DeValue::Table(table) => Value { span, data: Data::Table(self.table(table, depth)) },
            DeValue::Array(array) => {
                let items = array.iter().map(|item| self.value(item, depth + 1)).collect();
                Value { span, data: Data::List(items) }
            }
            scalar => self.scalar(scalar, at.start, at.end),
        }
    }

    fn scalar(&self, scalar: &DeValue<'_>, start: usize, end: usize) -> Value {
        if let Some(end) = self.stand_ins.get(&start) {
            let written = self.text.slice(start, *end).trim_matches(['"', '\'']).to_owned();
            return Value { span: self.text.span(start, *end), data: Data::Scalar(Scalar::Broken, written) };
        }
        let raw = self.text.slice(start, end);
        let (form, text) = match scalar {
            DeValue::String(text) => (Scalar::Text, text.as_ref()),
            DeValue::Integer(_) => (Scalar::Integer, raw),
            DeValue::Float(_) => (Scalar::Float, raw),
            DeValue::Boolean(_) => (Scalar::Boolean, raw),
            _ => (Scalar::Datetime, raw),
        };
        let first = self.broken.partition_point(|place| place.0 < start);
        let form = match self.broken.get(first) {
            Some(place) if place.1 <= end && raw.is_empty() => Scalar::Null,
            Some(place) if place.1 <= end => Scalar::Broken,
            _ => form,
        };
        Value { span: self.text.span(start, end), data: Data::Scalar(form, text.to_owned()) }
    }
}
