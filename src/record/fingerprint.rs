//! The fingerprint of what was decided: it tells, without any history, whether that has changed and where.

use super::parse::Record;
use super::section::Headings;
use crate::config::Zone;
use crate::text::{Digest, Span};
use crate::value::{Data, Scalar, Value};
use std::collections::BTreeSet;
use std::fmt;

/// The version of the way in which a text is reduced; it opens every fingerprint.
const VERSION: &str = "p1";

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

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Runs of changed blocks longer than this are not compared block by block.
const LONGEST: usize = 1_000;

/// The fingerprint of a record's frozen zone: one digest of all its words, and a mark for each block.
///
/// The frozen zone is what was agreed to: the keys of the front matter that make the decision, and the body without comments
/// and without the sections whose [`Zone`] is not frozen. White space, line breaks, the order of keys and the way values are
/// quoted do not count. The digest alone says whether something changed; the marks only say where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    digest: Digest,
    marks: Vec<u16>,
}

/// A part of the frozen zone, reduced to its words.
struct Block {
    words: String,
    span: Span,
}

impl Fingerprint {
    /// The fingerprint of a record as it stands.
    pub fn of(record: &Record) -> Fingerprint {
        let blocks = blocks(record);
        let all: Vec<&str> = blocks.iter().map(|block| block.words.as_str()).collect();
        let marks = blocks.iter().map(|block| mark(&block.words)).collect();
        Fingerprint { digest: Digest::of(all.join(" ").as_bytes()), marks }
    }

    /// Reads a fingerprint; `None` when it is not one, or of another version.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let mut parts = text.trim().split(':');
        let (version, digest, marks) = (parts.next()?, parts.next()?, parts.next()?);
        if version != VERSION || parts.next().is_some() || digest.len() != 32 || marks.len() % 2 != 0 {
            return None;
        }
        let digest = Digest(u128::from_str_radix(digest, 16).ok()?);
        let value =
            |letter: u8| LETTERS.iter().position(|known| *known == letter).and_then(|at| u16::try_from(at).ok());
        let pairs = marks.as_bytes().chunks_exact(2);
        let marks = pairs.map(|pair| Some(value(*pair.first()?)? * 64 + value(*pair.last()?)?));
        Some(Fingerprint { digest, marks: marks.collect::<Option<_>>()? })
    }

    /// Where a record differs from what this was taken of: new and changed blocks by their first lines, and for blocks that are
    /// gone the place before them. Empty when nothing changed.
    pub fn drift(&self, record: &Record) -> Vec<Span> {
        let now = Fingerprint::of(record);
        if now.digest == self.digest {
            return Vec::new();
        }
        let blocks = blocks(record);
        let changed = unmatched(&self.marks, &now.marks);
        let places = changed.into_iter().filter_map(|at| blocks.get(at).or(blocks.last())).map(|block| block.span);
        let places: BTreeSet<Span> = places.collect();
        if places.is_empty() { vec![record.title_span.unwrap_or_default()] } else { places.into_iter().collect() }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION}:{}:", self.digest)?;
        let letter = |value: u16| LETTERS.get(usize::from(value)).map_or('A', |byte| char::from(*byte));
        self.marks.iter().try_for_each(|mark| write!(f, "{}{}", letter(mark / 64), letter(mark % 64)))
    }
}

/// Twelve bits: enough to find a changed block among its neighbours.
fn mark(words: &str) -> u16 {
    u16::try_from(Digest::of(words.as_bytes()).0 & 0xfff).unwrap_or(0)
}

/// Positions in `now` that have no partner in `then`; where blocks are only gone, the position before the gap.
fn unmatched(then: &[u16], now: &[u16]) -> Vec<usize> {
    let start = then.iter().zip(now).take_while(|(one, other)| one == other).count();
    let rest = then.len().min(now.len()) - start;
    let ends = then.iter().rev().zip(now.iter().rev()).take(rest);
    let end = ends.take_while(|(one, other)| one == other).count();
    let old = then.get(start..then.len() - end).unwrap_or_default();
    let new = now.get(start..now.len() - end).unwrap_or_default();
    if new.is_empty() {
        return vec![start.saturating_sub(1)];
    }
    if old.len() > LONGEST || new.len() > LONGEST {
        return vec![start];
    }
    let kept = common(old, new);
    let changed: Vec<usize> = (0..new.len()).filter(|at| !kept.contains(at)).map(|at| start + at).collect();
    if changed.is_empty() { vec![start.saturating_sub(1)] } else { changed }
}

/// Positions in `new` of a longest common subsequence.
fn common(old: &[u16], new: &[u16]) -> BTreeSet<usize> {
    let width = new.len() + 1;
    let mut lengths = vec![0_u16; (old.len() + 1) * width];
    let at = |lengths: &[u16], row: usize, column: usize| lengths.get(row * width + column).copied().unwrap_or(0);
    for (row, one) in old.iter().enumerate().rev() {
        for (column, other) in new.iter().enumerate().rev() {
            let length = match one == other {
                true => at(&lengths, row + 1, column + 1) + 1,
                false => at(&lengths, row + 1, column).max(at(&lengths, row, column + 1)),
            };
            if let Some(place) = lengths.get_mut(row * width + column) {
                *place = length;
            }
        }
    }
    let (mut row, mut column, mut kept) = (0, 0, BTreeSet::new());
    while row < old.len() && column < new.len() {
        if old.get(row) == new.get(column) {
            kept.insert(column);
            (row, column) = (row + 1, column + 1);
        } else if at(&lengths, row + 1, column) >= at(&lengths, row, column + 1) {
            row += 1;
        } else {
            column += 1;
        }
    }
    kept
}

/// The frozen zone: the keys in their fixed order, then the body from top to bottom.
fn blocks(record: &Record) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (key, left_out) in FROZEN {
        if let Some(value) = record.front.table.get(key) {
            leaves(value, key, left_out, &mut blocks);
        }
    }
    blocks.extend(body(record));
    blocks
}

/// A block for each value: strings without quotes, numbers as numbers, tables by key. Depth is bounded where the front matter is
/// read.
fn leaves(value: &Value, key: &str, left_out: &[&str], blocks: &mut Vec<Block>) {
    match &value.data {
        Data::Scalar(form, text) => {
            let number = text.replace('_', "").parse::<f64>().ok().filter(|_| *form != Scalar::Text);
            let plain = || text.split_whitespace().collect::<Vec<_>>().join(" ");
            let words = format!("{key} = {}", number.map_or_else(plain, |number| number.to_string()));
            blocks.push(Block { words, span: value.span });
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

/// The frozen parts of the body, cut at blank lines, headings, list items and rows of tables.
fn body(record: &Record) -> Vec<Block> {
    let holes = holes(record);
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    let mut at = record.body;
    for line in record.text().get(record.body..).unwrap_or("").split_inclusive('\n') {
        let bare = line.trim();
        let words = kept_words(line, at, &holes);
        if bare.is_empty() {
            open = false;
        } else if !words.is_empty() {
            let lead = line.len() - line.trim_start().len();
            let block = blocks.last_mut().filter(|_| open && !opens_block(bare));
            match block {
                Some(block) => {
                    block.words.push(' ');
                    block.words.push_str(&words);
                }
                None => blocks.push(Block { words, span: Span::new(at + lead, at + lead + bare.len()) }),
            }
            open = !bare.starts_with('#');
        }
        at += line.len();
    }
    blocks
}

fn opens_block(line: &str) -> bool {
    let mark = line.split_whitespace().next().unwrap_or("");
    line.starts_with(['#', '|'])
        || ["-", "*", "+"].contains(&mark)
        || mark.trim_end_matches(['.', ')']).parse::<u32>().is_ok()
}

/// The words of a line that stand outside the holes; marks of block quotes move when a quote is wrapped anew.
fn kept_words(line: &str, start: usize, holes: &[Span]) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut from = 0;
    let is_hole = |at: usize| holes.iter().any(|hole| hole.range().contains(&at));
    for part in line.split_inclusive(char::is_whitespace) {
        let word = part.trim();
        let word = if words.is_empty() { word.trim_start_matches('>') } else { word };
        if !word.is_empty() && !is_hole(start + from) {
            words.push(word);
        }
        from += part.len();
    }
    words.join(" ")
}

/// What of the body is not frozen: comments, and sections that may be added to or changed.
fn holes(record: &Record) -> Vec<Span> {
    let free: Vec<_> = record.kind.sections.iter().filter(|rule| rule.zone != Zone::Frozen).collect();
    let mut holes = record.outline.comments.clone();
    if !free.is_empty() {
        let headings = Headings::of(record);
        let sections = free.iter().flat_map(|rule| headings.named(rule));
        holes.extend(sections.map(|section| Span { start: section.heading.start, end: section.body.end }));
    }
    holes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Source;
    use crate::text::SourcePath;
    use proptest::prelude::*;

    const HEAD: &str = "+++\ntitle = \"Keep invoices\"\nstatus = \"accepted\"\ndoor = \"two-way\"\n+++\n\n";

    const BODY: &str = "## Context\n\nThe law asks for ten years. We keep\nthem for seven.\n\n> Quoted words that go on\n> for two lines.\n\n\
        ## Decision\n\n- Keep them.\n- Lock them.\n\n| Year | Cost |\n|---|---|\n| 1 | 40 |\n\n## Confirmation\n\nA test.\n";

    fn record(text: &str) -> Record {
        Record::parse(&Source::new(SourcePath::new("content/adr/0001-x.md"), text), &Config::builtin()).0
    }

    fn whole(body: &str) -> String {
        format!("{HEAD}{body}")
    }

    /// Where a changed text differs, as the lines' words.
    fn drift<'a>(signed: &str, now: &'a str) -> Vec<&'a str> {
        let spans = Fingerprint::of(&record(signed)).drift(&record(now));
        spans.into_iter().map(|span| span.of(now)).collect()
    }

    #[test]
    fn what_may_change_does_not_count() {
        let signed = whole(BODY);
        for now in [
            signed.replace('\n', "\r\n"),
            signed.replace("We keep\nthem for seven.", "We\nkeep them\n  for seven."),
            signed.replace("that go on\n> for two", "that\n> go on for two"),
            signed.replace("A test.", "Two tests."),
            signed.replace("Keep them.", "Keep them. <!-- where? -->"),
            signed.replace(
                "title = \"Keep invoices\"\nstatus = \"accepted\"",
                "status = 'superseded'\ntitle = 'Keep  invoices'",
            ),
            format!("---\ntitle: Keep invoices\nstatus: accepted\ndoor: two-way\ntags: [a]\n---\n\n{BODY}"),
        ] {
            assert_eq!(drift(&signed, &now), Vec::<&str>::new(), "{now}");
        }
    }

    #[test]
    fn what_changed_is_pointed_at() {
        let signed = whole(BODY);
        for (from, to, at) in [
            ("ten years", "nine years", "The law asks for nine years. We keep"),
            ("- Lock them.", "- Lock some.", "- Lock some."),
            ("| 1 | 40 |", "| 1 | 41 |", "| 1 | 41 |"),
            ("\"two-way\"", "\"one-way\"", "\"one-way\""),
            ("## Decision", "## Decisions", "## Decisions"),
            ("- Lock them.\n", "", "- Keep them."),
            ("- Lock them.\n", "- Lock them.\n- Burn them.\n", "- Burn them."),
        ] {
            assert_eq!(drift(&signed, &signed.replace(from, to)), [at], "{from} -> {to}");
        }
    }

    #[test]
    fn only_fingerprints_of_this_version_are_read() {
        let own = Fingerprint::of(&record(&whole(BODY)));
        assert_eq!(Fingerprint::parse(&own.to_string()), Some(own.clone()));
        let written = own.to_string();
        for wrong in [
            "",
            "abc",
            &written.replace("p1", "p2"),
            &written.replace("p1:", "p1:0"),
            &format!("{written}é"),
            &format!("{written}:x"),
        ] {
            assert_eq!(Fingerprint::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_text_agrees_with_itself_in_any_breaking(words in prop::collection::vec("[a-z0-9.,]{1,8}", 1..60), at in 0usize..60) {
            let signed = whole(&words.join(" "));
            let broken = whole(&words.join("\n"));
            prop_assert_eq!(drift(&signed, &broken), Vec::<&str>::new());
            let mut other = words.clone();
            let at = at % words.len();
            other[at] = format!("{}x", other[at]);
            let other = whole(&other.join(" "));
            prop_assert!(!drift(&signed, &other).is_empty());
        }

        #[test]
        fn no_fingerprint_makes_it_panic(text in ".{0,80}", marks in "[A-Za-z0-9_-]{0,40}") {
            let made = format!("p1:{:032x}:{marks}", 7);
            for text in [text, made] {
                if let Some(fingerprint) = Fingerprint::parse(&text) {
                    prop_assert!(!fingerprint.drift(&record(&whole(BODY))).is_empty());
                }
            }
        }
    }
}
