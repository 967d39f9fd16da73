//! Findings as the editor shows them: told for each file when they are others than before.

use super::document::{Encoding, Lines};
use super::project::Project;
use crate::config::CONFIG_FILE;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;
use crate::text::{Digest, Location, SourcePath};
use ls_types::{
    DiagnosticRelatedInformation, DiagnosticSeverity, Location as Place, NumberOrString, PublishDiagnosticsParams,
    Range,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is to be told now: for each file whose findings are others than those that the editor was told of, all of them.
pub(super) fn news(project: &mut Project, encoding: Encoding) -> Vec<PublishDiagnosticsParams> {
    let now = by_file(project);
    let mut news = Vec::new();
    for path in project.told.keys().filter(|path| !now.contains_key(*path)) {
        news.extend(params(project, path, &[], encoding));
    }
    for (path, (text, found)) in &now {
        if project.told.get(path).is_none_or(|(before, known)| before != text || known != found) {
            news.extend(params(project, path, found, encoding));
        }
    }
    project.told = now;
    news
}

/// What is found in the texts as they stand: of settings that make no sense yet, what was found in them before is left out.
pub(super) fn findings(project: &Project) -> impl Iterator<Item = &Diagnostic> {
    let seen = project.snapshot.iter().flat_map(|snapshot| snapshot.diagnostics.iter());
    let is_stale =
        |finding: &&Diagnostic| project.settings_found.is_some() && finding.primary.path.as_str() == CONFIG_FILE;
    seen.filter(move |finding| !is_stale(finding)).chain(project.settings_found.iter().flatten())
}

/// A finding as the protocol writes it.
pub(super) fn shown(project: &Project, finding: &Diagnostic, encoding: Encoding) -> ls_types::Diagnostic {
    let help = finding.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let related = finding.related.iter().filter_map(|label| {
        let location = place(project, &label.location, encoding)?;
        Some(DiagnosticRelatedInformation { location, message: label.message.clone() })
    });
    let related: Vec<_> = related.collect();
    ls_types::Diagnostic {
        range: range(project, &finding.primary, encoding),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Information => DiagnosticSeverity::INFORMATION,
            Severity::Hint => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        source: Some("precedent".to_owned()),
        message: format!("{}{help}", finding.message),
        related_information: (!related.is_empty()).then_some(related),
        ..ls_types::Diagnostic::default()
    }
}

/// A place as the protocol writes it.
pub(super) fn place(project: &Project, location: &Location, encoding: Encoding) -> Option<Place> {
    Some(Place { uri: project.uri(&location.path)?, range: range(project, location, encoding) })
}

/// The text of a file as it was last seen: the open one of settings that make no sense yet.
pub(super) fn text(project: &Project, path: &SourcePath) -> Option<Arc<str>> {
    let is_settings = path.as_str() == CONFIG_FILE && project.settings_found.is_some();
    if is_settings {
        return project.open.get(path).map(|open| Arc::clone(&open.text));
    }
    project.snapshot.as_ref()?.source(path).and_then(Source::shared)
}

fn range(project: &Project, location: &Location, encoding: Encoding) -> Range {
    let text = text(project, &location.path).unwrap_or_default();
    Lines::new(&text, encoding).range(location.span)
}

fn params(
    project: &Project,
    path: &SourcePath,
    found: &[Diagnostic],
    encoding: Encoding,
) -> Option<PublishDiagnosticsParams> {
    let diagnostics = found.iter().map(|finding| shown(project, finding, encoding)).collect();
    let version = project.open.get(path).map(|open| open.version);
    Some(PublishDiagnosticsParams { uri: project.uri(path)?, diagnostics, version })
}

/// All findings, by file, each file with the fingerprint of the text that they are about.
fn by_file(project: &Project) -> BTreeMap<SourcePath, (Digest, Vec<Diagnostic>)> {
    let mut by_file: BTreeMap<SourcePath, (Digest, Vec<Diagnostic>)> = BTreeMap::new();
    for finding in findings(project) {
        let path = &finding.primary.path;
        let of_file = by_file.entry(path.clone()).or_insert_with(|| (digest(project, path), Vec::new()));
        of_file.1.push(finding.clone());
    }
    by_file
}

fn digest(project: &Project, path: &SourcePath) -> Digest {
    if path.as_str() == CONFIG_FILE && project.settings_found.is_some() {
        return Digest::of(text(project, path).unwrap_or_default().as_bytes());
    }
    let source = project.snapshot.as_ref().and_then(|snapshot| snapshot.source(path));
    source.map(|source| source.digest).unwrap_or_default()
}
