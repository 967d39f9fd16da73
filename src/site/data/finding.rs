//! Findings as data.

use crate::diagnostic::Diagnostic;
use crate::line::LineIndex;
use crate::page::level_name;
use serde::Serialize;

/// One finding.
#[derive(Serialize)]
pub(super) struct FindingData<'a> {
    rule: &'static str,
    level: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
}

/// A finding, with its line and column where its text is at hand.
pub(super) fn finding_data<'a>(finding: &'a Diagnostic, lines: Option<(&LineIndex, &str)>) -> FindingData<'a> {
    let place = lines.map(|(lines, text)| lines.line_column(text, finding.primary.span.start));
    FindingData {
        rule: finding.rule,
        level: level_name(finding.severity),
        message: &finding.message,
        help: finding.help.as_deref(),
        path: finding.primary.path.as_str(),
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
    }
}
