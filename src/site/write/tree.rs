//! What lies in a published folder: ours and others'.

use super::fault::refused;
use super::manifest::Manifest;
use crate::error::{Error, Result};
use crate::source::MANIFEST;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The parts of a folder, by paths below it.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Files that we wrote.
    pub(super) ours: Vec<PathBuf>,
    /// Files that we did not write, and folders that hold nothing of ours, in order.
    pub(super) foreign: Vec<PathBuf>,
    /// Folders that hold something of ours, each before those inside it.
    pub(super) folders: Vec<PathBuf>,
}

impl Tree {
    /// Looks through `folder`, never following links; folders that `next` will need are looked into as well.
    pub(super) fn survey(folder: &Path, manifest: &Manifest, next: &Manifest) -> Result<Tree> {
        let mut tree = Tree::default();
        let mut walk = WalkDir::new(folder).min_depth(1).follow_links(false).into_iter();
        while let Some(found) = walk.next() {
            let found = found.map_err(|error| {
                let path = error.path().unwrap_or(folder).to_owned();
                Error::Io { doing: "could not read", path, source: error.into() }
            })?;
            let path = found.path().strip_prefix(folder).unwrap_or(found.path()).to_owned();
            let name = name(&path);
            let kind = found.file_type();
            let listed = |list: &Manifest| name.as_deref().is_some_and(|name| list.has_below(name));
            if kind.is_dir() {
                if listed(manifest) || listed(next) {
                    tree.folders.push(path);
                } else {
                    walk.skip_current_dir();
                    tree.foreign.push(path);
                }
            } else if kind.is_file() && name.is_some_and(|name| name == MANIFEST || manifest.0.contains_key(&name)) {
                tree.ours.push(path);
            } else {
                tree.foreign.push(path);
            }
        }
        tree.foreign.sort();
        Ok(tree)
    }

    /// Makes sure that everything here can be moved and removed, while nothing has been touched yet.
    ///
    /// # Errors
    /// When a folder is read-only; even moving one takes the right to write into it.
    pub(super) fn is_movable(&self, folder: &Path) -> Result<()> {
        let below = self.folders.iter().chain(&self.foreign).map(|path| folder.join(path));
        for path in below.chain([folder.to_owned()]) {
            let is_folder = fs::symlink_metadata(&path).is_ok_and(|data| data.is_dir());
            if is_folder && !may_write(&path) {
                let source = io::Error::from(io::ErrorKind::PermissionDenied);
                return Err(Error::Io { doing: "could not replace what is in", path, source });
            }
        }
        Ok(())
    }

    /// Makes sure that nothing foreign stands where the site is going to write; the same bytes may stay.
    ///
    /// # Errors
    /// When something does.
    pub(super) fn allows(&self, folder: &Path, next: &Manifest, is_same: impl Fn(&str, &Path) -> bool) -> Result<()> {
        for path in &self.foreign {
            let Some(name) = name(path) else { continue };
            let on_disk = folder.join(path);
            let in_file = path.ancestors().skip(1).filter_map(self::name).any(|above| next.0.contains_key(&above));
            let replaced = next.0.contains_key(&name) && !is_same(&name, &on_disk);
            if replaced || in_file || next.has_below(&name) {
                let on_disk = on_disk.display();
                return Err(refused(format!("cannot publish over {on_disk}: we did not write it; move it away first")));
            }
        }
        Ok(())
    }
}

#[cfg(unix)]
fn may_write(folder: &Path) -> bool {
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok()
}

#[cfg(not(unix))]
fn may_write(_: &Path) -> bool {
    true
}

/// A path below the folder as the manifest spells it; `None` when it is not UTF-8.
fn name(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/"))
}
