//! Findings as readers see them.

use super::link::Map;
use crate::diagnostic::{Diagnostic, Severity};
use crate::line::LineIndex;
use crate::text::{Location, SourcePath};
use serde::Serialize;
use std::collections::BTreeMap;

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FindingView {
    pub(super) level: &'static str,
    pub(super) rule: &'static str,
    /// The rule's page.
    pub(super) href: Option<String>,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) path: String,
    /// Line and column, `12:3`; empty when the text is not in the log.
    pub(super) place: String,
    pub(super) related: Vec<RelatedView>,
}

/// Another place that explains a finding.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RelatedView {
    place: String,
    message: String,
}

/// How many findings there are.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Tally {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
}

/// Findings by the file in which they stand.
pub(super) struct Findings<'a> {
    by_path: BTreeMap<&'a SourcePath, Vec<&'a Diagnostic>>,
}

impl<'a> Findings<'a> {
    /// Sorts findings into files, keeping their order.
    pub(super) fn new(found: impl IntoIterator<Item = &'a Diagnostic>) -> Findings<'a> {
        let mut by_path: BTreeMap<&SourcePath, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in found {
            by_path.entry(&finding.primary.path).or_default().push(finding);
        }
        Findings { by_path }
    }

    /// The findings in one file.
    pub(super) fn of(&self, path: &SourcePath) -> &[&'a Diagnostic] {
        self.by_path.get(path).map_or(&[], Vec::as_slice)
    }

    /// Every file with findings.
    pub(super) fn files(&self) -> impl Iterator<Item = (&'a SourcePath, &[&'a Diagnostic])> {
        self.by_path.iter().map(|(path, found)| (*path, found.as_slice()))
    }
}

impl Tally {
    /// Counts findings.
    pub(super) fn of<'a>(found: impl IntoIterator<Item = &'a &'a Diagnostic>) -> Tally {
        let mut tally = Tally::default();
        for finding in found {
            match finding.severity {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Information | Severity::Hint => tally.notes += 1,
            }
        }
        tally
    }
}

/// The views of one file's findings; its lines are counted once.
pub(super) fn findings(found: &[&Diagnostic], map: Map<'_>) -> Vec<FindingView> {
    let mut lines: BTreeMap<SourcePath, LineIndex> = BTreeMap::new();
    let mut place = |location: &Location| place(location, map, &mut lines);
    found
        .iter()
        .map(|finding| FindingView {
            level: level_name(finding.severity),
            rule: finding.rule,
            href: map.addresses.rules.get(finding.rule).map(super::route::Route::href),
            message: finding.message.clone(),
            help: finding.help.clone(),
            path: finding.primary.path.to_string(),
            place: place(&finding.primary),
            related: finding
                .related
                .iter()
                .map(|label| RelatedView {
                    place: full_place(&label.location.path, &place(&label.location)),
                    message: label.message.clone(),
                })
                .collect(),
        })
        .collect()
}

/// How grave a finding is, as data and style sheets name it.
pub(crate) fn level_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// A file and the place in it.
fn full_place(path: &SourcePath, place: &str) -> String {
    if place.is_empty() { path.to_string() } else { format!("{path}:{place}") }
}

/// Line and column; empty when the text is not in the log.
fn place(location: &Location, map: Map<'_>, lines: &mut BTreeMap<SourcePath, LineIndex>) -> String {
    let path = &location.path;
    let Some(record) = map.log.at_path(path).and_then(|position| map.log.record(position)) else {
        return String::new();
    };
    if !lines.contains_key(path) {
        lines.insert(path.clone(), LineIndex::new(record.text()));
    }
    let place = lines.get(path).map(|lines| lines.line_column(record.text(), location.span.start));
    place.map(|(line, column)| format!("{line}:{column}")).unwrap_or_default()
}
