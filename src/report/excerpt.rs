//! The lines of a text that a finding speaks of, made safe to print.

use crate::line::columns;
use crate::text::Span;
use memchr::{memchr_iter, memrchr};
use std::ops::Range;

/// Lines longer than this (in characters) are cut around the place of interest.
const LONGEST: usize = 160;

/// A character of private use that stands for a place's heading until it is known; in texts it is escaped.
pub(super) const TOKEN: char = '\u{f8ff}';

/// How many characters are kept before that place.
const BEFORE: usize = 50;

/// Lines of a text: the marked ones and their neighbours; lines between them are blank, since they are not shown.
pub(super) struct Excerpt {
    /// The number of its first line, from 1.
    pub(super) line: usize,
    /// The lines.
    pub(super) text: String,
    /// For each span that was asked for, its place in `text`.
    pub(super) places: Vec<Range<usize>>,
    /// Line and column at which the first of them starts, from 1; columns count characters.
    pub(super) first: (usize, usize),
}

/// The line on which a span starts, and the part of the span that lies on it.
struct Marked {
    /// Lines before it.
    index: usize,
    /// Where the line starts, in bytes.
    start: usize,
    /// In bytes from the line's start.
    place: Range<usize>,
}

impl Excerpt {
    /// Cuts out the lines on which `spans` start; what goes on over several lines is marked on its first.
    pub(super) fn of(text: &str, spans: &[Span]) -> Excerpt {
        let marked: Vec<Marked> = spans.iter().map(|span| mark(*span, text)).collect();
        let (first, start) = marked.iter().map(|mark| (mark.index, mark.start)).min().unwrap_or((0, 0));
        let last = marked.iter().map(|mark| mark.index).max().unwrap_or(0);
        let mut excerpt = Excerpt {
            line: first + 1,
            text: String::new(),
            places: vec![0..0; spans.len()],
            first: marked.first().zip(spans.first()).map_or((1, 1), |(mark, span)| mark.line_column(*span, text)),
        };
        let lines = text.get(start..).unwrap_or("").split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        for (index, line) in (first..=last).zip(lines) {
            let here: Vec<(usize, &Marked)> =
                marked.iter().enumerate().filter(|(_, mark)| mark.index == index).collect();
            if here.is_empty() && !marked.iter().any(|mark| mark.index.abs_diff(index) == 1) {
                excerpt.text.push('\n');
                continue;
            }
            excerpt.push(line, index == 0, &here);
        }
        excerpt
    }

    fn push(&mut self, line: &str, is_first: bool, marks: &[(usize, &Marked)]) {
        let window = window(line, marks.first().map(|(_, mark)| &mark.place));
        let mut offsets = vec![(0, self.text.len())];
        if window.start > 0 {
            self.text.push('…');
        }
        let shown = line.get(window.clone()).unwrap_or("").char_indices().map(|(at, c)| (window.start + at, c));
        for (at, c) in shown {
            offsets.push((at, self.text.len()));
            // A byte order mark is no part of what the author wrote.
            if !(is_first && at == 0 && c == '\u{feff}') {
                push_escaped(&mut self.text, c);
            }
        }
        offsets.push((window.end, self.text.len()));
        if window.end < line.len() {
            self.text.push('…');
        }
        let moved = |at: usize| {
            let next = offsets.partition_point(|(before, _)| *before <= at);
            offsets.get(next.saturating_sub(1)).map_or(0, |(_, after)| *after)
        };
        for (position, mark) in marks {
            if let Some(place) = self.places.get_mut(*position) {
                *place = moved(mark.place.start)..moved(mark.place.end);
            }
        }
        self.text.push('\n');
    }
}

/// A text that is safe to print: shows control characters, and marks that turn or hide text, as `\u{202e}`; a tab stays.
pub fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    text.chars().for_each(|c| push_escaped(&mut shown, c));
    shown
}

fn push_escaped(text: &mut String, c: char) {
    let turns = matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    match c {
        '\t' => text.push_str("    "),
        c if c.is_control() || turns || c == TOKEN => text.extend(c.escape_unicode()),
        c => text.push(c),
    }
}

impl Marked {
    fn line_column(&self, span: Span, text: &str) -> (usize, usize) {
        (self.index + 1, columns(text, Span::new(self.start, span.range().start)) + 1)
    }
}

/// Lines are counted anew for each place: that is quicker than a list of where they start.
fn mark(span: Span, text: &str) -> Marked {
    let Range { start, end } = span.range();
    let before = text.as_bytes().get(..start).unwrap_or(text.as_bytes());
    let index = memchr_iter(b'\n', before).count();
    let line_start = memrchr(b'\n', before).map_or(0, |at| at + 1);
    let line = text.get(line_start..).and_then(|rest| rest.split('\n').next()).unwrap_or("");
    let length = line.strip_suffix('\r').unwrap_or(line).len();
    let from = start.saturating_sub(line_start).min(length);
    Marked { index, start: line_start, place: from..end.saturating_sub(line_start).clamp(from, length) }
}

/// The part of a line to show, in bytes: all of it, unless it is long.
fn window(line: &str, place: Option<&Range<usize>>) -> Range<usize> {
    if line.chars().take(LONGEST + 1).count() <= LONGEST {
        return 0..line.len();
    }
    let start = line.get(..place.map_or(0, |place| place.start)).unwrap_or("");
    let from = start.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let shown = line.get(from..).unwrap_or("");
    let to = shown.char_indices().nth(LONGEST).map_or(line.len(), |(at, _)| from + at);
    from..to
}
