//! Who mentions whom, and in which words.

use super::index::Index;
use super::target::Target;
use crate::record::{REACH, Record};
use crate::text::Span;
use memchr::{memchr2_iter, memrchr_iter};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A mention, seen from its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlink {
    /// The record that mentions it: a position in [`super::DecisionLog::records`].
    pub from: usize,
    /// Where.
    pub span: Span,
}

impl Backlink {
    /// The sentence around it, as plain text: before, the mention itself, after. `from` is the record that mentions it.
    ///
    /// It is made when it is asked for: few of a log's mentions are ever shown.
    pub fn sentence(&self, from: &Record) -> (String, String, String) {
        let link = from.outline.links.iter().find(|link| link.span == self.span);
        let words = link.map_or_else(|| self.span.of(from.text()), |link| &link.text);
        sentence(from, self.span, words)
    }
}

/// The records that the links of a record lead to.
pub(super) fn links(index: &Index, record: &Record) -> Arc<[Option<u32>]> {
    let to = |target: &str| match index.resolve(record, target) {
        Target::Record { record, .. } => u32::try_from(record).ok(),
        _ => None,
    };
    record.outline.links.iter().map(|link| to(&link.target.value)).collect()
}

/// By record: the first mention or link in each other record. `links` says by record where its links lead.
pub(super) fn backlinks(index: &Index, links: &[Arc<[Option<u32>]>]) -> Vec<Arc<Vec<Backlink>>> {
    let records = index.records.par_iter().zip(links);
    let mentions: Vec<BTreeMap<usize, Span>> =
        records.map(|(record, links)| first_mentions(index, record, links)).collect();
    let mut backlinks = vec![Vec::new(); index.records.len()];
    for (from, mentions) in mentions.into_iter().enumerate() {
        for (to, span) in mentions.into_iter().filter(|(to, _)| *to != from) {
            if let Some(of_record) = backlinks.get_mut(to) {
                of_record.push(Backlink { from, span });
            }
        }
    }
    backlinks.into_iter().map(Arc::new).collect()
}

/// Whom a record mentions, and where first.
pub(super) fn first_mentions(index: &Index, record: &Record, links: &[Option<u32>]) -> BTreeMap<usize, Span> {
    let outline = &record.outline;
    let links = outline.links.iter().zip(links).filter_map(|(link, to)| Some((to.map(|to| to as usize)?, link.span)));
    let mentions =
        outline.mentions.iter().filter_map(|mention| Some((index.named_by(record, &mention.text)?, mention.span)));
    let mut first: BTreeMap<usize, Span> = BTreeMap::new();
    for (to, at) in links.chain(mentions) {
        let earliest = first.entry(to).or_insert(at);
        *earliest = at.min(*earliest);
    }
    first
}

/// The sentence around a span, in the paragraph, item or cell that holds it.
fn sentence(record: &Record, span: Span, words: &str) -> (String, String, String) {
    let text = record.text();
    let before = Span { start: floor(text, span.start as usize, REACH).max(record.head.end), end: span.start }.of(text);
    let after = text.get(span.end as usize..).unwrap_or("");
    let after = after.get(..ceiling(after, REACH)).unwrap_or("");
    let block_start = before.rfind("\n\n").map_or(0, |at| at + 2);
    let before = before.get(block_start..).unwrap_or("");
    let line =
        memrchr_iter(b'\n', before.as_bytes()).find(|at| opens(before, *at, &["\n- ", "\n* ", "\n#", "\n|", "\n> "]));
    let before = before.get(line.map_or(0, |at| at + 1)..).unwrap_or("");
    let start = before.as_bytes().windows(2).rposition(ends).map_or(0, |at| at + 1);
    let stop = memchr2_iter(b'\n', b' ', after.as_bytes())
        .find(|at| opens(after, *at, &["\n\n", "\n- ", "\n* ", "\n|", " |"]))
        .unwrap_or(after.len());
    let after = after.get(..stop).unwrap_or(after);
    let stop = after.as_bytes().windows(2).position(ends).map_or(after.len(), |at| at + 1);
    let after = after.get(..stop).unwrap_or(after);
    let opened =
        before.get(start..).unwrap_or("").trim_start_matches(|c: char| c.is_whitespace() || "#->|*+".contains(c));
    (plain(opened), words.to_owned(), plain(after))
}

/// Whether one of some texts stands at a place.
fn opens(text: &str, at: usize, texts: &[&str]) -> bool {
    text.get(at..).is_some_and(|rest| texts.iter().any(|text| rest.starts_with(text)))
}

/// Whether a sentence or a cell ends with the first of two characters.
fn ends(pair: &[u8]) -> bool {
    matches!(pair, b". " | b"! " | b"? " | b".\n" | b"| ")
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
