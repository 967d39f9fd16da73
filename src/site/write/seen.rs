//! Whether a file on disk is what it should be, and whether it still is what it was.

use crate::text::Digest;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// A file as it was when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) length: u64,
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

    /// A regular file with a fingerprint, which may be held whole, as it is now.
    pub(super) fn small(path: &Path, digest: Digest) -> Option<Seen> {
        let seen = Seen::at(path)?;
        fs::read(path).is_ok_and(|there| Digest::of(&there) == digest).then_some(seen)
    }

    /// A regular file with a fingerprint, as it is now.
    pub(super) fn of(path: &Path, digest: Digest) -> Option<Seen> {
        let seen = Seen::at(path)?;
        digest_at(path).is_ok_and(|there| there == digest).then_some(seen)
    }
}

/// Whether a path is a regular file with a fingerprint.
pub(super) fn is_of(path: &Path, digest: Digest) -> bool {
    Seen::of(path, digest).is_some()
}

/// The fingerprint of a file, which is not held whole.
pub(super) fn digest_at(path: &Path) -> io::Result<Digest> {
    Digest::of_all(File::open(path)?).map(|(digest, _)| digest)
}

/// Whether two paths are one file, or hold the same.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let (Ok(first), Ok(second)) = (fs::symlink_metadata(one), fs::symlink_metadata(other)) else { return false };
    if first.is_symlink() && second.is_symlink() {
        return fs::read_link(one).is_ok_and(|to| fs::read_link(other).is_ok_and(|other| to == other));
    }
    let is_plain = first.is_file() && second.is_file();
    is_plain && (is_one(&first, &second) || (first.len() == second.len() && is_alike(one, other)))
}

fn is_alike(one: &Path, other: &Path) -> bool {
    digest_at(one).is_ok_and(|digest| is_of(other, digest))
}

#[cfg(unix)]
fn is_one(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_one(_: &Metadata, _: &Metadata) -> bool {
    false
}
