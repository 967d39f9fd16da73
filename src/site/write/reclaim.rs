//! Takes apart what an earlier build left: carries over what is not ours, removes what is.

use super::carry::bring;
use super::fault::{failed, refused};
use super::manifest::Manifest;
use super::target::Target;
use super::tree::Tree;
use crate::error::Result;
use crate::source::MANIFEST;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
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
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) && is_leftover(&entry.path()) && is_ours(&entry.path()) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a folder of such a name is one that a build has made: its list says so, or it was stopped before it had one.
fn is_ours(folder: &Path) -> bool {
    if Manifest::is_begun(folder) {
        return true;
    }
    fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_none())
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
            let list = |folder| Manifest::read(folder).map(Option::unwrap_or_default);
            reclaim((&leftover, &list(&leftover)?), (&target.folder, &list(&target.folder)?))?;
        }
    }
    Ok(())
}

/// Carries what is not ours from the old folder into the new one, each with its list, then removes the old one.
///
/// # Errors
/// When something cannot be moved or removed, or has no place in `new` any more.
pub(super) fn reclaim((old, ours): (&Path, &Manifest), (new, next): (&Path, &Manifest)) -> Result<()> {
    let tree = Tree::survey(old, ours, next)?;
    let mut kept = None;
    for path in &tree.foreign {
        kept = bring(path, (old, new), next)?.or(kept);
    }
    let remove = |path: &PathBuf| {
        let path = old.join(path);
        fs::remove_file(&path).map_err(failed("could not remove", &path))
    };
    // The list of what is ours goes last: without it, what a build that was stopped here has left would pass for somebody else's.
    let (list, listed): (Vec<&PathBuf>, Vec<&PathBuf>) =
        tree.ours.iter().partition(|path| path.as_os_str() == MANIFEST);
    listed.into_par_iter().try_for_each(remove)?;
    if let Some(kept) = kept {
        let (kept, new) = (kept.display(), new.display());
        return Err(refused(format!("{kept} is not ours and has no place in {new} any more; move it away first")));
    }
    let remove_folder = |folder: &Path| fs::remove_dir(folder).map_err(failed("could not remove", folder));
    tree.folders.iter().rev().try_for_each(|path| remove_folder(&old.join(path)))?;
    list.into_iter().try_for_each(remove)?;
    remove_folder(old)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Digest;

    /// A published folder with these files, and its list, which names `listed`.
    fn published(root: &Path, name: &str, files: &[&str], listed: &[&str]) -> (PathBuf, Manifest) {
        let folder = root.join(name);
        for file in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        let mut manifest = Manifest::default();
        manifest.0.extend(listed.iter().map(|file| ((*file).to_owned(), Digest::of(b""))));
        fs::write(folder.join(MANIFEST), manifest.text()).unwrap();
        (folder, manifest)
    }

    #[test]
    fn what_was_half_taken_apart_is_no_foreign_matter() {
        let root = tempfile::tempdir().unwrap();
        // Stopped after the first page and before the second.
        let (old, ours) =
            published(root.path(), "old", &["adr/2.html", "index.html"], &["adr/1.html", "adr/2.html", "index.html"]);
        let (new, next) = published(root.path(), "new", &["index.html"], &["index.html"]);
        reclaim((&old, &ours), (&new, &next)).unwrap();
        assert!(!old.exists() && !new.join("adr").exists());
    }

    #[test]
    fn the_list_of_what_is_ours_outlasts_what_it_lists() {
        let root = tempfile::tempdir().unwrap();
        // A foreign file without a place in the new folder ends it half way.
        let (old, ours) =
            published(root.path(), "old", &["adr/1.html", "index.html", "ours.txt"], &["adr/1.html", "index.html"]);
        let (new, next) = published(root.path(), "new", &["index.html", "ours.txt"], &["index.html", "ours.txt"]);
        assert!(reclaim((&old, &ours), (&new, &next)).is_err());
        assert!(old.join(MANIFEST).exists() && !old.join("adr/1.html").exists());
    }
}
