//! What was read and what was found, in numbers.

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::SourcePath;
use std::collections::BTreeSet;

/// So many findings, in so many files, and a baseline would help.
const MANY_FINDINGS: usize = 50;
const MANY_FILES: usize = 10;

/// Counts for the last lines of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Records and chapters read.
    pub records: usize,
    /// Links followed.
    pub links: usize,
    /// Places in pages that links name.
    pub anchors: usize,
    /// Diagrams parsed.
    pub diagrams: usize,
    /// Findings that are denied.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Files that could not be read, with the reason in their findings.
    pub unread: usize,
    /// Findings that comments in the texts allow.
    pub allowed: usize,
    /// Findings that the baseline holds.
    pub baselined: usize,
    /// Findings of the baseline that are there no more.
    pub fixed: usize,
    /// Whether there is a baseline.
    pub has_baseline: bool,
}

impl Summary {
    /// What was read, in a sentence.
    pub fn read(&self) -> String {
        let (texts, links) = (count(self.records, "text"), count(self.links, "link"));
        let (anchors, diagrams) = (count(self.anchors, "anchor"), count(self.diagrams, "diagram"));
        let unread = match self.unread {
            0 => String::new(),
            unread => format!("; {} could not be read", count(unread, "file")),
        };
        format!("Read {texts}, {links}, {anchors} and {diagrams}{unread}.")
    }

    /// The closing lines of a run, without the last newline: what was read, what of it is shown, and where to learn more.
    pub fn closing(&self, shown: &[&Diagnostic]) -> String {
        format!("{}\n{}{}{}{}", self.read(), verdict(shown), self.exceptions(), learn_more(shown), self.hint(shown))
    }

    /// What is left in peace, and what of the baseline has been repaired.
    fn exceptions(&self) -> String {
        let allowed = match self.allowed {
            0 => None,
            allowed => Some(format!("Comments allow {}", count(allowed, "more finding"))),
        };
        let baselined = match self.baselined {
            0 => None,
            baselined => Some(format!("the baseline holds {}", count(baselined, "more finding"))),
        };
        let mut words = match (allowed, baselined) {
            (None, None) => String::new(),
            (Some(allowed), None) => format!("\n{allowed}."),
            (None, Some(baselined)) => format!("\n{}.", baselined.replacen('t', "T", 1)),
            (Some(allowed), Some(baselined)) => format!("\n{allowed}, and {baselined}."),
        };
        if self.fixed > 0 {
            let fixed = count(self.fixed, "finding");
            let are = if self.fixed == 1 { "is" } else { "are" };
            words.push_str(&format!(
                "\n{fixed} of the baseline {are} repaired: `precedent check --write-baseline` takes what is repaired out."
            ));
        }
        words
    }

    /// Where to start when there is too much to repair at once.
    fn hint(&self, shown: &[&Diagnostic]) -> String {
        let files: BTreeSet<&SourcePath> = shown.iter().map(|finding| &finding.primary.path).collect();
        if self.has_baseline || shown.len() < MANY_FINDINGS || files.len() < MANY_FILES {
            return String::new();
        }
        "\nTo start from here, run `precedent check --write-baseline`: it leaves these in peace and reports what is new."
            .to_owned()
    }
}

/// What was found, and in how many files, in a sentence.
pub fn verdict(found: &[&Diagnostic]) -> String {
    let of = |severity| found.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let hints = found.len().saturating_sub(errors + warnings);
    let counts = [(errors, "error"), (warnings, "warning"), (hints, "hint")];
    let counts = counts.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(*number, noun));
    let counts: Vec<String> = counts.collect();
    let files: BTreeSet<&SourcePath> = found.iter().map(|finding| &finding.primary.path).collect();
    let files = count(files.len(), "file");
    match counts.as_slice() {
        [] => "Found nothing wrong.".to_owned(),
        [counts @ .., last] if !counts.is_empty() => format!("Found {} and {last} in {files}.", counts.join(", ")),
        counts => format!("Found {} in {files}.", counts.join(", ")),
    }
}

/// One hint for all findings: the gravest rule's name stands in for the others.
fn learn_more(found: &[&Diagnostic]) -> String {
    let gravest = found
        .iter()
        .rev()
        .max_by_key(|finding| finding.severity)
        .filter(|finding| finding.severity >= Severity::Warning);
    gravest.map_or_else(String::new, |finding| {
        format!("\nFor what a rule asks and why, run `precedent explain {}`.", finding.rule)
    })
}

/// `1 file`, `12,345 files`.
pub fn count(number: usize, noun: &str) -> String {
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
        let summary = Summary { records: 41, links: 12_212, diagrams: 1, ..Summary::default() };
        let error = Diagnostic::new("broken-link", &SourcePath::new("a.md"), Span::default(), "x");
        let of = |severity, rule| Diagnostic {
            severity,
            ..Diagnostic::new(rule, &SourcePath::new("b.md"), Span::default(), "y")
        };
        let warning = of(Severity::Warning, "missing-alt-text");
        assert_eq!(
            summary.closing(&[&warning, &error, &error]),
            "Read 41 texts, 12,212 links, 0 anchors and 1 diagram.\nFound 2 errors and 1 warning in 2 files.\n\
             For what a rule asks and why, run `precedent explain broken-link`."
        );
        let unread = Summary { unread: 1, ..Summary::default() };
        assert_eq!(
            unread.closing(&[]),
            "Read 0 texts, 0 links, 0 anchors and 0 diagrams; 1 file could not be read.\nFound nothing wrong."
        );
        assert_eq!(verdict(&[&warning]), "Found 1 warning in 1 file.");
        let hint = of(Severity::Hint, "z");
        assert_eq!(verdict(&[&hint, &warning, &error]), "Found 1 error, 1 warning and 1 hint in 2 files.");
    }
}
