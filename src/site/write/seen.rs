//! Whether a file on disk is what it should be, and whether it still is what it was.

use crate::text::Digest;
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

/// A file as it was when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    length: u64,
    modified: Option<SystemTime>,
}

impl Seen {
    /// What is there now; `None` for anything but a regular file.
    pub(super) fn at(path: &Path) -> Option<Seen> {
        let of = |data: Metadata| Seen { length: data.len(), modified: data.modified().ok() };
        fs::symlink_metadata(path).ok().filter(Metadata::is_file).map(of)
    }

    /// A regular file with exactly these bytes, as it is now.
    pub(super) fn with(path: &Path, bytes: &[u8]) -> Option<Seen> {
        let seen = Seen::at(path).filter(|seen| seen.length == bytes.len() as u64)?;
        fs::read(path).is_ok_and(|there| there == bytes).then_some(seen)
    }
}

/// Whether a path is a regular file with exactly these bytes.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> bool {
    Seen::with(path, bytes).is_some()
}

/// Whether a path is a regular file with a fingerprint.
pub(super) fn is_of(path: &Path, digest: Digest) -> bool {
    Seen::at(path).is_some() && fs::read(path).is_ok_and(|there| Digest::of(&there) == digest)
}
