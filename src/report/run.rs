//! A run as the formats for programs see it.

use super::summary::Summary;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::line::LineIndex;
use crate::log::DecisionLog;
use crate::source::Source;
use crate::text::{Location, SourcePath, Span};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a run found, and what is needed to write it down.
pub struct Run<'a> {
    /// The findings, in order.
    pub found: &'a [&'a Diagnostic],
    /// The text of a file.
    pub source: &'a dyn Fn(&SourcePath) -> Option<&'a Source>,
    /// The log that was checked.
    pub log: &'a DecisionLog,
    /// The numbers.
    pub summary: &'a Summary,
    /// The day that was taken for today.
    pub today: Date,
    /// Where the site stands; empty when unknown.
    pub base_url: &'a str,
    /// The starts of lines, by file, for those that were asked for.
    lines: RefCell<BTreeMap<SourcePath, Rc<LineIndex>>>,
}

/// A place: line and column from 1, columns in characters, and the offset in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) offset: u32,
}

impl<'a> Run<'a> {
    /// Puts a run together.
    pub fn new(
        found: &'a [&'a Diagnostic],
        source: &'a dyn Fn(&SourcePath) -> Option<&'a Source>,
        (log, summary): (&'a DecisionLog, &'a Summary),
        today: Date,
        base_url: &'a str,
    ) -> Run<'a> {
        Run { found, source, log, summary, today, base_url, lines: RefCell::default() }
    }

    /// The first place of a span, and the place after its last character.
    pub(super) fn points(&self, at: &Location) -> (Point, Point) {
        let Some(text) = (self.source)(&at.path).and_then(Source::text) else {
            let start = Point { line: 1, column: 1, offset: 0 };
            return (start, start);
        };
        let mut lines = self.lines.borrow_mut();
        let index = lines.entry(at.path.clone()).or_insert_with(|| Rc::new(LineIndex::new(text)));
        let point = |offset: u32| {
            let (line, column) = index.line_column(text, offset);
            Point { line, column, offset }
        };
        let Span { start, end } = at.span;
        (point(start), point(end.max(start)))
    }
}

/// In the words of the formats.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
        Severity::Hint => "hint",
    }
}
