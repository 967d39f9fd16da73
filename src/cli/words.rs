//! Findings and numbers as the commands write them.

use super::console::Console;
use crate::check::Findings;
use crate::config::CONFIG_FILE;
use crate::diagnostic::{Diagnostic, Severity};
use crate::line::LineIndex;
use crate::report::{Screen, terminal};
use crate::source::Source;
use crate::text::SourcePath;
use crate::workspace::Snapshot;
use std::collections::BTreeMap;

/// The most findings written in one line each while a preview runs.
const MOST_LINES: usize = 20;

/// Findings with their sources, for standard output: as many as anybody reads, and few of one sort in one file.
pub(super) fn findings(found: &[&Diagnostic], snapshot: &Snapshot, screen: Screen<'_>) -> String {
    let limits = &snapshot.config.limits;
    let mut of_sort: BTreeMap<(&SourcePath, &str), usize> = BTreeMap::new();
    let mut chosen: Vec<usize> = Vec::new();
    // The gravest come first where not all are shown, and stand in the order of their places all the same.
    for severity in [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint] {
        for (at, finding) in found.iter().enumerate().filter(|(_, finding)| finding.severity == severity) {
            if chosen.len() >= limits.findings {
                break;
            }
            let count = of_sort.entry((&finding.primary.path, finding.rule)).or_default();
            *count += 1;
            if *count <= limits.alike {
                chosen.push(at);
            }
        }
    }
    chosen.sort_unstable();
    let shown: Vec<&Diagnostic> = chosen.iter().filter_map(|at| found.get(*at).copied()).collect();
    all_findings(&shown, snapshot, screen) + &more(found.len(), shown.len(), "`precedent check --all` shows them")
}

/// Every finding with its source.
pub(super) fn all_findings(found: &[&Diagnostic], snapshot: &Snapshot, screen: Screen<'_>) -> String {
    let source = |path: &_| snapshot.source(path);
    found.iter().map(|finding| terminal(finding, &source, screen) + "\n").collect()
}

/// Findings in one line each.
pub(super) fn short_findings(found: &Findings, snapshot: &Snapshot) -> String {
    let line = |finding: &Diagnostic| {
        let text = snapshot.source(&finding.primary.path).and_then(Source::text);
        let (line, column) =
            text.map_or((1, 1), |text| LineIndex::new(text).line_column(text, finding.primary.span.start));
        let level = level(finding.severity);
        let message = finding.message.escape_debug().to_string().replace("\\'", "'").replace("\\\"", "\"");
        format!("{}:{line}:{column}: {level}[{}]: {message}\n", finding.primary.path, finding.rule)
    };
    found.iter().take(MOST_LINES).map(line).collect::<String>()
        + &more(found.len(), MOST_LINES, "`precedent check` shows them")
}

fn more(count: usize, shown: usize, how: &str) -> String {
    match count.saturating_sub(shown) {
        0 => String::new(),
        more => format!("… and {more} more; {how}\n"),
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

/// The last lines of a run: what was read and found, or that there was nothing to read and what to do about it.
pub(super) fn close(console: Console, snapshot: &Snapshot, shown: &[&Diagnostic]) {
    match nothing_to_read(snapshot) {
        Some(why) if shown.is_empty() => {
            console.note(&snapshot.summary.read());
            console.warn(&why);
        }
        _ => console.note(&snapshot.summary.closing(shown)),
    }
}

/// That there is no Markdown: a folder without any passes every rule, and is seldom the one that was meant.
fn nothing_to_read(snapshot: &Snapshot) -> Option<String> {
    (snapshot.log.records().is_empty() && snapshot.summary.unread == 0).then(|| {
        let content = match snapshot.config.roots.top() {
            "" => "in the project's folder".to_owned(),
            content => format!("below `{content}/`"),
        };
        let is_settled = snapshot.source(&SourcePath::new(CONFIG_FILE)).is_some();
        let begin = if is_settled { "" } else { "`precedent init` begins a log, " };
        format!(
            "there is no Markdown {content}: {begin}`precedent new adr \"First decision\"` writes a first record; records that lie \
             elsewhere are found by `--root`, or by `content` under `[paths]` in `{CONFIG_FILE}`"
        )
    })
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

    #[test]
    fn sizes_read_well() {
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(1_234_567), "1.2 MB");
    }
}
