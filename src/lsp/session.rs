//! What the editor has opened, and what it can do.

use super::document::{Encoding, changed};
use super::project::{Open, Project, Scene};
use super::publish::news;
use crate::date::Date;
use crate::source::Disk;
use crate::text::SourcePath;
use ls_types::{
    ClientCapabilities, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidOpenTextDocumentParams,
    MessageType, PublishDiagnosticsParams, ResourceOperationKind, ShowMessageParams, TextDocumentItem, Uri,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the editor has opened, and what it can do.
pub(super) struct Session {
    /// How the editor counts.
    pub(super) encoding: Encoding,
    /// Whether an edit may rename files.
    pub(super) may_rename_files: bool,
    /// Whether the editor tells of files that change, when it is asked to.
    pub(super) tells_of_files: bool,
    /// The projects that were met so far.
    pub(super) projects: Vec<Project>,
    /// The folders that the editor shows.
    folders: Vec<PathBuf>,
    /// What is still to be told of projects that were parted from.
    parted: Vec<PublishDiagnosticsParams>,
}

/// What there is to tell the editor.
pub(super) enum News {
    /// The findings of a file.
    Findings(PublishDiagnosticsParams),
    /// What the author should know.
    Message(ShowMessageParams),
}

impl Session {
    /// Begins with what the editor says of itself.
    pub(super) fn new(capabilities: &ClientCapabilities) -> Session {
        let encodings = capabilities.general.as_ref().and_then(|general| general.position_encodings.clone());
        let workspace = capabilities.workspace.as_ref();
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = edit.and_then(|edit| edit.resource_operations.as_ref());
        let has_versions = edit.and_then(|edit| edit.document_changes) == Some(true);
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files);
        Session {
            encoding: Encoding::of(&encodings.unwrap_or_default()),
            may_rename_files: has_versions
                && operations.is_some_and(|operations| operations.contains(&ResourceOperationKind::Rename)),
            tells_of_files: watched.and_then(|watched| watched.dynamic_registration) == Some(true),
            projects: Vec::new(),
            folders: Vec::new(),
            parted: Vec::new(),
        }
    }

    /// The editor shows a folder.
    pub(super) fn show(&mut self, uri: &Uri) {
        self.folders.extend(local(uri).map(|folder| Disk::behind(&folder)));
        self.meet(uri);
    }

    /// The editor shows a folder no more.
    pub(super) fn hide(&mut self, uri: &Uri) {
        let folder = local(uri).map(|folder| Disk::behind(&folder));
        self.folders.retain(|shown| folder.as_ref() != Some(shown));
    }

    /// Lets go of the projects of which no folder is shown any more and no text is open: nobody looks at them.
    pub(super) fn part(&mut self) {
        let folders = &self.folders;
        let is_shown = |root: &Path| folders.iter().any(|shown| shown.starts_with(root) || root.starts_with(shown));
        let is_left = |project: &mut Project| project.open.is_empty() && !is_shown(&project.root);
        for project in self.projects.extract_if(.., is_left) {
            let told = project.told.keys().filter_map(|path| project.uri(path));
            self.parted.extend(told.map(|uri| PublishDiagnosticsParams {
                uri,
                diagnostics: Vec::new(),
                version: None,
            }));
        }
    }

    /// Takes up the project that holds a folder or a file; a place that belongs to none is nothing to speak of.
    pub(super) fn meet(&mut self, uri: &Uri) -> Option<(&mut Project, SourcePath)> {
        let file = local(uri)?;
        let mut best: Option<(usize, SourcePath)> = None;
        for (at, project) in self.projects.iter().enumerate() {
            // Of a project within a project, the inner one has the shorter way to the file.
            if let Some(path) = project.path(&file)
                && best.as_ref().is_none_or(|(_, other)| path.as_str().len() < other.as_str().len())
            {
                best = Some((at, path));
            }
        }
        let opened = Project::holding(&file);
        let is_known = |project: &Project| self.projects.iter().any(|known| known.root == project.root);
        if let Some(project) = opened.filter(|project| !is_known(project)) {
            let path = project.path(&file)?;
            self.projects.push(project);
            return Some((self.projects.last_mut()?, path));
        }
        let (at, path) = best?;
        Some((self.projects.get_mut(at)?, path))
    }

    /// A text was opened.
    pub(super) fn open(&mut self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem { uri, version, text, .. } = params.text_document;
        if let Some((project, path)) = self.meet(&uri) {
            project.write(&path, Open { text: Arc::from(text), version, uri: uri.clone() });
        }
    }

    /// A text was changed.
    pub(super) fn change(&mut self, params: DidChangeTextDocumentParams) {
        let encoding = self.encoding;
        let Some((project, path)) = self.known(&params.text_document.uri) else { return };
        if let Some(open) = project.open.get(&path) {
            let text = Arc::from(changed(&open.text, params.content_changes, encoding));
            let open = Open { text, version: params.text_document.version, uri: open.uri.clone() };
            project.write(&path, open);
        }
    }

    /// A text was closed.
    pub(super) fn close(&mut self, uri: &Uri) {
        if let Some((project, path)) = self.known(uri) {
            project.close(&path);
        }
        self.part();
    }

    /// A text was saved: then others may have been written, too, by whatever runs at that moment.
    pub(super) fn saved(&mut self, uri: &Uri) {
        if let Some((project, _)) = self.known(uri) {
            project.change_all();
        }
    }

    /// Files were changed by others.
    pub(super) fn changed_outside(&mut self, params: &DidChangeWatchedFilesParams) {
        for change in &params.changes {
            for project in &mut self.projects {
                if let Some(path) = local(&change.uri).and_then(|file| project.path(&file)) {
                    project.change(&path);
                }
            }
        }
    }

    /// Looks again at what has changed, and says what is new to tell.
    pub(super) fn look(&mut self, today: Date) -> Vec<News> {
        let encoding = self.encoding;
        let mut all: Vec<News> = std::mem::take(&mut self.parted).into_iter().map(News::Findings).collect();
        for project in &mut self.projects {
            let before = project.failure.clone();
            if !project.look(today) {
                continue;
            }
            if let Some(message) = project.failure.clone().filter(|failure| before.as_ref() != Some(failure)) {
                all.push(News::Message(ShowMessageParams { typ: MessageType::ERROR, message }));
            }
            all.extend(news(project, encoding).into_iter().map(News::Findings));
        }
        all
    }

    /// The record of a file, with all that it takes to speak of it.
    pub(super) fn scene(&self, uri: &Uri) -> Option<Scene<'_>> {
        let (at, path) = self.position(uri)?;
        self.projects.get(at)?.scene(&path, self.encoding)
    }

    /// The project and the path of a file that was met before.
    pub(super) fn place(&self, uri: &Uri) -> Option<(&Project, SourcePath)> {
        let (at, path) = self.position(uri)?;
        Some((self.projects.get(at)?, path))
    }

    fn known(&mut self, uri: &Uri) -> Option<(&mut Project, SourcePath)> {
        let (at, path) = self.position(uri)?;
        Some((self.projects.get_mut(at)?, path))
    }

    /// Which project has a file open, else which holds it most closely.
    fn position(&self, uri: &Uri) -> Option<(usize, SourcePath)> {
        let file = local(uri)?;
        let holding = self.projects.iter().enumerate().filter_map(|(at, project)| Some((at, project.path(&file)?)));
        holding.min_by_key(|(_, path)| path.as_str().len())
    }
}

/// The path of a file of this machine.
fn local(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path().map(|path| path.into_owned())).flatten()
}
