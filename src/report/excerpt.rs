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

/// What stands before an excerpt's lines at most, and the marks of what was cut off: `1234 | … …`.
const AROUND: usize = 9;

/// The fewest characters of a line that are shown on any screen.
const SHORTEST: usize = 30;

/// How many characters of a line are shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    longest: usize,
    /// Characters of the words behind what is underlined, where they have to stand on the same line.
    label: Option<usize>,
}

impl Room {
    /// As much as a screen of some width has; what is underlined there is followed by `label`.
    pub(super) fn on(width: Option<usize>, label: &str) -> Room {
        let of_screen = |width: usize| width.saturating_sub(AROUND).clamp(SHORTEST, LONGEST);
        Room { longest: width.map_or(LONGEST, of_screen), label: width.map(|_| label.chars().count()) }
    }
}

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
    pub(super) fn of(text: &str, spans: &[Span], room: Room) -> Excerpt {
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
            excerpt.push(line, index == 0, &here, room);
        }
        excerpt
    }

    fn push(&mut self, line: &str, is_first: bool, marks: &[(usize, &Marked)], room: Room) {
        let window = window(line, marks.first().map(|(_, mark)| &mark.place), room);
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

/// The part of a line to show, in bytes: all of it, unless it is long, or the words behind what is underlined would go over the edge.
fn window(line: &str, place: Option<&Range<usize>>, room: Room) -> Range<usize> {
    let Room { longest, label } = room;
    let (start, end) = place.map_or((0, 0), |place| (place.start, place.end));
    let (before, marked) = (line.get(..start).unwrap_or(""), line.get(start..end).unwrap_or(""));
    // Neither looks further than it must: a line may be as long as the text.
    let needed = label.map_or(0, |label| marked.chars().take(longest).count() + 1 + label);
    let is_short = |text: &str, most: usize| text.chars().take(most + 1).count() <= most;
    if is_short(line, longest) && is_short(before, longest.saturating_sub(needed)) {
        return 0..line.len();
    }
    let kept = label.map_or(BEFORE, |_| (longest / 3).min(longest.saturating_sub(needed)));
    let from = before.char_indices().rev().take(kept).last().map_or(start, |(at, _)| at);
    let shown = line.get(from..).unwrap_or("");
    let to = shown.char_indices().nth(longest).map_or(line.len(), |(at, _)| from + at);
    from..to
}
