//! How what was decided differs between two texts of a record, word by word.

use super::frozen::{Block, blocks};
use super::parse::Record;
use crate::text::Span;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeMap;
use std::ops::Range;

/// More pairs of blocks or words than this are not compared one by one: what differs is then shown whole.
const MOST_PAIRS: usize = 4_000_000;

/// Runs of changed blocks up to this long are paired by their words.
const LONGEST_RUN: usize = 60;

/// Which part of the words of two blocks has to be the same for one to be a new form of the other.
const ALIKE: f64 = 0.4;

/// The places in which the frozen zone of a record differs from an earlier text, from top to bottom.
///
/// As for [`super::Fingerprint`], white space, line breaks and the marks of lists, quotes and tables do not count.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// The places.
    pub passages: Vec<ChangedPassage>,
}

/// One value, paragraph, item or row that is new, gone or changed.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedPassage {
    /// The heading that it stands under; `None` in the front matter, and before the first heading.
    pub section: Option<String>,
    /// Its first line in the later text; of what is gone, the line before the gap.
    pub span: Span,
    /// Its words.
    pub pieces: Vec<Piece>,
}

/// A run of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// They are as they were.
    Same(String),
    /// They were there.
    Gone(String),
    /// They are there now.
    New(String),
}

impl Difference {
    /// How `now` differs from `then`.
    pub fn between(then: &Record, now: &Record) -> Difference {
        let (old, new) = (blocks(then), blocks(now));
        let place = |at: usize| new.get(at).or(new.last()).map_or(Span::default(), |block| block.span);
        let mut passages = Vec::new();
        let mut add = |at: usize, pieces: Vec<Piece>| {
            let span = place(at);
            passages.push(ChangedPassage { section: section(now, span), span, pieces });
        };
        for (before, after) in runs(&words(&old), &words(&new)) {
            let mut at = after.start;
            let (old, new) = (old.get(before).unwrap_or_default(), new.get(after).unwrap_or_default());
            for pair in paired(old, new) {
                match pair {
                    (Some(old), Some(new)) => add(at, compared(&old.words, &new.words)),
                    (None, Some(new)) => add(at, vec![Piece::New(new.words.clone())]),
                    (Some(old), None) => add(at.saturating_sub(1), vec![Piece::Gone(old.words.clone())]),
                    (None, None) => {}
                }
                at += usize::from(pair.1.is_some());
            }
        }
        Difference { passages }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }
}

impl ChangedPassage {
    /// Its words, with long runs of those that stayed cut down to `around` on each side of a change.
    pub fn excerpt(&self, around: usize) -> Vec<Piece> {
        let last = self.pieces.len().saturating_sub(1);
        let cut = |(at, piece): (usize, &Piece)| match piece {
            Piece::Same(text) => {
                let words: Vec<&str> = text.split(' ').collect();
                let (head, tail) = (if at == 0 { 0 } else { around }, if at == last { 0 } else { around });
                if words.len() <= head + tail + 2 {
                    return piece.clone();
                }
                let head = words.get(..head).unwrap_or_default();
                let tail = words.get(words.len() - tail..).unwrap_or_default();
                let parts = [head.join(" "), "…".to_owned(), tail.join(" ")];
                Piece::Same(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
            }
            Piece::Gone(_) | Piece::New(_) => piece.clone(),
        };
        self.pieces.iter().enumerate().map(cut).collect()
    }
}

fn words(blocks: &[Block]) -> Vec<&str> {
    blocks.iter().map(|block| block.words.as_str()).collect()
}

/// Runs that differ, as ranges of both sides.
fn runs(old: &[&str], new: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let same = |(one, other): &(&&str, &&str)| one == other;
    let start = old.iter().zip(new).take_while(same).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(same).count();
    let (before, after) = (start..old.len() - end, start..new.len() - end);
    if before.len().saturating_mul(after.len()) > MOST_PAIRS {
        return vec![(before, after)];
    }
    let (old, new) = (old.get(before).unwrap_or_default(), new.get(after).unwrap_or_default());
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    let changed = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let moved = |range: Range<usize>| range.start + start..range.end + start;
    changed.map(|op| (moved(op.old_range()), moved(op.new_range()))).collect()
}

/// Old blocks beside the new ones that they have become, in the order of both.
fn paired<'a>(old: &'a [Block], new: &'a [Block]) -> Vec<(Option<&'a Block>, Option<&'a Block>)> {
    if old.len() > LONGEST_RUN || new.len() > LONGEST_RUN {
        return old
            .iter()
            .map(|block| (Some(block), None))
            .chain(new.iter().map(|block| (None, Some(block))))
            .collect();
    }
    // The best of all ways to pair them without a crossing: by row what is left of the old, by column what is left of the new.
    let width = new.len() + 1;
    let mut best = vec![0.0_f64; (old.len() + 1) * width];
    let at = |best: &[f64], row: usize, column: usize| best.get(row * width + column).copied().unwrap_or(0.0);
    let mut likeness = vec![0.0_f64; old.len() * new.len()];
    for (row, one) in old.iter().enumerate().rev() {
        for (column, other) in new.iter().enumerate().rev() {
            let alike = alike(&one.words, &other.words);
            let together = if alike >= ALIKE { alike + at(&best, row + 1, column + 1) } else { 0.0 };
            let apart = at(&best, row + 1, column).max(at(&best, row, column + 1));
            if let Some(place) = best.get_mut(row * width + column) {
                *place = together.max(apart);
            }
            if let Some(place) = likeness.get_mut(row * new.len() + column) {
                *place = alike;
            }
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < old.len() || column < new.len() {
        let alike = likeness.get(row * new.len() + column).copied().filter(|_| row < old.len() && column < new.len());
        let here = at(&best, row, column);
        if alike.is_some_and(|alike| alike >= ALIKE && alike + at(&best, row + 1, column + 1) >= here) {
            pairs.push((old.get(row), new.get(column)));
            (row, column) = (row + 1, column + 1);
        } else if row < old.len() && (column >= new.len() || at(&best, row + 1, column) >= at(&best, row, column + 1)) {
            pairs.push((old.get(row), None));
            row += 1;
        } else {
            pairs.push((None, new.get(column)));
            column += 1;
        }
    }
    pairs
}

/// How alike two texts are, from 0 to 1: twice the words that they share, of all their words.
fn alike(one: &str, other: &str) -> f64 {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut all, mut shared) = (0_u32, 0_u32);
    for word in one.split(' ') {
        *counts.entry(word).or_default() += 1;
        all += 1;
    }
    for word in other.split(' ') {
        all += 1;
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            shared += 2;
        }
    }
    f64::from(shared) / f64::from(all.max(1))
}

/// The words of two texts side by side.
fn compared(old: &str, new: &str) -> Vec<Piece> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        return vec![Piece::Gone(old.join(" ")), Piece::New(new.join(" "))];
    }
    let text = |words: &[&str], range: Range<usize>| words.get(range).unwrap_or_default().join(" ");
    let mut pieces = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if let DiffOp::Equal { .. } = op {
            pieces.push(Piece::Same(text(&old, op.old_range())));
            continue;
        }
        let (gone, fresh) = (op.old_range(), op.new_range());
        if !gone.is_empty() {
            pieces.push(Piece::Gone(text(&old, gone)));
        }
        if !fresh.is_empty() {
            pieces.push(Piece::New(text(&new, fresh)));
        }
    }
    pieces
}

/// The heading that a place stands under.
fn section(record: &Record, span: Span) -> Option<String> {
    if (span.start as usize) < record.body {
        return None;
    }
    let mut sections = record.outline.sections.iter().rev();
    sections.find(|section| section.heading.start <= span.start).map(|section| section.title.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::record::Fingerprint;
    use crate::source::Source;
    use crate::text::SourcePath;

    const TEXT: &str = "+++\ntitle = \"Keep invoices\"\nstatus = \"accepted\"\ndoor = \"two-way\"\n+++\n\n## Context\n\nThe law asks for ten years. We keep\nthem for seven.\n\n\
        ## Decision\n\n- Keep them.\n- Lock them in the vault of the bank.\n\n| Year | Cost |\n|---|---|\n| 1 | 40 |\n\n## Confirmation\n\nA test.\n";

    fn record(text: &str) -> Record {
        Record::parse(&Source::new(SourcePath::new("content/adr/0001-x.md"), text), &Config::builtin()).0
    }

    /// Each passage as `section: [-gone-]{+new+}`.
    fn shown(now: &str) -> Vec<String> {
        let difference = Difference::between(&record(TEXT), &record(now));
        let shown = difference.passages.iter().map(|passage| {
            let pieces = passage.excerpt(3).into_iter().map(|piece| match piece {
                Piece::Same(text) => text,
                Piece::Gone(text) => format!("[-{text}-]"),
                Piece::New(text) => format!("{{+{text}+}}"),
            });
            format!("{}: {}", passage.section.as_deref().unwrap_or("-"), pieces.collect::<Vec<_>>().join(" "))
        });
        shown.collect()
    }

    #[test]
    fn each_word_that_changed_is_shown_in_its_place() {
        for (from, to, expected) in [
            (
                "ten years. We keep\nthem",
                "nine years. We\nkeep them all",
                &["Context: The law asks for [-ten-] {+nine+} years. We keep them {+all+} for seven."][..],
            ),
            ("\"two-way\"", "\"one-way\"", &["-: door = [-two-way-] {+one-way+}"]),
            ("- Keep them.\n", "", &["Decision: [-Keep them.-]"]),
            ("- Keep them.\n", "- Keep them.\n- Burn the rest of it.\n", &["Decision: {+Burn the rest of it.+}"]),
            (
                "- Keep them.\n- Lock them in",
                "- Something else that is new\n- Lock all of them in",
                &[
                    "Decision: [-Keep them.-]",
                    "Decision: {+Something else that is new+}",
                    "Decision: Lock {+all of+} them in the …",
                ],
            ),
            ("| 1 | 40 |", "| 1 | 41 |", &["Decision: 1 [-40-] {+41+}"]),
            ("## Decision", "## Our decision", &["Our decision: ## [-Decision-] {+Our decision+}"]),
            ("A test.", "Two tests.", &[]),
        ] {
            assert_eq!(shown(&TEXT.replace(from, to)), expected, "{from} -> {to}");
        }
    }

    #[test]
    fn a_passage_stands_at_its_line() {
        let now = TEXT.replace("40 |", "41 |").replace("- Lock them in the vault of the bank.\n", "");
        let difference = Difference::between(&record(TEXT), &record(&now));
        let lines: Vec<&str> = difference.passages.iter().map(|passage| passage.span.of(&now)).collect();
        assert_eq!(lines, ["- Keep them.", "| 1 | 41 |"]);
    }

    #[test]
    fn what_is_gone_stands_at_the_line_before_the_gap() {
        let now = TEXT.replace(
            "- Keep them.\n- Lock them in the vault of the bank.\n",
            "- Keep some of them.\n\nSomething else.\n",
        );
        let difference = Difference::between(&record(TEXT), &record(&now));
        let lines: Vec<(&str, bool)> = difference
            .passages
            .iter()
            .map(|passage| (passage.span.of(&now), matches!(passage.pieces.as_slice(), [Piece::Gone(_)])))
            .collect();
        assert_eq!(
            lines,
            [("- Keep some of them.", false), ("- Keep some of them.", true), ("Something else.", false)]
        );
    }

    #[test]
    fn two_long_texts_without_a_word_in_common_take_no_time() {
        let long = |word: &str| format!("+++\nstatus = \"draft\"\n+++\n\n{}", format!("{word} ").repeat(300_000));
        let many = |word: &str| format!("+++\nstatus = \"draft\"\n+++\n\n{}", format!("{word}\n\n").repeat(20_000));
        for (one, other) in [(long("a"), long("b")), (many("a"), many("b")), (many("a"), long("b"))] {
            assert!(!Difference::between(&record(&one), &record(&other)).is_empty());
        }
    }

    proptest::proptest! {
        /// Both texts can be put together again from the pieces, and there is a difference where the fingerprint says so.
        #[test]
        fn nothing_is_lost_and_nothing_made_up(one in "([a-d]{1,2}( |\n|\n\n|\n- )){0,24}", other in "([a-d]{1,2}( |\n|\n\n|\n- )){0,24}") {
            let text = |body: &str| format!("+++\nstatus = \"draft\"\n+++\n\n{body}");
            let (one, other) = (record(&text(&one)), record(&text(&other)));
            let difference = Difference::between(&one, &other);
            proptest::prop_assert_eq!(difference.is_empty(), Fingerprint::of(&one).drift(&other).is_none() || words(&blocks(&one)) == words(&blocks(&other)));
            let side = |is_old: bool| difference.passages.iter().flat_map(|passage| &passage.pieces).filter_map(|piece| match piece {
                Piece::Same(text) => Some(text.clone()),
                Piece::Gone(text) => is_old.then(|| text.clone()),
                Piece::New(text) => (!is_old).then(|| text.clone()),
            }).collect::<Vec<_>>().join(" ");
            let (old, new) = (words(&blocks(&one)).join(" "), words(&blocks(&other)).join(" "));
            let count = |text: &str| text.split_whitespace().count();
            // What is in no passage is in both texts.
            proptest::prop_assert_eq!(count(&old) - count(&side(true)), count(&new) - count(&side(false)));
        }
    }
}
