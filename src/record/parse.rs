//! From a source to a record.

use super::front_matter::{FrontMatter, read_references};
use super::head::{Head, Language, cut};
use super::identity;
use super::record::Record;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::markdown::outline;
use crate::source::Source;
use crate::text::{SourcePath, Span};
use crate::value::{Reader, Table, parse_toml, parse_yaml};
use std::cell::RefCell;

const BYTE_ORDER_MARK: char = '\u{feff}';

impl Record {
    /// Total: a broken head still gives a record, and diagnostics beside it.
    pub fn parse(source: &Source, config: &Config) -> (Record, Vec<Diagnostic>) {
        let path = &source.path;
        let start = if source.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        let head = cut(&source.text, start);
        let body = head.map_or(start, |head| head.span.end as usize);
        let (table, mut found) = read_head(path, &source.text, head);
        let findings = RefCell::new(Vec::new());
        let top = Reader::new(path, &table, "front matter", &findings);
        let (written_kind, written_id) = (top.text("kind"), top.text("id"));
        let (written_title, raw_status) = (top.text("title"), top.text("status"));
        let mut front = FrontMatter::read(&top);
        let references = read_references(&top);
        top.free("extra");
        top.finish();
        found.extend(findings.into_inner());

        let kind = identity::kind(written_kind.as_ref(), path, config, &mut found);
        let id = identity::id(written_id, &kind, path, config, &mut found);
        let outline = outline(&source.text, body);
        let title = identity::title(written_title, id.as_ref().map(|id| &id.value), &kind, path, &outline);
        let status = raw_status.as_ref().and_then(|raw| kind.lifecycle.status(&raw.value)).cloned();
        front.table = table;
        let record = Record {
            source: source.clone(),
            kind,
            id,
            title: title.text,
            title_span: title.span,
            title_heading: title.heading,
            raw_status,
            status,
            front,
            head: head.map_or(Span::new(start, start), |head| head.span),
            body,
            references,
            outline,
        };
        (record, found)
    }

    /// Whether the file stands for its folder: a README or an index.
    pub fn is_index(&self) -> bool {
        identity::is_index(self.path())
    }
}

fn read_head(path: &SourcePath, text: &str, head: Option<Head>) -> (Table, Vec<Diagnostic>) {
    let Some(head) = head else { return (Table::default(), Vec::new()) };
    let fence = if head.language == Language::Toml { "+++" } else { "---" };
    if !head.closed {
        let span = Span::new(head.span.start as usize, head.span.start as usize + fence.len());
        let finding =
            Diagnostic::new("malformed-front-matter", path, span, format!("the front matter has no closing `{fence}`"))
                .with_label("opens here")
                .with_help(format!("put `{fence}` on a line of its own after the last key"));
        return (Table::default(), vec![finding]);
    }
    let inner = head.inner.of(text);
    match head.language {
        Language::Toml => parse_toml(path, inner, head.inner.start as usize),
        Language::Yaml => parse_yaml(path, inner, head.inner.start as usize),
    }
}
