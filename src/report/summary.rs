//! What was read and what was found, in numbers.

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::SourcePath;
use std::collections::BTreeSet;

/// Counts for the last lines of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Records and chapters read.
    pub records: usize,
    /// Links followed.
    pub links: usize,
    /// Diagrams parsed.
    pub diagrams: usize,
    /// Findings that are denied.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Files that could not be read, with the reason in their findings.
    pub unread: usize,
}

impl Summary {
    /// The closing lines of a run, each with its newline: what was read, what was found and in how many files, and
    /// where to learn more.
    pub fn closing(&self, found: &[Diagnostic]) -> String {
        let read = [count(self.records, "record"), count(self.links, "link"), count(self.diagrams, "diagram")];
        let [records, links, diagrams] = read;
        let unread = match self.unread {
            0 => String::new(),
            unread => format!("{} could not be read. ", count(unread, "file")),
        };
        let first = format!("{records}, {links} and {diagrams} read. {unread}{}\n", self.verdict(found));
        first + &learn_more(found)
    }

    fn verdict(&self, found: &[Diagnostic]) -> String {
        let errors = (self.errors > 0).then(|| count(self.errors, "error"));
        let warnings = (self.warnings > 0).then(|| count(self.warnings, "warning"));
        let files: BTreeSet<&SourcePath> = found.iter().map(|finding| &finding.primary.path).collect();
        let findings: Vec<String> = errors.into_iter().chain(warnings).collect();
        match findings.as_slice() {
            [] => "Nothing to report.".to_owned(),
            findings => format!("{} in {}.", findings.join(" and "), count(files.len(), "file")),
        }
    }
}

/// One hint for all findings: the gravest rule's name stands in for the others.
fn learn_more(found: &[Diagnostic]) -> String {
    let gravest = found
        .iter()
        .rev()
        .max_by_key(|finding| finding.severity)
        .filter(|finding| finding.severity >= Severity::Warning);
    gravest.map_or_else(String::new, |finding| {
        format!("For what a rule asks and why, run `precedent explain {}`.\n", finding.rule)
    })
}

/// `1 file`, `12,345 files`.
fn count(number: usize, noun: &str) -> String {
    let digits = number.to_string();
    let grouped: String = digits
        .char_indices()
        .flat_map(|(at, digit)| {
            (at > 0 && (digits.len() - at).is_multiple_of(3)).then_some(',').into_iter().chain([digit])
        })
        .collect();
    let plural = if number == 1 { "" } else { "s" };
    format!("{grouped} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn the_last_lines_count_and_agree() {
        let mut summary = Summary { records: 41, links: 12_212, diagrams: 1, errors: 2, warnings: 1, unread: 0 };
        let warning = Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::new("missing-alt-text", &SourcePath::new("b.md"), Span::default(), "y")
        };
        let error = Diagnostic::new("broken-link", &SourcePath::new("a.md"), Span::default(), "x");
        assert_eq!(
            summary.closing(&[warning, error.clone(), error]),
            "41 records, 12,212 links and 1 diagram read. 2 errors and 1 warning in 2 files.\n\
             For what a rule asks and why, run `precedent explain broken-link`.\n"
        );
        summary = Summary { unread: 1, ..Summary::default() };
        assert_eq!(
            summary.closing(&[]),
            "0 records, 0 links and 0 diagrams read. 1 file could not be read. Nothing to report.\n"
        );
    }
}
