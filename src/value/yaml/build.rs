//! From the parser's events to the tree, with a stack of our own.

use super::super::excerpt::{Excerpt, quoted};
use super::super::limit::Limit;
use super::super::tree::{Data, Entry, Scalar, Table, Value};
use super::fault;
use crate::diagnostic::Diagnostic;
use crate::text::{Span, Spanned};
use granit_parser::{Event, Parser, ScalarStyle, StructureStyle, options};

/// What a text holds.
pub(super) struct Built {
    /// The value, unless there is none or the text is broken.
    pub(super) root: Option<Value>,
    /// What is wrong with single values.
    pub(super) found: Vec<Diagnostic>,
    /// Why the text as a whole cannot be read.
    pub(super) broken: Option<Diagnostic>,
}

/// Reads a text as one YAML document.
pub(super) fn build(text: &Excerpt<'_>, limit: Limit) -> Built {
    let options = options! { emit_anchor_events: true, emit_unresolved_aliases: true, emit_comments: false };
    let mut builder = Builder { text: *text, limit, open: Vec::new(), root: None, keys: 0, found: Vec::new() };
    for event in Parser::new_from_str_with_options(text.text, options) {
        let broken = match event {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or(0..0);
                builder.take(&event, range.start, range.end).err().map(|fault| *fault)
            }
            Err(error) => Some(fault::syntax(text, error.kind(), error.marker().byte_offset().unwrap_or(0))),
        };
        if let Some(broken) = broken {
            return Built { root: None, found: builder.found, broken: Some(broken) };
        }
    }
    Built { root: builder.root, found: builder.found, broken: None }
}

/// A list or a table that is not yet complete.
struct Open {
    start: usize,
    style: StructureStyle,
    what: What,
}

enum What {
    List(Vec<Value>),
    Table(Table, Option<Spanned<String>>),
}

struct Builder<'a> {
    text: Excerpt<'a>,
    limit: Limit,
    open: Vec<Open>,
    root: Option<Value>,
    keys: usize,
    found: Vec<Diagnostic>,
}

impl Builder<'_> {
    /// Takes one event.
    ///
    /// # Errors
    /// When the text cannot be read any further.
    fn take(&mut self, event: &Event<'_>, start: usize, end: usize) -> Result<(), Box<Diagnostic>> {
        if let Some(tag) = event.tag() {
            let message = format!("{} is a tag; tags are not read", quoted(&tag.original()));
            self.found.push(self.text.malformed(start, end, message).with_help("remove the tag"));
        }
        match event {
            Event::Scalar(value, style, ..) => {
                let value = self.scalar(value, *style, start, end);
                self.attach(value);
            }
            Event::SequenceStart(style, ..) => self.push(What::List(Vec::new()), *style, start)?,
            Event::MappingStart(style, ..) => self.push(What::Table(Table::default(), None), *style, start)?,
            Event::SequenceEnd | Event::MappingEnd => self.close(end),
            Event::Anchor(..) => self.found.push(fault::anchor(&self.text, start, end)),
            Event::Alias(..) | Event::UnresolvedAlias(..) => {
                self.found.push(fault::alias(&self.text, start, end));
                let data = Data::Scalar(Scalar::Broken, self.text.slice(start, end).to_owned());
                self.attach(Value { span: self.text.span(start, end), data });
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                let message = "a second YAML document begins here";
                let fault = self.text.malformed(start, start, message);
                return Err(Box::new(fault.with_help("remove the line of dots before it")));
            }
            _ => {}
        }
        Ok(())
    }

    fn scalar(&self, value: &str, style: ScalarStyle, start: usize, end: usize) -> Value {
        let raw = self.text.slice(start, end);
        let (form, value) = match style {
            ScalarStyle::Plain if matches!(raw, "" | "~" | "null" | "Null" | "NULL") => (Scalar::Null, raw),
            ScalarStyle::Plain => (Scalar::Plain, value),
            _ => (Scalar::Text, value),
        };
        let end = start + raw.trim_end().len();
        Value { span: self.text.span(start, end), data: Data::Scalar(form, value.to_owned()) }
    }

    fn push(&mut self, what: What, style: StructureStyle, start: usize) -> Result<(), Box<Diagnostic>> {
        if self.open.len() > self.limit.depth {
            return Err(Box::new(self.limit.too_deep(&self.text, start)));
        }
        self.open.push(Open { start, style, what });
        Ok(())
    }

    fn close(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let flow = open.style == StructureStyle::Flow;
        let end = if flow { end } else { open.start + self.text.slice(open.start, end).trim_end().len() };
        let span = self.text.span(open.start, end);
        let data = match open.what {
            What::List(items) => Data::List(items),
            What::Table(table, _) if flow && is_placeholder(&table) => {
                Data::Scalar(Scalar::Plain, self.text.slice(open.start, end).to_owned())
            }
            What::Table(table, _) => Data::Table(table),
        };
        self.attach(Value { span, data });
    }

    /// Hands a complete value to what it stands in.
    fn attach(&mut self, value: Value) {
        let Some(Open { what, .. }) = self.open.last_mut() else {
            self.root = Some(value);
            return;
        };
        match what {
            What::List(items) => items.push(value),
            What::Table(_, key @ None) => {
                let written = match value.data {
                    Data::Scalar(_, written) => written,
                    Data::List(_) | Data::Table(_) => {
                        self.found.push(fault::key(&self.text, value.span));
                        let from_text = |at: u32| (at as usize).saturating_sub(self.text.offset);
                        self.text.slice(from_text(value.span.start), from_text(value.span.end)).to_owned()
                    }
                };
                *key = Some(Spanned::new(written, value.span));
            }
            What::Table(table, key) => {
                let Some(key) = key.take() else { return };
                self.keys += 1;
                add(table, Entry { key, value }, self.keys, self.limit, &self.text, &mut self.found);
            }
        }
    }
}

/// Adds an entry, unless its key is there already or one too many (`count` counts it in).
pub(super) fn add(
    table: &mut Table,
    entry: Entry,
    count: usize,
    limit: Limit,
    text: &Excerpt<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let Span { start, end } = entry.key.span;
    if count > limit.keys {
        if count == limit.keys + 1 {
            found.push(limit.too_many(text, start as usize - text.offset, end as usize - text.offset));
        }
        return;
    }
    match table.entries.iter().find(|earlier| earlier.key.value == entry.key.value) {
        Some(earlier) => found.push(fault::duplicate(text, &entry.key, earlier.key.span)),
        None => table.entries.push(entry),
    }
}

/// Whether a flow table is what an unfilled template leaves behind: `{short title}`.
fn is_placeholder(table: &Table) -> bool {
    let is_null = |entry: &Entry| matches!(entry.value.data, Data::Scalar(Scalar::Null, _));
    !table.entries.is_empty() && table.entries.iter().all(is_null)
}
