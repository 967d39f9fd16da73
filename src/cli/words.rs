//! Findings and numbers as the commands write them.

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{Style, Summary, terminal};
use crate::text::LineIndex;
use crate::workspace::Snapshot;

/// The most findings written in full; nobody reads more at a time.
const MOST_FINDINGS: usize = 100;
/// The most findings written in one line each while a preview runs.
const MOST_LINES: usize = 20;

/// Findings with their sources, for standard output.
pub(super) fn findings(found: &[&Diagnostic], snapshot: &Snapshot, style: Style) -> String {
    let source = |path: &_| snapshot.source(path);
    let written = found.iter().take(MOST_FINDINGS).map(|finding| terminal(finding, &source, style) + "\n");
    written.collect::<String>() + &more(found.len(), MOST_FINDINGS)
}

/// Findings in one line each.
pub(super) fn short_findings(found: &[Diagnostic], snapshot: &Snapshot) -> String {
    let line = |finding: &Diagnostic| {
        let (line, column) = snapshot.source(&finding.primary.path).map_or((1, 1), |source| {
            LineIndex::new(&source.text).line_column(&source.text, finding.primary.span.start)
        });
        let level = level(finding.severity);
        let message = finding.message.escape_debug().to_string().replace("\\'", "'").replace("\\\"", "\"");
        format!("{}:{line}:{column}: {level}[{}]: {message}\n", finding.primary.path, finding.rule)
    };
    found.iter().take(MOST_LINES).map(line).collect::<String>() + &more(found.len(), MOST_LINES)
}

fn more(count: usize, shown: usize) -> String {
    match count.saturating_sub(shown) {
        0 => String::new(),
        more => format!("… and {more} more; `precedent check PATH` shows those of a file or folder\n"),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "note",
        Severity::Hint => "hint",
    }
}

/// What was read, in a sentence.
pub(super) fn read(summary: &Summary) -> String {
    let counts = [count(summary.records, "record"), count(summary.links, "link"), count(summary.diagrams, "diagram")];
    let [records, links, diagrams] = counts;
    let unread = match summary.unread {
        0 => String::new(),
        unread => format!("; {} could not be read", count(unread, "file")),
    };
    format!("Read {records}, {links} and {diagrams}{unread}.")
}

/// What was found, in a sentence.
pub(super) fn found(found: &[&Diagnostic]) -> String {
    let of = |severity| found.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let hints = found.len().saturating_sub(errors + warnings);
    let counts = [(errors, "error"), (warnings, "warning"), (hints, "hint")];
    let counts: Vec<String> =
        counts.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(*number, noun)).collect();
    match counts.as_slice() {
        [] => "Found nothing wrong.".to_owned(),
        [first, last] => format!("Found {first} and {last}."),
        counts => format!("Found {}.", counts.join(", ")),
    }
}

/// `1 record`, `2 records`.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// A size for people: `812 bytes`, `1.2 MB`.
pub(super) fn size(bytes: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourcePath, Span};

    #[test]
    fn numbers_read_well() {
        assert_eq!(count(1, "record"), "1 record");
        assert_eq!(count(0, "record"), "0 records");
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(1_234_567), "1.2 MB");
        let path = SourcePath::new("a.md");
        let error = Diagnostic::new("broken-link", &path, Span::default(), "x");
        let warning = Diagnostic { severity: Severity::Warning, ..error.clone() };
        assert_eq!(found(&[]), "Found nothing wrong.");
        assert_eq!(found(&[&warning]), "Found 1 warning.");
        assert_eq!(found(&[&error, &error, &warning]), "Found 2 errors and 1 warning.");
    }
}
