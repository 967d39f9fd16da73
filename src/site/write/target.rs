//! The folder to publish into, and where it may not be.

use super::fault::{failed, refused};
use super::manifest::Manifest;
use crate::error::Result;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// A folder that may be published into.
#[derive(Debug)]
pub(super) struct Target {
    /// The folder, with no link in its path.
    pub(super) folder: PathBuf,
    /// The folder that holds it.
    pub(super) parent: PathBuf,
    name: OsString,
}

impl Target {
    /// Makes sure that publishing into `output` can harm neither the content nor anything that is not ours.
    ///
    /// # Errors
    /// When it could; nothing has been touched then.
    pub(super) fn of(output: &Path, root: &Path, content: &Path) -> Result<Target> {
        if output.as_os_str().is_empty() {
            let content = content.display();
            return Err(refused(format!("no folder to publish {content} into is named; choose one such as `public`")));
        }
        let folder = settle(output)?;
        let (root, content) = (settle(root)?, settle(content)?);
        let (Some(name), Some(parent)) = (folder.file_name(), folder.parent()) else {
            return Err(unsafe_target(&folder, "is the root of the file system", "content", &content));
        };
        let wrong = if folder == content {
            Some(("is the content folder", "content", &content))
        } else if content.starts_with(&folder) {
            Some(("holds the content folder", "content", &content))
        } else if folder.starts_with(&content) && content != root {
            Some(("lies inside the content folder", "content", &content))
        } else if root.starts_with(&folder) {
            Some(("is or holds the project's folder", "project", &root))
        } else {
            None
        };
        if let Some((why, noun, other)) = wrong {
            return Err(unsafe_target(&folder, why, noun, other));
        }
        let target = Target { folder: folder.clone(), parent: parent.to_owned(), name: name.to_owned() };
        // Taken apart and joined again, so that no `/` at the end makes the system look behind the link.
        let plain: PathBuf = output.components().collect();
        if fs::symlink_metadata(plain).is_ok_and(|data| data.is_symlink()) {
            return Err(unsafe_target(output, "is a link", "content", &content));
        }
        if target.exists() && !folder.is_dir() {
            return Err(unsafe_target(&folder, "is not a folder", "content", &content));
        }
        target.has_list(&content)?;
        Ok(target)
    }

    /// A path beside the folder: hidden, and named after it.
    pub(super) fn beside(&self, what: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".");
        name.push(what);
        self.parent.join(name)
    }

    /// Whether anything is there.
    pub(super) fn exists(&self) -> bool {
        fs::symlink_metadata(&self.folder).is_ok()
    }

    /// What an earlier publication wrote here; empty when nothing is here.
    ///
    /// # Errors
    /// When there is something that we did not write.
    pub(super) fn published(&self, content: &Path) -> Result<Manifest> {
        match self.has_list(content)? {
            true => Ok(Manifest::read(&self.folder)?.unwrap_or_default()),
            false => Ok(Manifest::default()),
        }
    }

    /// Whether an earlier publication left its list here; where nothing is here, none did.
    ///
    /// # Errors
    /// When there is something, and no list.
    fn has_list(&self, content: &Path) -> Result<bool> {
        if !self.exists() {
            return Ok(false);
        }
        if Manifest::is_in(&self.folder)? {
            return Ok(true);
        }
        let could_not = failed("could not read the folder", &self.folder);
        match fs::read_dir(&self.folder).map_err(could_not)?.next() {
            None => Ok(false),
            Some(_) => Err(unsafe_target(&self.folder, "holds files that we did not write", "content", content)),
        }
    }
}

fn unsafe_target(output: &Path, why: &str, noun: &str, other: &Path) -> crate::error::Error {
    let (output, other) = (output.display(), other.display());
    refused(format!("cannot publish into {output}: it {why} ({noun}: {other}); choose another folder or an empty one"))
}

/// A path without links or dots, also when its last parts do not exist yet.
fn settle(path: &Path) -> Result<PathBuf> {
    let could_not = failed("could not resolve", path);
    let whole = std::path::absolute(path).map_err(&could_not)?;
    let mut settled = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                settled.pop();
            }
            Component::CurDir => {}
            part => settled.push(part),
        }
        if fs::symlink_metadata(&settled).is_ok() {
            settled = fs::canonicalize(&settled).map_err(&could_not)?;
        }
    }
    Ok(settled)
}
