//! Files on disk: the one door in, and the way back for edits.
#![allow(clippy::disallowed_methods, reason = "this is the door through which files come in")]

mod packs;
mod put;

use super::files::{Entry, Fault, Files, Look, reason};
use crate::error::{Error, Result};
use crate::text::SourcePath;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

pub use packs::PackFolder;
pub use put::Expected;

/// The file that marks a project's folder.
const MARKER: &str = "precedent.toml";
/// The file that marks a published folder; it lists what was written there.
pub const MANIFEST: &str = ".precedent-manifest";

/// A project's folder.
#[derive(Clone, Debug)]
pub struct Disk {
    /// The folder, canonical.
    pub root: PathBuf,
}

impl Disk {
    /// Opens a project's folder.
    ///
    /// # Errors
    /// When it does not exist, is not a folder or cannot be reached.
    pub fn open(root: &Path) -> Result<Disk> {
        let failed = |source| Error::Io { doing: "could not open the folder", path: root.to_owned(), source };
        let canonical = fs::canonicalize(root).map_err(failed)?;
        if !fs::metadata(&canonical).map_err(failed)?.is_dir() {
            return Err(failed(io::Error::from(io::ErrorKind::NotADirectory)));
        }
        Ok(Disk { root: canonical })
    }

    /// Opens a project's folder, and makes it first where it is not there.
    ///
    /// # Errors
    /// When it cannot be made, or is not a folder.
    pub fn make(root: &Path) -> Result<Disk> {
        let failed = |source| Error::Io { doing: "could not make the folder", path: root.to_owned(), source };
        fs::create_dir_all(root).map_err(failed)?;
        Disk::open(root)
    }

    /// The nearest folder from `start` upwards that holds `precedent.toml`.
    pub fn find_root(start: &Path) -> Option<PathBuf> {
        let start = fs::canonicalize(start).ok()?;
        let holds = |folder: &&Path| fs::metadata(folder.join(MARKER)).is_ok_and(|file| file.is_file());
        start.ancestors().find(holds).map(Path::to_path_buf)
    }

    /// What a path leads to when links are followed; the path itself where nothing is there.
    pub fn behind(path: &Path) -> PathBuf {
        fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
    }

    /// Puts new bytes into a file of the project, whole or not at all; a new file's folders are made.
    ///
    /// # Errors
    /// When it lies outside, is read-only, is not what was expected, or cannot be written.
    pub fn put(&self, path: &SourcePath, expected: Expected<'_>, bytes: &[u8]) -> Result<()> {
        let is_there = fs::symlink_metadata(self.root.join(path.as_str())).is_ok();
        let target = match expected {
            Expected::Nothing if is_there => {
                return Err(Error::Refused { message: format!("{path} is there already; nothing was written to it") });
            }
            Expected::Nothing => self.folder(path.folder())?.join(path.file_name()),
            Expected::Anything if !is_there => self.folder(path.folder())?.join(path.file_name()),
            Expected::Anything | Expected::Bytes(_) => self.resolve(path.as_str(), "could not write")?,
        };
        put::put(&target, expected, bytes)
    }

    /// Lets a file of the project be run as a program, where the system tells programs from other files.
    ///
    /// # Errors
    /// When it lies outside, or its permissions cannot be changed.
    pub fn let_run(&self, path: &SourcePath) -> Result<()> {
        put::let_run(&self.resolve(path.as_str(), "could not change")?)
    }

    /// A folder below the root, made where it is not there; no step of the way may lead out.
    fn folder(&self, path: &str) -> Result<PathBuf> {
        let mut at = String::new();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            at = if at.is_empty() { part.to_owned() } else { format!("{at}/{part}") };
            let folder = self.root.join(&at);
            match fs::create_dir(&folder) {
                Err(source) if source.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(Error::Io { doing: "could not make the folder", path: folder, source });
                }
                _ => drop(self.resolve(&at, "could not write into")?),
            }
        }
        self.resolve(path, "could not write into")
    }

    /// Where a path below the root really lies.
    fn resolve(&self, path: &str, doing: &'static str) -> Result<PathBuf> {
        let path = self.root.join(path);
        let canonical = fs::canonicalize(&path).map_err(|source| Error::Io { doing, path: path.clone(), source })?;
        if canonical.starts_with(&self.root) {
            return Ok(canonical);
        }
        let (path, root) = (path.display(), self.root.display());
        Err(Error::Refused { message: format!("{path} leads out of the project {root}; move it inside") })
    }

    /// A regular file to which no link leads, and its length; `None` where that cannot be told, or something else is there.
    ///
    /// The system follows the path and refuses links in one step, where [`Disk::resolve`] asks about each folder of it.
    #[cfg(target_os = "linux")]
    fn open_plain(&self, path: &SourcePath) -> Option<(fs::File, u64)> {
        use rustix::fs::{CWD, Mode, OFlags, ResolveFlags, openat2};
        let is_below = Path::new(path.as_str()).components().all(|part| matches!(part, Component::Normal(_)));
        // Opening a pipe would wait for someone to write to it.
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        let open = || openat2(CWD, self.root.join(path.as_str()), flags, Mode::empty(), ResolveFlags::NO_SYMLINKS);
        let file = fs::File::from(is_below.then(open)?.ok()?);
        let data = file.metadata().ok().filter(fs::Metadata::is_file)?;
        Some((file, data.len()))
    }

    /// The same, where the system has no such step.
    #[cfg(not(target_os = "linux"))]
    fn open_plain(&self, _path: &SourcePath) -> Option<(fs::File, u64)> {
        None
    }

    /// A regular file behind whatever links lead to it, none of which may lead out.
    fn open_behind(&self, path: &SourcePath) -> Result<fs::File> {
        let doing = "could not read";
        let canonical = self.resolve(path.as_str(), doing)?;
        let failed = |source| Error::Io { doing, path: self.root.join(path.as_str()), source };
        // Looked at before it is opened: opening a pipe would wait for someone to write to it.
        if !fs::metadata(&canonical).map_err(failed)?.is_file() {
            return Err(failed(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")));
        }
        fs::File::open(&canonical).map_err(failed)
    }

    /// What stands in a folder: an entry for a file or a fault, nothing for a folder.
    fn entry(&self, found: &DirEntry, top: &Path) -> Option<Entry> {
        let path = self.path(found.path());
        let name = found.file_name();
        let fault = |words: String| Some(Entry { path: path.clone(), size: Err(Fault(words)), link: None });
        if name.to_str().is_none() {
            return fault("has a name that is not UTF-8".to_owned());
        }
        let kind = found.file_type();
        if kind.is_dir() {
            return None;
        }
        if kind.is_symlink() {
            return Some(match self.link(found.path(), top) {
                Ok((size, behind)) => Entry { path, size: Ok(Some(size)), link: Some(behind) },
                Err(fault) => Entry { link: Some(path.clone()), path, size: Err(fault) },
            });
        }
        let size = match kind.is_file() {
            // To ask for it is a good part of what a listing costs, and whoever opens the file is told it, too.
            true if path.is_markdown() => Ok(None),
            true => found.metadata().map(|data| Some(data.len())).map_err(|error| unreadable(&error.into())),
            false => Err(Fault("is not a regular file".to_owned())),
        };
        Some(Entry { path, size, link: None })
    }

    /// The size and the place of the file behind a link, if the link may be followed: it lies below `top`, as the link does.
    fn link(&self, link: &Path, top: &Path) -> std::result::Result<(u64, SourcePath), Fault> {
        let target = fs::read_link(link).map_err(|error| unreadable(&error))?;
        let to = format!("is a link to {}", shown(target.as_os_str()));
        let canonical = fs::canonicalize(link).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Fault(format!("{to}, which does not exist")),
            // A loop has no stable kind of its own; any other failure says itself what it is.
            _ => Fault(format!("{to}, which cannot be followed: {}", reason(&error))),
        })?;
        let Ok(inside) = canonical.strip_prefix(&self.root) else {
            return Err(Fault(format!("{to}, outside the project")));
        };
        if !canonical.starts_with(top) {
            return Err(Fault(format!("{to}, outside the content folder")));
        }
        if inside.iter().any(is_hidden) {
            return Err(Fault(format!("{to}, which is hidden")));
        }
        let data = fs::metadata(&canonical).map_err(|error| unreadable(&error))?;
        match (data.is_file(), data.is_dir()) {
            (true, _) => Ok((data.len(), self.path(&canonical))),
            (_, true) => Err(Fault(format!("{to}, a folder; folders behind links are not read"))),
            _ => Err(Fault(format!("{to}, which is not a regular file"))),
        }
    }

    /// A path below the root, with `/`; bytes that are not UTF-8 are shown as `\xE9`.
    fn path(&self, path: &Path) -> SourcePath {
        // Most names are text, and parted as ours are.
        let plain = path.to_str().filter(|path| cfg!(unix) && !path.contains("/.") && !path.contains("//"));
        if let Some(below) = plain.and_then(|path| path.strip_prefix(self.root.to_str()?)?.strip_prefix('/')) {
            return SourcePath::new(below);
        }
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let parts = inside.components().filter_map(|part| match part {
            Component::Normal(part) => Some(shown(part)),
            _ => None,
        });
        SourcePath::new(parts.collect::<Vec<_>>().join("/"))
    }
}

impl Files for Disk {
    fn list(&self, folder: &str) -> Result<Vec<Entry>> {
        let top = self.root.join(folder);
        let doing = "could not read the folder";
        let canonical = self.resolve(folder, doing)?;
        let mut entries = Vec::new();
        let mut walk = WalkDir::new(&top).follow_links(false).into_iter();
        while let Some(found) = walk.next() {
            match found {
                Ok(found) if found.depth() == 0 && !found.file_type().is_dir() && !found.path_is_symlink() => {
                    let source = io::Error::from(io::ErrorKind::NotADirectory);
                    return Err(Error::Io { doing, path: top, source });
                }
                Ok(found) if found.depth() == 0 => {}
                Ok(found) if is_left_out(&found) => {
                    if found.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                }
                Ok(found) => {
                    if let Some(entry) = self.entry(&found, &canonical) {
                        if found.file_type().is_dir() {
                            walk.skip_current_dir();
                        }
                        entries.push(entry);
                    }
                }
                Err(error) if error.depth() == 0 => return Err(Error::Io { doing, path: top, source: error.into() }),
                Err(error) => {
                    let path = self.path(error.path().unwrap_or(&top));
                    entries.push(Entry { path, size: Err(unreadable(&error.into())), link: None });
                }
            }
        }
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(entries)
    }

    fn look(&self, folder: &str, path: &SourcePath) -> Look {
        let Some(below) = path.below(folder) else { return Look::Nothing };
        // These say of their folder that it is left out.
        if [MANIFEST, packs::CACHE_MARK].contains(&path.file_name()) {
            return Look::Unclear;
        }
        if below.split('/').any(|part| is_hidden(OsStr::new(part))) {
            return Look::Nothing;
        }
        let here = WalkDir::new(self.root.join(path.as_str())).follow_root_links(false).max_depth(0);
        match here.into_iter().next() {
            Some(Ok(found)) if found.file_type().is_dir() => Look::Unclear,
            Some(Ok(found)) => match self.resolve(folder, "could not read the folder") {
                Ok(top) => self.entry(&found, &top).map_or(Look::Unclear, Look::Entry),
                Err(_) => Look::Unclear,
            },
            Some(Err(error)) if error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) => {
                Look::Nothing
            }
            _ => Look::Unclear,
        }
    }

    fn leaves_out(&self, folder: &str, path: &SourcePath) -> bool {
        let Some(below) = path.below(folder) else { return true };
        let mut at = self.root.join(folder);
        let mut parts = below.split('/').peekable();
        while let Some(part) = parts.next() {
            at.push(part);
            // Folders behind links are not read.
            let is_passed_over = parts.peek().is_some() && (at.is_symlink() || is_made(&at));
            if is_hidden(OsStr::new(part)) || is_passed_over {
                return true;
            }
        }
        false
    }

    fn has_folder(&self, folder: &str) -> bool {
        self.resolve(folder, "could not read the folder").is_ok_and(|folder| fs::read_dir(folder).is_ok())
    }

    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>> {
        self.read_up_to(path, u64::MAX).map(|bytes| Arc::from(bytes.unwrap_or_default()))
    }

    fn read_up_to(&self, path: &SourcePath, most: u64) -> Result<std::result::Result<Vec<u8>, u64>> {
        let failed = |source| Error::Io { doing: "could not read", path: self.root.join(path.as_str()), source };
        let (file, length) = match self.open_plain(path) {
            Some(opened) => opened,
            None => {
                let file = self.open_behind(path)?;
                let length = file.metadata().map_err(failed)?.len();
                (file, length)
            }
        };
        if length > most {
            return Ok(Err(length));
        }
        let bytes = whole(file, usize::try_from(length).unwrap_or(0)).map_err(failed)?;
        // It may have grown since it was opened.
        let length = bytes.len() as u64;
        Ok(if length > most { Err(length) } else { Ok(bytes) })
    }

    fn open(&self, path: &SourcePath) -> Result<Box<dyn Read + Send>> {
        let plain = self.open_plain(path).map(|(file, _)| file);
        Ok(Box::new(plain.map_or_else(|| self.open_behind(path), Ok)?))
    }
}

/// All bytes of a file, which are `length` or so.
#[cfg(target_os = "linux")]
fn whole(mut file: fs::File, length: usize) -> io::Result<Vec<u8>> {
    // With room for one byte more, the first read mostly tells that it has seen the end.
    let mut bytes = Vec::with_capacity(length.saturating_add(1));
    if rustix::io::read(&file, rustix::buffer::spare_capacity(&mut bytes))? != length {
        file.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The same, where the system cannot be asked so.
#[cfg(not(target_os = "linux"))]
fn whole(file: fs::File, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    // A bare file would be asked for its length again.
    file.take(u64::MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether it is none of our business: hidden, a site that was published, or the output of other tools.
fn is_left_out(found: &DirEntry) -> bool {
    is_hidden(found.file_name()) || (found.file_type().is_dir() && is_made(found.path()))
}

/// Whether a folder is a site that was published, or the output of other tools. A name such as `target` alone says nothing: people
/// write about targets.
fn is_made(folder: &Path) -> bool {
    let holds = |name: &str| fs::symlink_metadata(folder.join(name)).is_ok();
    folder.file_name() == Some(OsStr::new("node_modules")) || holds(MANIFEST) || holds(packs::CACHE_MARK)
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn unreadable(error: &io::Error) -> Fault {
    Fault(format!("cannot be read: {}", reason(error)))
}

/// A name as text; bytes that are not UTF-8 become `\xE9`.
fn shown(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}

#[cfg(unix)]
#[cfg(test)]
mod tests;
