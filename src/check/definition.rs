//! What a text defines as labels, and the lines that were to define one and do not.

use crate::markdown::definitions;
use crate::record::Record;
use crate::text::Span;
use std::collections::{HashMap, HashSet};

/// The definitions of a text.
pub(super) struct Definitions {
    /// The labels that are defined, as they are written.
    pub(super) labels: Vec<String>,
    /// By their labels in small letters, the lines that open like a definition and are none.
    lines: HashMap<String, Line>,
}

/// A line that opens like a definition and is none.
pub(super) struct Line {
    /// `[label]:`.
    pub(super) span: Span,
    /// Where the label leads once an empty line stands above; `None` when it defines nothing even then.
    pub(super) target: Option<String>,
    /// Where the empty line belongs; `None` when it would part other words, too.
    pub(super) gap: Option<usize>,
    whole: Span,
}

impl Definitions {
    pub(super) fn of(record: &Record) -> Definitions {
        let defined = definitions(record.text().get(record.body..).unwrap_or(""));
        let labels: Vec<String> = defined.into_iter().map(|(label, _)| label).collect();
        let known: HashSet<String> = labels.iter().map(|label| label.to_lowercase()).collect();
        // Of two lines, the first counts.
        let lines = lines(record, &known).into_iter().rev().collect();
        Definitions { labels, lines }
    }

    /// The line that was to define a label which is not defined.
    pub(super) fn line(&self, label: &str) -> Option<&Line> {
        self.lines.get(&label.to_lowercase())
    }
}

/// The lines that open like a definition of a label that is not known, with these labels.
fn lines(record: &Record, known: &HashSet<String>) -> Vec<(String, Line)> {
    let text = record.text();
    let mut covered: Vec<Span> = record.outline.code.iter().chain(&record.outline.comments).copied().collect();
    covered.sort_unstable();
    let is_covered = |span: Span| {
        let before = covered.partition_point(|cover| cover.start <= span.start);
        covered.get(..before).and_then(|before| before.last()).is_some_and(|cover| cover.contains(span))
    };
    let (mut found, mut at) = (Vec::new(), record.body);
    for line in text.get(record.body..).unwrap_or("").split_inclusive('\n') {
        let whole = Span::new(at, at + line.len());
        at += line.len();
        let Some((span, label)) = opening(line) else { continue };
        let (span, label) = (span.shift(whole.range().start), label.to_lowercase());
        if !is_covered(span) && !known.contains(&label) {
            found.push((label, Line { span, target: None, gap: None, whole }));
        }
    }
    if found.is_empty() {
        return found;
    }
    let mut targets: HashMap<String, String> = definitions(&parted(text, record.body, &found))
        .into_iter()
        .map(|(label, target)| (label.to_lowercase(), target))
        .collect();
    for (label, line) in &mut found {
        line.target = targets.remove(label);
    }
    set_gaps(text, &mut found);
    found
}

/// The place of `[label]:`, and the label, where a line opens with it.
fn opening(line: &str) -> Option<(Span, &str)> {
    let opened = line.trim_start_matches([' ', '>']);
    let (label, _) = opened.strip_prefix('[')?.split_once("]:")?;
    let start = line.len() - opened.len();
    let is_label = !label.trim().is_empty() && !label.contains(['[', ']']) && !label.starts_with('^');
    is_label.then(|| (Span::new(start, start + label.len() + "[]:".len()), label))
}

/// The body of a text with an empty line above each of some lines.
fn parted(text: &str, mut from: usize, lines: &[(String, Line)]) -> String {
    let mut parted = String::with_capacity(text.len() + lines.len());
    for start in lines.iter().map(|(_, line)| line.whole.range().start) {
        parted.push_str(text.get(from..start).unwrap_or(""));
        parted.push('\n');
        from = start;
    }
    parted + text.get(from..).unwrap_or("")
}

/// One empty line is enough for several definitions, where nothing but these follows up to the end of the paragraph.
fn set_gaps(text: &str, lines: &mut [(String, Line)]) {
    // From the last to the first: where a paragraph's definitions start is known when all of them are.
    let mut below: Option<Span> = None;
    let mut ends = vec![false; lines.len()];
    for ((_, line), ends) in lines.iter().zip(&mut ends).rev() {
        let rest = text.get(line.whole.range().end..).unwrap_or("");
        let is_last = rest.lines().next().is_none_or(|next| next.trim().is_empty());
        let is_alone = line.target.is_some() && line.span.start - line.whole.start < 4 && !quoted(text, line);
        let goes_on = below.is_some_and(|below| below.start == line.whole.end);
        *ends = is_alone && (is_last || goes_on);
        below = ends.then_some(line.whole);
    }
    let mut above: Option<(u32, usize)> = None;
    for ((_, line), ends) in lines.iter_mut().zip(ends) {
        let start = line.whole.range().start;
        let gap = above.filter(|(end, _)| *end == line.whole.start).map_or(start, |(_, gap)| gap);
        line.gap = ends.then_some(gap);
        above = ends.then_some((line.whole.end, gap));
    }
}

fn quoted(text: &str, line: &Line) -> bool {
    Span { start: line.whole.start, end: line.span.start }.of(text).contains('>')
}
