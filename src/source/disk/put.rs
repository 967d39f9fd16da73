//! The way back: files of the project, written whole or not at all.
#![allow(clippy::disallowed_methods, reason = "this is the door through which edits go back")]

use crate::error::{Error, Result};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What a file is to hold before it may be replaced.
#[derive(Clone, Copy, Debug)]
pub enum Expected<'a> {
    /// These bytes: it must not have changed since it was read.
    Bytes(&'a [u8]),
    /// Whatever it holds, or nothing yet.
    Anything,
    /// There must be no such file.
    Nothing,
}

/// How many names are tried for the file that is written aside.
const NAMES: u32 = 1000;

/// Puts new bytes into a file: written aside, then renamed, with the old file's permissions.
pub(super) fn put(path: &Path, expected: Expected<'_>, bytes: &[u8]) -> Result<()> {
    let failed = |source| Error::Io { doing: "could not write", path: path.to_owned(), source };
    let old = match fs::metadata(path) {
        Ok(data) if data.permissions().readonly() => {
            return Err(failed(io::Error::from(io::ErrorKind::PermissionDenied)));
        }
        Ok(data) => Some(data.permissions()),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !matches!(expected, Expected::Bytes(_)) => None,
        Err(error) => return Err(failed(error)),
    };
    if let Expected::Bytes(expected) = expected
        && fs::read(path).map_err(failed)? != expected
    {
        let message =
            format!("{} has changed since it was read; nothing was written to it, so run again", path.display());
        return Err(Error::Refused { message });
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (aside, mut file) = new_beside(path, &name).map_err(failed)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    let written = written.and_then(|()| {
        old.map_or(Ok(()), |old| fs::set_permissions(&aside, old))?;
        match expected {
            Expected::Nothing => take_place(&aside, path),
            Expected::Anything | Expected::Bytes(_) => fs::rename(&aside, path),
        }
    });
    written.map_err(|error| {
        // What could not be finished is not left lying about; there is nobody to tell when that fails, too.
        let _ = fs::remove_file(&aside);
        failed(error)
    })
}

/// A file beside another, new in the strict sense: what stands there already, a link above all, is never written into.
fn new_beside(path: &Path, name: &str) -> io::Result<(PathBuf, fs::File)> {
    let mut number = 0;
    loop {
        let aside = path.with_file_name(format!(".{name}.precedent-{number}"));
        match fs::OpenOptions::new().write(true).create_new(true).open(&aside) {
            Ok(file) => return Ok((aside, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < NAMES => number += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Adds the permission to run a file for everybody who may read it.
pub(super) fn let_run(path: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let failed = |source| Error::Io { doing: "could not change", path: path.to_owned(), source };
        let mode = fs::metadata(path).map_err(failed)?.permissions().mode();
        fs::set_permissions(path, fs::Permissions::from_mode(mode | (mode & 0o444) >> 2)).map_err(failed)?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Gives a file a new name that no other file has, even if one is made at this moment.
fn take_place(aside: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(aside, path) {
        Ok(()) => fs::remove_file(aside),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // Some file systems know no second name for a file.
        Err(_) => {
            drop(fs::OpenOptions::new().write(true).create_new(true).open(path)?);
            fs::rename(aside, path)
        }
    }
}
