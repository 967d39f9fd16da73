//! One project as an editor sees it: its files, with the texts over them that are not saved.

use super::document::Encoding;
use crate::config::{CONFIG_FILE, Config, Overrides, find_project};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::record::Record;
use crate::source::{Disk, Files, Overlay, Source};
use crate::text::{Digest, SourcePath};
use crate::workspace::{Changes, Demand, Snapshot, Workspace};
use ls_types::Uri;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One project: its files, the texts that are open, and the last look at all of it.
pub(super) struct Project {
    /// The project's folder, canonical.
    pub(super) root: PathBuf,
    /// The same folder as the editor names it.
    named: PathBuf,
    overlay: Arc<Overlay>,
    workspace: Workspace,
    /// The texts that are open in the editor.
    pub(super) open: BTreeMap<SourcePath, Open>,
    /// What was seen last; nothing until the first look has come to an end.
    pub(super) snapshot: Option<Snapshot>,
    /// Why the last look came to no end.
    pub(super) failure: Option<String>,
    is_stale: bool,
    /// Findings about settings that cannot be read as they stand: the log is seen under the last that could.
    pub(super) settings_found: Option<Vec<Diagnostic>>,
    /// What the editor was told, by file: the text that it is about, and the findings.
    pub(super) told: BTreeMap<SourcePath, (Digest, Vec<Diagnostic>)>,
}

/// A text that is open in the editor.
pub(super) struct Open {
    /// The text.
    pub(super) text: Arc<str>,
    /// Its version, as the editor counts.
    pub(super) version: i32,
    /// Its address, as the editor writes it.
    pub(super) uri: Uri,
}

impl Project {
    /// Opens the project that holds a file or a folder; nothing where no folder upwards is one or shows a log.
    pub(super) fn holding(path: &Path) -> Option<Project> {
        let folder = path.ancestors().find(|folder| folder.is_dir())?;
        let disk = Disk::open(&find_project(folder)?).ok()?;
        let named = path.ancestors().find(|folder| Disk::behind(folder) == disk.root).unwrap_or(&disk.root).to_owned();
        let root = disk.root.clone();
        let overlay = Arc::new(Overlay::new(Arc::new(disk), BTreeMap::new()));
        let files: Arc<dyn Files> = Arc::clone(&overlay) as Arc<dyn Files>;
        Some(Project {
            root,
            named,
            overlay,
            workspace: Workspace::new(files, Overrides::default()),
            open: BTreeMap::new(),
            snapshot: None,
            failure: None,
            is_stale: true,
            settings_found: None,
            told: BTreeMap::new(),
        })
    }

    /// The path of a file below the project's folder; nothing for one outside.
    pub(super) fn path(&self, file: &Path) -> Option<SourcePath> {
        let below = |file: &Path| -> Option<String> {
            let below = file.strip_prefix(&self.named).or_else(|_| file.strip_prefix(&self.root)).ok()?;
            let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
            parts.map(|parts| parts.join("/"))
        };
        below(file).or_else(|| below(&Disk::behind(file))).map(SourcePath::new)
    }

    /// The address of a file: the editor's own for one that is open.
    pub(super) fn uri(&self, path: &SourcePath) -> Option<Uri> {
        let open = self.open.get(path).map(|open| open.uri.clone());
        open.or_else(|| Uri::from_file_path(self.named.join(path.as_str())))
    }

    /// Takes a text from the editor in place of the file's.
    pub(super) fn write(&mut self, path: &SourcePath, open: Open) {
        if path.as_str() == CONFIG_FILE {
            self.write_settings(&open.text);
        } else {
            self.overlay.lay(path.clone(), Arc::from(open.text.as_bytes()));
        }
        self.open.insert(path.clone(), open);
        self.change(path);
    }

    /// Settings that make no sense while they are being written leave the log as it was.
    fn write_settings(&mut self, text: &Arc<str>) {
        let path = SourcePath::new(CONFIG_FILE);
        let found = Config::parse(&Source::new(path.clone(), Arc::clone(text))).1;
        let is_broken = found.iter().any(|finding| finding.rule == "malformed-front-matter");
        if !is_broken {
            self.overlay.lay(path, Arc::from(text.as_bytes()));
        }
        self.settings_found = is_broken.then_some(found);
    }

    /// Lets go of a text that the editor has closed; from here on the file counts.
    pub(super) fn close(&mut self, path: &SourcePath) {
        self.overlay.lift(path);
        self.open.remove(path);
        if path.as_str() == CONFIG_FILE {
            self.settings_found = None;
        }
        self.change(path);
    }

    /// Hears that a file may have changed.
    pub(super) fn change(&mut self, path: &SourcePath) {
        self.workspace.apply(Changes::In(BTreeSet::from([path.clone()])));
        self.is_stale = true;
    }

    /// Hears that any file may have changed.
    pub(super) fn change_all(&mut self) {
        self.workspace.apply(Changes::Everywhere);
        self.is_stale = true;
    }

    /// Looks at the project again where something has changed; says whether it did.
    ///
    /// What cannot be looked at is told once; what was seen before stays.
    pub(super) fn look(&mut self, today: Date) -> bool {
        if !std::mem::take(&mut self.is_stale) {
            return false;
        }
        let seen: Result<Snapshot> = self.workspace.snapshot(today, Demand::Editing);
        match seen {
            Ok(snapshot) => (self.snapshot, self.failure) = (Some(snapshot), None),
            Err(error) => self.failure = Some(error.to_string()),
        }
        true
    }

    /// A place in a file, with all that it takes to speak of it.
    pub(super) fn scene(&self, path: &SourcePath, encoding: Encoding) -> Option<Scene<'_>> {
        let snapshot = self.snapshot.as_ref()?;
        let position = snapshot.log.at_path(path)?;
        let record = snapshot.log.record(position)?;
        Some(Scene { project: self, snapshot, position, record, encoding })
    }
}

/// A record that the editor asks about, in its project.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    /// The project.
    pub(super) project: &'a Project,
    /// All of it, as it was seen last.
    pub(super) snapshot: &'a Snapshot,
    /// Which record of the log it is.
    pub(super) position: usize,
    /// The record.
    pub(super) record: &'a Record,
    /// How the editor counts.
    pub(super) encoding: Encoding,
}
