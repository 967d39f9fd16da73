//! Builds the new site aside, file by file.

use super::fault::{failed, refused};
use super::lock::Lock;
use super::manifest::{Manifest, push_line};
use super::mode::Mode;
use super::seen::{Seen, digest_at};
use super::target::Target;
use crate::error::Result;
use crate::source::MANIFEST;
use crate::text::Digest;
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What the finished list is called until it takes the place of the one that grew with the site.
pub(super) const FINISHED: &str = ".precedent-manifest.new";

/// How many names are tried for the folder.
const NAMES: u32 = 999;

/// A folder beside the target, in which a site grows. It is gone with this, unless it was [`Staging::keep`]t.
pub(super) struct Staging {
    pub(super) folder: PathBuf,
    growing: Mutex<Growing>,
    is_kept: bool,
    // Given back after the folder is gone.
    _lock: Lock,
}

/// What has been written so far.
struct Growing {
    /// The list of files. It tells of each before the file is there: whatever is found later is known to be ours.
    list: File,
    folders: BTreeSet<String>,
}

/// A file of the target that has the bytes that it should have.
#[derive(Clone, Debug)]
pub(super) struct Unchanged {
    pub(super) path: String,
    pub(super) digest: Digest,
    pub(super) seen: Seen,
}

impl Staging {
    /// Starts an empty folder; `lock` is that of the target.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn new(target: &Target, lock: Lock) -> Result<Staging> {
        let folder = new_folder(target)?;
        let path = folder.join(MANIFEST);
        let mut text = Manifest::default().text();
        push_line(FINISHED, Digest(0), &mut text);
        let list = OpenOptions::new().append(true).create_new(true).open(&path);
        let list = list.and_then(|mut list| list.write_all(text.as_bytes()).map(|()| list));
        let list =
            list.and_then(|list| Mode::File.set(&path).map(|()| list)).map_err(failed("could not write", &path))?;
        let growing = Mutex::new(Growing { list, folders: BTreeSet::new() });
        Ok(Staging { folder, growing, is_kept: false, _lock: lock })
    }

    /// Writes a file.
    ///
    /// # Errors
    /// When it cannot be written, or is there already.
    pub(super) fn put(&self, path: &str, digest: Digest, bytes: &[u8]) -> Result<()> {
        self.announce(path, digest)?;
        put(&self.folder.join(path), &mut &*bytes)
    }

    /// Writes a file as it is read.
    ///
    /// # Errors
    /// When it cannot be written, is there already, or has not the fingerprint any more.
    pub(super) fn copy(&self, path: &str, digest: Digest, from: &mut dyn Read) -> Result<()> {
        self.announce(path, digest)?;
        let to = self.folder.join(path);
        put(&to, from)?;
        match digest_at(&to).map_err(failed("could not read", &to))? == digest {
            true => Ok(()),
            false => Err(refused(format!("`{path}` was changed while the site was built; build it again"))),
        }
    }

    /// Says that a file is ours before it is there, and makes its folders.
    fn announce(&self, path: &str, digest: Digest) -> Result<()> {
        let mut line = String::with_capacity(path.len() + 36);
        push_line(path, digest, &mut line);
        let mut growing = self.growing.lock().unwrap_or_else(PoisonError::into_inner);
        let written = growing.list.write_all(line.as_bytes());
        written.map_err(|error| failed("could not write", &self.folder.join(MANIFEST))(error))?;
        growing.make_room(&self.folder, path)
    }

    /// Completes the site with the files of `target` that have not changed, which are linked: far cheaper than writing them.
    ///
    /// # Errors
    /// When it cannot be done, or one of them has been changed meanwhile.
    pub(super) fn complete(&mut self, list: &Manifest, unchanged: &[Unchanged], target: &Path) -> Result<()> {
        let (path, finished) = (self.folder.join(MANIFEST), self.folder.join(FINISHED));
        put(&finished, &mut list.text().as_bytes())?;
        fs::rename(&finished, &path).map_err(failed("could not write", &path))?;
        let growing = self.growing.get_mut().unwrap_or_else(PoisonError::into_inner);
        unchanged.iter().try_for_each(|file| growing.make_room(&self.folder, &file.path))?;
        unchanged.par_iter().try_for_each(|Unchanged { path, digest, seen }| {
            let (before, path) = (target.join(path), self.folder.join(path));
            if Seen::at(&before) == Some(*seen) && fs::hard_link(&before, &path).is_ok() {
                return Ok(());
            }
            let could_not = failed("could not read", &before);
            put(&path, &mut File::open(&before).map_err(&could_not)?)?;
            if digest_at(&path).map_err(could_not)? != *digest {
                let before = before.display();
                return Err(refused(format!("{before} was changed while the site was built; build it again")));
            }
            Ok(())
        })
    }

    /// The folder is needed, or is another one by now.
    pub(super) fn keep(mut self) {
        self.is_kept = true;
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.is_kept {
            // Best effort: the next build tries again, and what went wrong is what the author needs to see.
            let _ = remove(&self.folder);
        }
    }
}

/// Removes the folder; the list goes last, since without it what is left when this is cut short would pass for somebody else's.
fn remove(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false if entry.file_name() == MANIFEST => {}
            false => fs::remove_file(entry.path())?,
        }
    }
    fs::remove_dir_all(folder)
}

impl Growing {
    /// Makes the folders above a file, each once: two names that the file system takes for one are an error, not a loss.
    fn make_room(&mut self, root: &Path, path: &str) -> Result<()> {
        for (at, _) in path.match_indices('/') {
            let folder = path.get(..at).unwrap_or("");
            if !self.folders.contains(folder) {
                let on_disk = root.join(folder);
                let made = fs::create_dir(&on_disk).and_then(|()| Mode::Folder.set(&on_disk));
                made.map_err(failed("could not create", &on_disk))?;
                self.folders.insert(folder.to_owned());
            }
        }
        Ok(())
    }
}

/// Writes a file that must not be there yet.
pub(super) fn put(path: &Path, from: &mut dyn Read) -> Result<()> {
    let open = OpenOptions::new().write(true).create_new(true).open(path);
    let written = open.and_then(|mut file| io::copy(from, &mut file)).and_then(|_| Mode::File.set(path));
    written.map_err(failed("could not write", path))
}

/// A folder beside the target that nobody has made before: what stands there already is not ours to use.
fn new_folder(target: &Target) -> Result<PathBuf> {
    let mut number = 0;
    loop {
        let more = if number == 0 { String::new() } else { format!("{number:03}") };
        let folder = target.beside(&format!("staging-{}{more}", std::process::id()));
        match fs::create_dir(&folder).and_then(|()| Mode::Folder.set(&folder)) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < NAMES => number += 1,
            Err(error) => return Err(failed("could not create", &folder)(error)),
        }
    }
}
