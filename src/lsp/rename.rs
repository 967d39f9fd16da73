//! Another id for a record, in every place that names it.

use super::action::text_edit;
use super::cursor::{Reference, unquoted};
use super::document::Lines;
use super::navigate::{named_at, naming};
use super::project::Scene;
use crate::diagnostic::Edit;
use crate::record::{Numbered, Record, RecordId};
use crate::text::{SourcePath, Span, destination};
use ls_types::{
    DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Position,
    PrepareRenameResponse, RenameFile, ResourceOp, TextDocumentEdit, WorkspaceEdit,
};
use std::collections::BTreeMap;

/// What can be renamed at a position: the id that stands there. Elsewhere nothing can.
pub(super) fn prepare(scene: Scene<'_>, position: Position) -> Option<PrepareRenameResponse> {
    let (record, span) = target(scene, position)?;
    let id = &scene.snapshot.log.record(record)?.id.as_ref()?.value;
    let range = Lines::new(scene.record.text(), scene.encoding).range(span);
    Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: id.to_string() })
}

/// The edits that give the record at a position another id; the file is renamed where its name has the number.
///
/// # Errors
/// In words for the author, when the id cannot be had or the editor cannot do it.
pub(super) fn rename(
    scene: Scene<'_>,
    at: Position,
    name: &str,
    may_rename_files: bool,
) -> Result<WorkspaceEdit, String> {
    let log = &scene.snapshot.log;
    let (position, _) = target(scene, at).ok_or("there is no id here")?;
    let record = log.record(position).ok_or("there is no such record")?;
    let old = record.id.as_ref().map(|id| id.value.clone()).ok_or("this record has no id")?;
    let new = new_id(&old, name)?;
    if let Some(other) =
        log.claims(&new).iter().filter(|other| **other != position).find_map(|other| log.record(*other))
    {
        return Err(format!("{new} is the id of {}", other.path()));
    }
    let is_addendum = |id: &&RecordId| id.prefix == old.prefix && id.number == old.number && id.addendum.is_some();
    if old.addendum.is_none()
        && let Some((addendum, _)) = log.ids().find(|(id, _)| is_addendum(id))
    {
        return Err(format!("{old} has an addendum, {addendum}, whose id would no longer fit"));
    }
    let file = new_path(record, &old, &new)?;
    if file.is_some() && !may_rename_files {
        let name = file.as_ref().map_or("", |path| path.file_name());
        return Err(format!("this editor cannot rename files for us; rename {} to {name} yourself", record.path()));
    }
    let mut edits: BTreeMap<SourcePath, Vec<Edit>> = BTreeMap::new();
    let mut add = |path: &SourcePath, span: Span, text: String| {
        edits.entry(path.clone()).or_default().push(Edit { path: path.clone(), span, text });
    };
    if let Some(id) = record.id.as_ref().filter(|id| !id.span.is_empty()) {
        add(record.path(), unquoted(record.text(), id.span), new.to_string());
    }
    for (path, reference) in naming(scene, position) {
        let text = log.at_path(&path).and_then(|at| log.record(at)).map_or("", Record::text);
        for (span, written) in rewritten(text, &reference, (&old, &new), (record.path(), file.as_ref())) {
            add(&path, span, written);
        }
    }
    workspace_edit(scene, edits, file.map(|file| (record.path().clone(), file)))
}

/// The record whose id stands at a position, and the place of the id.
fn target(scene: Scene<'_>, at: Position) -> Option<(usize, Span)> {
    let text = scene.record.text();
    let offset = Lines::new(text, scene.encoding).offset(at);
    let own = scene.record.id.as_ref().filter(|id| !id.span.is_empty()).map(|id| unquoted(text, id.span));
    if let Some(span) = own.filter(|span| span.range().start <= offset && offset <= span.range().end) {
        return Some((scene.position, span));
    }
    let reference = named_at(scene, at)?;
    let ids = ids_in(text, reference.span);
    let span = ids.into_iter().find(|(_, span)| span.range().start <= offset && offset <= span.range().end)?.1;
    Some((reference.record, span))
}

fn new_id(old: &RecordId, name: &str) -> Result<RecordId, String> {
    let parsed = RecordId::parse(name).ok_or_else(|| format!("`{name}` is no id; write one such as {old}"))?;
    if parsed.prefix != old.prefix {
        return Err(format!(
            "an id that starts with {} is another kind's; this one starts with {}",
            parsed.prefix, old.prefix
        ));
    }
    if parsed.addendum.is_some() != old.addendum.is_some() {
        return Err("an addendum stays one, and a record that is none does not become one".to_owned());
    }
    Ok(RecordId { width: old.width.max(parsed.width), ..parsed })
}

/// Where the file goes that has the number in its name; nothing where only the head says the id.
fn new_path(record: &Record, old: &RecordId, new: &RecordId) -> Result<Option<SourcePath>, String> {
    let path = record.path();
    let numbered = Numbered::parse(path.stem()).filter(|numbered| numbered.number == old.number);
    let Some(numbered) = numbered.filter(|numbered| numbered.addendum == old.addendum) else {
        let is_written = record.id.as_ref().is_some_and(|id| !id.span.is_empty());
        let is_of_folder = path.folder().rsplit('/').next().and_then(Numbered::parse).is_some();
        return match is_written && !is_of_folder {
            true => Ok(None),
            false => Err(format!("the id is that of the folder {}; rename the folder", path.folder())),
        };
    };
    let stem = path.stem();
    let rest = numbered.rest;
    let joint_end = stem.len() - rest.len();
    let before: String = stem.get(..joint_end).unwrap_or("").chars().take_while(|c| !c.is_ascii_digit()).collect();
    let addendum = new.addendum.map(|addendum| format!("-a{addendum}")).unwrap_or_default();
    let name = format!("{before}{:0width$}{addendum}{rest}", new.number, width = numbered.digits);
    let extension = path.extension();
    let folder = if path.folder().is_empty() { String::new() } else { format!("{}/", path.folder()) };
    Ok(Some(SourcePath::new(format!("{folder}{name}.{extension}"))))
}

/// What becomes of a reference: ids and numbers in it, and the name of the file where that changes.
fn rewritten(
    text: &str,
    reference: &Reference,
    (old, new): (&RecordId, &RecordId),
    (path, file): (&SourcePath, Option<&SourcePath>),
) -> Vec<(Span, String)> {
    let written = reference.written.of(text);
    let named = written.split('#').next().unwrap_or("");
    let number = |digits: &str| digits.parse::<u32>().ok() == Some(old.number) && old.addendum.is_none();
    if number(named) {
        let start = reference.written.range().start;
        let padded = if named.starts_with('0') { named.len() } else { 1 };
        return vec![(Span::new(start, start + named.len()), format!("{:0padded$}", new.number))];
    }
    // Of a link, the words; its target is the file's business.
    let is_link = reference.span != reference.written && written.contains(path.file_name())
        || written.contains(&destination(path.file_name()));
    let words = if is_link { Span { end: reference.written.start, ..reference.span } } else { reference.span };
    let mut changes: Vec<(Span, String)> =
        ids_in(text, words).into_iter().filter(|(id, _)| id == old).map(|(_, span)| (span, new.to_string())).collect();
    if let Some(file) = file {
        for (old_name, new_name) in [
            (path.file_name().to_owned(), file.file_name().to_owned()),
            (destination(path.file_name()), destination(file.file_name())),
        ] {
            if let Some(at) = named.rfind(&old_name) {
                let start = reference.written.range().start + at;
                changes.push((Span::new(start, start + old_name.len()), new_name));
                break;
            }
        }
    }
    changes
}

/// The ids in a part of a text.
fn ids_in(text: &str, part: Span) -> Vec<(RecordId, Span)> {
    let is_of_id = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let mut found = Vec::new();
    let mut start = part.range().start;
    for word in part.of(text).split_inclusive(|letter| !is_of_id(letter)) {
        let bare = word.trim_end_matches(|letter| !is_of_id(letter));
        if let Some(id) = RecordId::parse(bare) {
            found.push((id, Span::new(start, start + bare.len())));
        }
        start += word.len();
    }
    found
}

fn workspace_edit(
    scene: Scene<'_>,
    edits: BTreeMap<SourcePath, Vec<Edit>>,
    file: Option<(SourcePath, SourcePath)>,
) -> Result<WorkspaceEdit, String> {
    let project = scene.project;
    let missing = || "a file of the log has no address".to_owned();
    if file.is_none() {
        let all: Vec<Edit> = edits.into_values().flatten().collect();
        return super::action::edits(project, &all, scene.encoding).ok_or_else(missing);
    }
    let mut operations = Vec::new();
    for (path, edits) in edits {
        let uri = project.uri(&path).ok_or_else(missing)?;
        let text = super::publish::text(project, &path).unwrap_or_default();
        let version = project.open.get(&path).map(|open| open.version);
        operations.push(DocumentChangeOperation::Edit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.iter().map(|edit| OneOf::Left(text_edit(&text, edit, scene.encoding))).collect(),
        }));
    }
    if let Some((old, new)) = file {
        let (old_uri, new_uri) = (project.uri(&old).ok_or_else(missing)?, project.uri(&new).ok_or_else(missing)?);
        let rename = RenameFile { old_uri, new_uri, options: None, annotation_id: None };
        operations.push(DocumentChangeOperation::Op(ResourceOp::Rename(rename)));
    }
    Ok(WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() })
}
