//! What an editor offers to do about findings: the repair, or an exception with its reason.

use super::document::{Encoding, Lines};
use super::project::Project;
use super::publish::{findings, shown, text};
use crate::check::may_be_allowed;
use crate::diagnostic::{Applicability, Diagnostic, Edit};
use crate::record::Record;
use crate::text::{SourcePath, capitalised};
use ls_types::{CodeAction, CodeActionKind, Position, Range, TextEdit, Uri, WorkspaceEdit};
use std::collections::HashMap;

/// What can be done about the findings that touch a range of a file.
pub(super) fn actions(project: &Project, path: &SourcePath, range: Range, encoding: Encoding) -> Vec<CodeAction> {
    let Some(snapshot) = &project.snapshot else { return Vec::new() };
    let mut actions = Vec::new();
    for finding in findings(project).filter(|finding| finding.primary.path == *path) {
        let told = shown(project, finding, encoding);
        if !touch(told.range, range) {
            continue;
        }
        let action = |title: String, edit: WorkspaceEdit, is_preferred: bool| CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![told.clone()]),
            edit: Some(edit),
            is_preferred: Some(is_preferred),
            ..CodeAction::default()
        };
        if let Some(fix) = &finding.fix
            && let Some(edit) = edits(project, &fix.edits, encoding)
        {
            actions.push(action(capitalised(&fix.title), edit, fix.applicability == Applicability::Safe));
        }
        let record = snapshot.log.at_path(path).and_then(|position| snapshot.log.record(position));
        if let Some(edit) = record.and_then(|record| exception(record, finding))
            && let Some(edit) = edits(project, &[edit], encoding)
        {
            actions.push(action(format!("Allow `{}` here, with a reason", finding.rule), edit, false));
        }
    }
    actions
}

/// Edits as the protocol writes them, with the line ends of each file.
pub(super) fn edits(project: &Project, edits: &[Edit], encoding: Encoding) -> Option<WorkspaceEdit> {
    // The type of the protocol's own library.
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for edit in edits {
        let of_file = changes.entry(project.uri(&edit.path)?).or_default();
        of_file.push(text_edit(&text(project, &edit.path)?, edit, encoding));
    }
    Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
}

/// One edit as the protocol writes it.
pub(super) fn text_edit(text: &str, edit: &Edit, encoding: Encoding) -> TextEdit {
    let new = if text.contains("\r\n") { edit.text.replace('\n', "\r\n") } else { edit.text.clone() };
    TextEdit { range: Lines::new(text, encoding).range(edit.span), new_text: new }
}

/// A comment that allows a finding in its section, or in the whole text where it stands above the first; the reason is still to
/// be written, and the comment is reported until it is.
fn exception(record: &Record, finding: &Diagnostic) -> Option<Edit> {
    if !may_be_allowed(finding.rule) {
        return None;
    }
    let comment = format!("<!-- precedent: allow {}: TODO -->", finding.rule);
    let at = finding.primary.span;
    let holds = |section: &&crate::markdown::Section| {
        section.heading.start <= at.start && at.start < section.own.end.max(section.heading.end + 1)
    };
    let section = record.outline.sections.iter().find(holds);
    let section = section.filter(|section| record.title_heading != Some(section.heading));
    let (offset, text) = match section {
        Some(section) => (section.heading.end as usize, format!("\n\n{comment}")),
        None if record.head.is_empty() => (record.body, format!("{comment}\n\n")),
        None => (record.body, format!("\n{comment}\n")),
    };
    Some(Edit { path: record.path().clone(), span: crate::text::Span::new(offset, offset), text })
}

fn touch(one: Range, other: Range) -> bool {
    let is_before = |a: Position, b: Position| (a.line, a.character) <= (b.line, b.character);
    is_before(one.start, other.end) && is_before(other.start, one.end)
}
