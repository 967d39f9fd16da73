//! The frozen zone of a record, cut into blocks of words: what was agreed to, and what may not change in silence.

use super::parse::Record;
use super::section::Headings;
use crate::config::Zone;
use crate::text::Span;
use crate::value::{Data, Value};

/// The keys of the front matter that belong to the decision, with what in their tables does not: it is found out later.
const FROZEN: &[(&str, &[&str])] = &[
    ("title", &[]),
    ("door", &[]),
    ("door-reasons", &[]),
    ("scope", &[]),
    ("sourcing", &[]),
    ("focus", &[]),
    ("deadline", &[]),
    ("expires", &[]),
    ("metric", &["actual", "measured"]),
    ("cost", &[]),
    ("deprecation", &["consumers"]),
];

/// A part of the frozen zone, reduced to its words.
pub(super) struct Block {
    /// The words, one blank between them.
    pub(super) words: String,
    /// Its first line, or the value.
    pub(super) span: Span,
}

/// The frozen zone: the keys in their fixed order, then the body from top to bottom.
pub(super) fn blocks(record: &Record) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (key, left_out) in FROZEN {
        if let Some(value) = record.front.table.get(key) {
            leaves(value, key, left_out, &mut blocks);
        }
    }
    read_body(record, &mut blocks);
    blocks
}

/// A block for each value, tables by key. Depth is bounded where the front matter is read.
fn leaves(value: &Value, key: &str, left_out: &[&str], blocks: &mut Vec<Block>) {
    match &value.data {
        Data::Scalar(_, text) => {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            blocks.push(Block { words: format!("{key} = {}", bare_number(&words)), span: value.span });
        }
        Data::List(items) => items.iter().for_each(|item| leaves(item, key, left_out, blocks)),
        Data::Table(table) => {
            let mut entries: Vec<_> = table.entries.iter().collect();
            entries.sort_by(|one, other| one.key.value.cmp(&other.key.value));
            for entry in entries.iter().filter(|entry| !left_out.contains(&entry.key.value.as_str())) {
                leaves(&entry.value, &format!("{key}.{}", entry.key.value), &[], blocks);
            }
        }
    }
}

/// A plain number without the marks that mean nothing: `1_000.50` as `1000.5`; any other text as it is.
///
/// The digits are compared, and not the number that a computer makes of them, which would let the last of many go.
fn bare_number(text: &str) -> String {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let is_number = unsigned.starts_with(|c: char| c.is_ascii_digit())
        && unsigned.chars().all(|c| c.is_ascii_digit() || c == '_' || c == '.')
        && unsigned.matches('.').count() <= 1;
    if !is_number {
        return text.to_owned();
    }
    let digits = digits.replace('_', "");
    match digits.contains('.') {
        true => digits.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => digits,
    }
}

/// The frozen parts of the body, cut at blank lines, headings, list items and rows of tables.
fn read_body(record: &Record, blocks: &mut Vec<Block>) {
    let holes = holes(record);
    let (mut hole, mut code) = (0, 0);
    let mut open = false;
    let mut at = record.body;
    for line in record.text().get(record.body..).unwrap_or("").split_inclusive('\n') {
        let kept = without(line, at, &holes, &mut hole);
        let is_code = is_inside(at, &record.outline.code, &mut code);
        let (bare, words) = (line.trim(), words(&kept, is_code));
        if bare.is_empty() {
            open = false;
        } else if !words.is_empty() {
            let lead = line.len() - line.trim_start().len();
            match blocks.last_mut().filter(|_| open && (is_code || !opens_block(bare))) {
                Some(block) => {
                    block.words.push(' ');
                    block.words.push_str(&words);
                }
                None => blocks.push(Block { words, span: Span::new(at + lead, at + lead + bare.len()) }),
            }
            open = !bare.starts_with('#') || is_code;
        }
        at += line.len();
    }
}

/// The parts of a line outside the holes, which are in order and apart; `from` is the first that may still matter.
fn without(line: &str, start: usize, holes: &[Span], from: &mut usize) -> String {
    let end = start + line.len();
    let (mut kept, mut at) = (String::with_capacity(line.len()), start);
    while let Some(hole) = holes.get(*from).map(|hole| hole.range()).filter(|hole| hole.start < end) {
        if hole.start > at {
            kept.push_str(line.get(at - start..hole.start - start).unwrap_or(""));
        }
        at = at.max(hole.end.min(end));
        if hole.end > end {
            break;
        }
        *from += 1;
    }
    kept.push_str(line.get(at - start..).unwrap_or(""));
    kept
}

/// Whether a line starts inside one of the spans, which are in order; `from` is the first that may still matter.
fn is_inside(at: usize, spans: &[Span], from: &mut usize) -> bool {
    while spans.get(*from).is_some_and(|span| span.range().end <= at) {
        *from += 1;
    }
    spans.get(*from).is_some_and(|span| span.range().start <= at)
}

fn opens_block(line: &str) -> bool {
    let mark = line.split_whitespace().next().unwrap_or("");
    line.starts_with(['#', '|'])
        || ["-", "*", "+"].contains(&mark)
        || mark.trim_end_matches(['.', ')']).parse::<u32>().is_ok()
}

/// The words of a line. Marks of quotes and lists, and the frame of a table, are how a text is set and no part of what it says;
/// in code every mark counts.
fn words(line: &str, is_code: bool) -> String {
    let bare = line.trim().trim_start_matches(['>', ' ']);
    let words: Vec<&str> = if is_code {
        line.split_whitespace().collect()
    } else if bare.starts_with('|') {
        bare.split(|c: char| c == '|' || c.is_whitespace())
            .filter(|cell| !cell.trim_matches([':', '-']).is_empty())
            .collect()
    } else {
        let inner = ["- ", "* ", "+ "].iter().find_map(|mark| bare.strip_prefix(mark)).unwrap_or(bare);
        inner.split_whitespace().collect()
    };
    words.join(" ")
}

/// What of the body is not frozen, in order and apart: comments, and sections that may be added to or changed, where they are
/// not a part of one that may not.
fn holes(record: &Record) -> Vec<Span> {
    let mut holes = record.outline.comments.clone();
    let rules = &record.kind.sections;
    if rules.iter().any(|rule| rule.zone != Zone::Frozen) {
        let headings = Headings::of(record);
        let named = |is_frozen: bool| {
            rules
                .iter()
                .filter(move |rule| (rule.zone == Zone::Frozen) == is_frozen)
                .flat_map(|rule| headings.named(rule))
        };
        let frozen: Vec<Span> = named(true).map(|section| section.body).collect();
        let free = named(false).filter(|section| !frozen.iter().any(|body| body.contains(section.heading)));
        holes.extend(free.map(|section| Span { start: section.heading.start, end: section.body.end }));
    }
    holes.sort();
    let mut apart: Vec<Span> = Vec::with_capacity(holes.len());
    for hole in holes {
        match apart.last_mut().filter(|last| hole.start <= last.end) {
            Some(last) => last.end = last.end.max(hole.end),
            None => apart.push(hole),
        }
    }
    apart
}
