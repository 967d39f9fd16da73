//! One publication at a time into one folder.

use super::fault::{failed, refused};
use crate::error::Result;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A lock that the system gives back when its process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    // Dropped after the file has been removed, so that nobody takes the lock on a file that is going.
    _file: File,
}

impl Lock {
    /// Takes the lock at `path`, for publishing into `folder`.
    ///
    /// # Errors
    /// When another process holds it, or the lock cannot be written.
    pub(super) fn take(path: PathBuf, folder: &Path) -> Result<Lock> {
        // Another process may remove its lock between our opening and our locking it: then we hold a file without a name.
        for _ in 0..100 {
            let could_not = failed("could not lock", &path);
            if fs::symlink_metadata(&path).is_ok_and(|data| !data.is_file()) {
                break;
            }
            let mut file = open(&path).map_err(&could_not)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(taken(&mut file, folder)),
                Err(TryLockError::Error(error)) => return Err(could_not(error)),
            }
            if is_at(&file, &path) {
                let pid = std::process::id().to_string();
                file.set_len(0).and_then(|()| file.write_all(pid.as_bytes())).map_err(could_not)?;
                return Ok(Lock { path, _file: file });
            }
        }
        Err(refused(format!("cannot lock {}: {} is not a plain file; remove it", folder.display(), path.display())))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A lock file that stays behind locks nothing; the next build takes it over.
        let _ = fs::remove_file(&self.path);
    }
}

/// Opens a lock, and nothing that a link planted in its place leads to.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or(0));
    }
    options.open(path)
}

fn taken(file: &mut File, folder: &Path) -> crate::error::Error {
    let mut pid = String::new();
    let known = file.read_to_string(&mut pid).is_ok() && !pid.trim().is_empty();
    let who = if known { format!("process {}", pid.trim()) } else { "another process".to_owned() };
    refused(format!("{who} is publishing into {}; try again when it is done", folder.display()))
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |data: fs::Metadata| (data.dev(), data.ino());
    let (held, named) = (file.metadata().map(identity), fs::symlink_metadata(path).map(identity));
    held.is_ok_and(|held| named.is_ok_and(|named| held == named))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
