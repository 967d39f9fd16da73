//! Puts the new folder where the old one was.

use super::fault::failed;
use super::target::Target;
use crate::error::Result;
use std::fs;
use std::path::{Path, PathBuf};

/// Puts `staging` in the place of the target; returns where the old folder is now, if there was one.
///
/// # Errors
/// When it cannot be done; the old folder is in its place then.
pub(super) fn swap(staging: &Path, target: &Target) -> Result<Option<PathBuf>> {
    let folder = &target.folder;
    let could_not = failed("could not put the new site in place of", folder);
    if !target.exists() {
        fs::rename(staging, folder).map_err(could_not)?;
        return Ok(None);
    }
    if exchange(staging, folder) {
        return Ok(Some(staging.to_owned()));
    }
    // Some file systems cannot exchange: for a moment there is no folder. A crash then is mended by the next build.
    let old = target.beside(&format!("old-{}", std::process::id()));
    fs::rename(folder, &old).map_err(&could_not)?;
    if let Err(error) = fs::rename(staging, folder) {
        fs::rename(&old, folder).map_err(&could_not)?;
        return Err(could_not(error));
    }
    Ok(Some(old))
}

/// Exchanges two folders in one step; returns whether the system could.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}
