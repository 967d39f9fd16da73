//! What is not ours in the published folder: it is in the new one before that is put in place, so that it is never missing.

use super::fault::failed;
use super::manifest::Manifest;
use super::seen::is_same;
use super::swap::exchange;
use crate::error::Result;
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use walkdir::WalkDir;

/// A folder that programs work in all the time and no reader asks for: it is moved as a whole.
const MOVED: &str = ".git";

/// Gives what is not ours a second name in the new folder. What cannot have one is moved later.
pub(super) fn carry(foreign: &[PathBuf], old: &Path, new: &Path) {
    let all = foreign.iter().filter(|path| path.file_name().is_some_and(|name| name != MOVED));
    for entry in
        all.flat_map(|path| WalkDir::new(old.join(path)).follow_links(false)).filter_map(std::result::Result::ok)
    {
        let Ok(below) = entry.path().strip_prefix(old) else { continue };
        let to = new.join(below);
        // Nothing is lost when this fails: the thing itself still waits in the old folder.
        let _ = to.parent().map(fs::create_dir_all);
        if entry.file_type().is_dir() {
            let _ = fs::create_dir(&to);
            let _ = fs::metadata(entry.path()).and_then(|data| fs::set_permissions(&to, data.permissions()));
        } else {
            let _ = second_name(entry.path(), &to, entry.file_type());
        }
    }
}

fn second_name(from: &Path, to: &Path, kind: FileType) -> std::io::Result<()> {
    match (kind.is_file(), kind.is_symlink()) {
        (true, _) => fs::hard_link(from, to),
        #[cfg(unix)]
        (_, true) => std::os::unix::fs::symlink(fs::read_link(from)?, to),
        _ => Ok(()),
    }
}

/// Brings what is not ours from the old folder into the new one, in the place of its second name, if it has one there.
/// Returns what has no place there, since the site has a file of its own at its address.
///
/// # Errors
/// When something cannot be moved or removed.
pub(super) fn bring(path: &Path, (old, new): (&Path, &Path), next: &Manifest) -> Result<Option<PathBuf>> {
    let (from, to) = (old.join(path), new.join(path));
    let (Ok(ours), Ok(theirs)) = (fs::symlink_metadata(&to), fs::symlink_metadata(&from)) else {
        let parent = to.parent().unwrap_or(new);
        fs::create_dir_all(parent).map_err(failed("could not create", parent))?;
        fs::rename(&from, &to).map_err(failed("could not carry over", &from))?;
        return Ok(None);
    };
    let is_listed =
        |path: &Path| path.strip_prefix(new).ok().and_then(Path::to_str).is_some_and(|name| next.0.contains_key(name));
    if ours.is_dir() && theirs.is_dir() {
        // The folder itself comes back, with its owner and its times, and its double goes.
        exchange(&from, &to);
        return merge(&from, &to, is_listed);
    }
    if ours.is_dir() || theirs.is_dir() {
        return Ok(Some(from));
    }
    settle(&from, &to, is_listed)
}

/// Takes `from` apart, every file of which is in `to` or moves there.
fn merge(from: &Path, to: &Path, is_listed: impl Fn(&Path) -> bool) -> Result<Option<PathBuf>> {
    let mut kept = None;
    for entry in WalkDir::new(from).follow_links(false).contents_first(true) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(from).to_owned();
            failed("could not read", &path)(error.into())
        })?;
        let here = entry.path();
        let there = here.strip_prefix(from).map_or_else(|_| to.to_owned(), |below| to.join(below));
        if entry.file_type().is_dir() {
            if kept.is_none() {
                fs::create_dir_all(&there).map_err(failed("could not create", &there))?;
                fs::remove_dir(here).map_err(failed("could not remove", here))?;
            }
        } else {
            kept = settle(here, &there, &is_listed)?.or(kept);
        }
    }
    Ok(kept)
}

/// Leaves one of two files, at `to`: the later one, where they differ and neither is ours.
fn settle(from: &Path, to: &Path, is_listed: impl Fn(&Path) -> bool) -> Result<Option<PathBuf>> {
    let could_not = failed("could not carry over", from);
    let is_there = fs::symlink_metadata(to).is_ok();
    if is_there && is_same(from, to) {
        fs::remove_file(from).map_err(failed("could not remove", from))?;
    } else if is_there && is_listed(to) {
        return Ok(Some(from.to_owned()));
    } else if is_there && modified(to) > modified(from) {
        fs::remove_file(from).map_err(failed("could not remove", from))?;
    } else {
        let parent = to.parent().unwrap_or(to);
        fs::create_dir_all(parent).map_err(failed("could not create", parent))?;
        fs::rename(from, to).map_err(could_not)?;
    }
    Ok(None)
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::symlink_metadata(path).and_then(|data| data.modified()).ok()
}
