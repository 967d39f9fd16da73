//! Another id for a record, in every place that names it.

use super::action::text_edit;
use super::cursor::{Reference, unquoted};
use super::document::Lines;
use super::navigate::{named_at, naming};
use super::project::Scene;
use crate::diagnostic::Edit;
use crate::log::DecisionLog;
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
    // What several links share, such as a definition below the text, is changed once.
    let mut edits: BTreeMap<SourcePath, BTreeMap<Span, String>> = BTreeMap::new();
    if let Some(id) = record.id.as_ref().filter(|id| !id.span.is_empty()) {
        let span = unquoted(record.text(), id.span);
        let written = respelt(span.of(record.text()), &new);
        edits.entry(record.path().clone()).or_default().insert(span, written);
    }
    let renaming = Renaming { log, position, old: &old, new: &new, from: record.path(), to: file.as_ref() };
    for (path, reference) in naming(scene, position) {
        let Some(holder) = log.at_path(&path).and_then(|at| log.record(at)) else { continue };
        edits.entry(path).or_default().extend(renaming.rewritten(holder, &reference));
    }
    edits.retain(|_, changes| !changes.is_empty());
    let edits = edits.into_iter().map(|(path, changes)| {
        let edit = |(span, text)| Edit { path: path.clone(), span, text };
        (path.clone(), changes.into_iter().map(edit).collect())
    });
    workspace_edit(scene, edits.collect(), file.map(|file| (record.path().clone(), file)))
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
    let is_here = |span: &Span| span.range().start <= offset && offset <= span.range().end;
    let span = ids_in(text, reference.span).into_iter().find(is_here)?;
    Some((reference.record, span))
}

fn new_id(old: &RecordId, name: &str) -> Result<RecordId, String> {
    let parsed = RecordId::parse(name).ok_or_else(|| format!("`{name}` is no id; write one such as {old}"))?;
    // Within a root, its prefix goes without saying.
    let is_short = parsed.prefix == old.series();
    let parsed = if is_short { RecordId { prefix: old.prefix.clone(), ..parsed } } else { parsed };
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
        let is_of_folder = Numbered::parse(path.folder_name()).is_some();
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

/// What is renamed, and to what.
struct Renaming<'a> {
    log: &'a DecisionLog,
    position: usize,
    old: &'a RecordId,
    new: &'a RecordId,
    from: &'a SourcePath,
    /// The file's new path, where its name has the number.
    to: Option<&'a SourcePath>,
}

impl Renaming<'_> {
    /// What becomes of a reference that stands in `holder`: ids and numbers in it, and the name of the file where that changes.
    fn rewritten(&self, holder: &Record, reference: &Reference) -> Vec<(Span, String)> {
        let text = holder.text();
        let written = reference.written.of(text);
        let named = written.split('#').next().unwrap_or("");
        let start = reference.written.range().start;
        if is_number(named) {
            let is_old = named.parse() == Ok(self.old.number);
            return is_old
                .then(|| (Span::new(start, start + named.len()), respelt(named, self.new)))
                .into_iter()
                .collect();
        }
        let place = self.place(named);
        let mut changes = Vec::new();
        let is_ours = |span: &Span| self.log.related(holder, span.of(text)).is_some_and(|(at, _)| at == self.position);
        for part in words_of(reference, place.is_some()) {
            let ids = ids_in(text, part).into_iter().filter(is_ours);
            changes.extend(ids.map(|span| (span, respelt(span.of(text), self.new))));
        }
        if let (Some((at, old)), Some(to)) = (place, self.to) {
            let name = if old.contains('%') { destination(to.stem()) } else { to.stem().to_owned() };
            changes.push((Span::new(start + at, start + at + old.len()), name));
        }
        changes
    }

    /// Where a target has the file's name, and how it is written there; the extension may be another or missing.
    fn place(&self, target: &str) -> Option<(usize, String)> {
        let at = target.rfind('/').map_or(0, |slash| slash + 1);
        let last = target.get(at..)?;
        let is_it = |stem: &String| last.strip_prefix(stem.as_str()).is_some_and(is_extension);
        let stem = [self.from.stem().to_owned(), destination(self.from.stem())].into_iter().find(is_it)?;
        Some((at, stem))
    }
}

/// The parts of a reference in which ids are words: all of it, but for a target that is the file's name.
fn words_of(reference: &Reference, leads_to_file: bool) -> Vec<Span> {
    let (all, target) = (reference.span, reference.written);
    // The target of `[words][label]` stands elsewhere.
    if !leads_to_file || !all.contains(target) {
        return vec![all];
    }
    vec![Span { end: target.start, ..all }, Span { start: target.end, ..all }]
}

/// Whether what follows a file's name without its extension ends the name.
fn is_extension(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['.', '?'])
}

fn is_number(written: &str) -> bool {
    !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit())
}

/// Another id as one is written: a number alone stays one, and an id without the prefix of its root has none afterwards.
fn respelt(written: &str, new: &RecordId) -> String {
    if is_number(written) {
        let width = if written.starts_with('0') { written.len() } else { 1 };
        return format!("{:0width$}", new.number);
    }
    let prefix = RecordId::parse(written).map(|id| id.prefix);
    RecordId { prefix: prefix.unwrap_or_else(|| new.prefix.clone()), ..new.clone() }.to_string()
}

/// Where ids stand in a part of a text.
fn ids_in(text: &str, part: Span) -> Vec<Span> {
    let is_of_id = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let mut found = Vec::new();
    let mut start = part.range().start;
    for word in part.of(text).split_inclusive(|letter| !is_of_id(letter)) {
        let bare = word.trim_end_matches(|letter| !is_of_id(letter));
        if RecordId::parse(bare).is_some() {
            found.push(Span::new(start, start + bare.len()));
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
