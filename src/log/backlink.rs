//! Who mentions whom, and in which words.

use super::index::Index;
use super::target::Target;
use crate::record::Record;
use crate::text::Span;
use std::collections::BTreeMap;

/// Bytes of context looked at on either side of a mention.
const CONTEXT: usize = 240;

/// A mention, seen from its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlink {
    /// The record that mentions it: a position in [`super::DecisionLog::records`].
    pub from: usize,
    /// Where.
    pub span: Span,
    /// The sentence around it, as plain text: before, the mention itself, after.
    pub sentence: (String, String, String),
}

/// By record: the first mention or link in each other record.
pub(super) fn backlinks(index: &Index) -> Vec<Vec<Backlink>> {
    let mut backlinks = vec![Vec::new(); index.records.len()];
    for (from, record) in index.records.iter().enumerate() {
        for (to, (span, words)) in first_mentions(index, record) {
            if to != from
                && let Some(of_record) = backlinks.get_mut(to)
            {
                of_record.push(Backlink { from, span, sentence: sentence(record, span, words) });
            }
        }
    }
    backlinks
}

/// Whom a record mentions: where first, and in which words.
fn first_mentions<'a>(index: &Index, record: &'a Record) -> BTreeMap<usize, (Span, &'a str)> {
    let outline = &record.outline;
    let links = outline.links.iter().filter_map(|link| match index.resolve(record, &link.target.value) {
        Target::Record { record, .. } => Some((record, (link.span, link.text.as_str()))),
        _ => None,
    });
    let mentions = outline.mentions.iter().filter_map(|mention| {
        let named = index.named(&mention.text)?;
        Some((named, (mention.span, mention.text.as_str())))
    });
    let mut first: BTreeMap<usize, (Span, &str)> = BTreeMap::new();
    for (to, at) in links.chain(mentions) {
        let earliest = first.entry(to).or_insert(at);
        if at.0 < earliest.0 {
            *earliest = at;
        }
    }
    first
}

/// The sentence around a span, in the paragraph, item or cell that holds it.
fn sentence(record: &Record, span: Span, words: &str) -> (String, String, String) {
    let text = record.text();
    let before =
        Span { start: floor(text, span.start as usize, CONTEXT).max(record.head.end), end: span.start }.of(text);
    let after = text.get(span.end as usize..).unwrap_or("");
    let block_start = before.rfind("\n\n").map_or(0, |at| at + 2);
    let before = before.get(block_start..).unwrap_or("");
    let line_starts = ["\n- ", "\n* ", "\n#", "\n|", "\n> "];
    let line = line_starts.iter().filter_map(|start| before.rfind(start)).max().map_or(0, |at| at + 1);
    let before = before.get(line..).unwrap_or("");
    let ends = [". ", "! ", "? ", ".\n", "| "];
    let start = ends.iter().filter_map(|end| before.rfind(end)).max().map_or(0, |at| at + 1);
    let stop =
        ["\n\n", "\n- ", "\n* ", "\n|", " |"].iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
    let after = after.get(..stop).unwrap_or(after);
    let stop = ends.iter().filter_map(|end| after.find(end)).min().map_or(after.len(), |at| at + 1);
    let after = after.get(..stop.min(ceiling(after, CONTEXT))).unwrap_or(after);
    let opened =
        before.get(start..).unwrap_or("").trim_start_matches(|c: char| c.is_whitespace() || "#->|*+".contains(c));
    (plain(opened), words.to_owned(), plain(after))
}

/// The character boundary at most `reach` bytes before `at`.
fn floor(text: &str, at: usize, reach: usize) -> u32 {
    let start = (at.saturating_sub(reach)..=at).find(|start| text.is_char_boundary(*start)).unwrap_or(at);
    Span::new(start, start).start
}

/// The character boundary at most `reach` bytes into the text.
fn ceiling(text: &str, reach: usize) -> usize {
    (0..=reach.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0)
}

/// Markdown as a reader hears it: links as their text, emphasis and code without their marks, blanks folded.
fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or("");
        match c {
            '*' | '`' | '[' => {}
            ']' => {
                let address = rest.strip_prefix('(').and_then(|inner| inner.split_once(')')).map(|(_, after)| after);
                rest = address.unwrap_or(rest);
            }
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out
}
