//! Puts the new folder where the old one was.

use super::fault::failed;
use super::target::Target;
use crate::error::Result;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What came of putting the new folder in place.
pub(super) enum Swapped {
    /// It is there, and the old one is here, if there was one.
    Whole(Option<PathBuf>),
    /// The system does not let this folder be replaced; it is as it was.
    Fixed,
}

/// Puts `staging` in the place of the target.
///
/// # Errors
/// When it cannot be done; the old folder is in its place then.
pub(super) fn swap(staging: &Path, target: &Target) -> Result<Swapped> {
    let folder = &target.folder;
    let could_not = failed("could not put the new site in place of", folder);
    if !target.exists() {
        fs::rename(staging, folder).map_err(could_not)?;
        return Ok(Swapped::Whole(None));
    }
    if exchange(staging, folder) {
        return Ok(Swapped::Whole(Some(staging.to_owned())));
    }
    // Some file systems cannot exchange: for a moment there is no folder. A crash then is mended by the next build.
    let old = free(target);
    match fs::rename(folder, &old) {
        Err(error) if is_fixed(&error) => return Ok(Swapped::Fixed),
        renamed => renamed.map_err(&could_not)?,
    }
    if let Err(error) = fs::rename(staging, folder) {
        fs::rename(&old, folder).map_err(&could_not)?;
        return if is_fixed(&error) { Ok(Swapped::Fixed) } else { Err(could_not(error)) };
    }
    Ok(Swapped::Whole(Some(old)))
}

/// Whether a folder cannot be renamed at all: something is mounted there, or it comes from another layer or device.
fn is_fixed(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices)
}

/// A name beside the target that nothing has.
fn free(target: &Target) -> PathBuf {
    let pid = std::process::id();
    let names =
        (0..1_000).map(|number| if number == 0 { format!("old-{pid}") } else { format!("old-{pid}{number:03}") });
    let mut paths = names.map(|name| target.beside(&name));
    let free = paths.find(|path| fs::symlink_metadata(path).is_err());
    free.unwrap_or_else(|| target.beside(&format!("old-{pid}")))
}

/// Exchanges two folders in one step; returns whether the system could.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn exchange(_: &Path, _: &Path) -> bool {
    false
}
