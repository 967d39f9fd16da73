//! The alternatives that a section gives.

use super::rule::Subject;
use crate::config::SectionRule;
use crate::markdown::{Section, items, tables};
use crate::record::Record;
use crate::text::{Span, Spanned};

/// What a record says under a heading for alternatives.
pub(super) struct Alternatives<'a> {
    /// The heading.
    pub(super) section: &'a Section,
    /// What the kind asks of it.
    pub(super) rule: &'a SectionRule,
    /// Each alternative's name or first line; empty when they are told in prose.
    pub(super) named: Vec<Spanned<String>>,
}

/// The sections for alternatives that a record has and its kind counts, where the process holds it.
pub(super) fn alternatives<'a>(subject: &'a Subject<'_>) -> Vec<Alternatives<'a>> {
    if !super::demand::is_held(subject) {
        return Vec::new();
    }
    let counted = super::section::asked(subject).filter(|rule| rule.alternatives > 0);
    let found = counted.filter_map(|rule| {
        let section = subject.headings().named(rule).into_iter().next()?;
        (!super::section::is_empty(subject, section, &rule.guidance)).then(|| Alternatives {
            section,
            rule,
            named: named(subject, section),
        })
    });
    found.collect()
}

/// The alternatives by whichever form names the most: headings, list items, rows of a table, paragraphs that open in bold.
fn named(record: &Record, section: &Section) -> Vec<Spanned<String>> {
    let text = record.text();
    let inner = || record.outline.sections.iter().filter(|part| section.body.contains(part.heading));
    let level = inner().map(|part| part.level).min();
    let headings = inner().filter(|part| Some(part.level) == level);
    let headings: Vec<_> = headings.map(|part| Spanned::new(part.title.clone(), part.heading)).collect();
    let rows = tables(text, section.body).into_iter().flat_map(|table| table.rows);
    let rows: Vec<_> = rows.filter_map(|row| row.into_iter().next()).collect();
    [headings, items(text, section.body), rows, bold(text, section.body)]
        .into_iter()
        .max_by_key(Vec::len)
        .unwrap_or_default()
}

/// Paragraphs that open with `**name**`.
fn bold(text: &str, within: Span) -> Vec<Spanned<String>> {
    let mut at = within.start as usize;
    let mut found = Vec::new();
    for line in within.of(text).split_inclusive('\n') {
        let name = line.strip_prefix("**").and_then(|rest| rest.split_once("**")).map(|(name, _)| name);
        if let Some(name) = name {
            found.push(Spanned::new(line.trim().to_owned(), Span::new(at + 2, at + 2 + name.len())));
        }
        at += line.len();
    }
    found
}
