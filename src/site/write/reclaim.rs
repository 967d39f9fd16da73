//! Takes apart what an earlier build left: carries over what is not ours, removes what is.

use super::fault::{failed, refused};
use super::manifest::Manifest;
use super::stage::holds;
use super::target::Target;
use super::tree::Tree;
use crate::error::Result;
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use std::fs;
use std::path::{Path, PathBuf};

/// The folders that builds which did not end left beside the target, in order: `old` before `staging`.
///
/// # Errors
/// When the folder that holds the target cannot be read.
pub(super) fn leftovers(target: &Target) -> Result<Vec<PathBuf>> {
    if fs::symlink_metadata(&target.parent).is_err() {
        return Ok(Vec::new());
    }
    let prefixes = [target.beside("old-"), target.beside("staging-")];
    let is_leftover = |path: &Path| {
        let Some(name) = path.file_name().map(|name| name.as_encoded_bytes()) else { return false };
        let prefixes = prefixes.iter().filter_map(|prefix| prefix.file_name());
        let rest = prefixes.filter_map(|prefix| name.strip_prefix(prefix.as_encoded_bytes())).next();
        rest.is_some_and(|rest| !rest.is_empty() && rest.iter().all(u8::is_ascii_digit))
    };
    let could_not = failed("could not read the folder", &target.parent);
    let mut found = Vec::new();
    for entry in fs::read_dir(&target.parent).map_err(&could_not)? {
        let entry = entry.map_err(&could_not)?;
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) && is_leftover(&entry.path()) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Cleans up after builds that did not end; the caller holds the lock, so none of them still runs.
///
/// # Errors
/// When something cannot be moved or removed.
pub(super) fn recover(target: &Target) -> Result<()> {
    let old = target.beside("old-");
    let old = old.file_name().map(|name| name.as_encoded_bytes().to_owned()).unwrap_or_default();
    for leftover in leftovers(target)? {
        let is_old = leftover.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(&old));
        if is_old && !target.exists() {
            fs::rename(&leftover, &target.folder).map_err(failed("could not restore", &target.folder))?;
        } else {
            reclaim(&leftover, &target.folder)?;
        }
    }
    Ok(())
}

/// Carries what is not ours from `old` into `new`, then removes `old`.
///
/// # Errors
/// When something cannot be moved or removed, or has no place in `new` any more.
pub(super) fn reclaim(old: &Path, new: &Path) -> Result<()> {
    let ours = Manifest::read(old)?.unwrap_or_default();
    let next = Manifest::read(new)?.unwrap_or_default();
    let tree = Tree::survey(old, &ours, &next)?;
    let mut kept = None;
    for path in &tree.foreign {
        let (from, to) = (old.join(path), new.join(path));
        if fs::symlink_metadata(&to).is_err() {
            let parent = to.parent().unwrap_or(new);
            fs::create_dir_all(parent).map_err(failed("could not create", parent))?;
            fs::rename(&from, &to).map_err(failed("could not carry over", &from))?;
        } else if fs::symlink_metadata(&from).is_ok_and(|data| data.is_file())
            && fs::read(&from).is_ok_and(|bytes| holds(&to, &bytes))
        {
            fs::remove_file(&from).map_err(failed("could not remove", &from))?;
        } else {
            kept = Some(from);
        }
    }
    tree.ours.par_iter().try_for_each(|path| {
        let path = old.join(path);
        fs::remove_file(&path).map_err(failed("could not remove", &path))
    })?;
    if let Some(kept) = kept {
        let (kept, new) = (kept.display(), new.display());
        return Err(refused(format!("{kept} is not ours and has no place in {new} any more; move it away first")));
    }
    for folder in tree.folders.iter().rev().map(|path| old.join(path)).chain([old.to_owned()]) {
        fs::remove_dir(&folder).map_err(failed("could not remove", &folder))?;
    }
    Ok(())
}
