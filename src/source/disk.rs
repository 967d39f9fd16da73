//! Files on disk: the one door in.
#![allow(clippy::disallowed_methods, reason = "this is the door through which files come in")]

use super::files::{Entry, Fault, Files, reason};
use crate::error::{Error, Result};
use crate::text::SourcePath;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

/// The file that marks a project's folder.
const MARKER: &str = "precedent.toml";
/// The file that marks a published folder; it lists what was written there.
pub const MANIFEST: &str = ".precedent-manifest";
/// The file with which tools mark what they can make again.
const CACHE: &str = "CACHEDIR.TAG";
/// How many folders deep a file may lie.
const DEPTH: usize = 32;
/// How many bytes the name of a file or a folder may have.
const NAME: usize = 200;
/// How many bytes a path below the root may have.
const PATH: usize = 1024;

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

    /// What stands in a folder: an entry for a file or a fault, nothing for a folder.
    fn entry(&self, found: &DirEntry) -> Option<Entry> {
        let path = self.path(found.path());
        let name = found.file_name();
        let fault = |words: String| Some(Entry { path: path.clone(), size: Err(Fault(words)) });
        if name.to_str().is_none() {
            return fault("has a name that is not UTF-8".to_owned());
        }
        if name.len() > NAME {
            return fault(format!("has a name of {} bytes; a name may have {NAME}", name.len()));
        }
        if path.as_str().len() > PATH {
            return fault(format!("has a path of {} bytes; a path may have {PATH}", path.as_str().len()));
        }
        let kind = found.file_type();
        if kind.is_dir() {
            if found.depth() > DEPTH {
                return fault(format!("lies more than {DEPTH} folders deep"));
            }
            return None;
        }
        let size = if kind.is_symlink() {
            self.link(found.path())
        } else if kind.is_file() {
            found.metadata().map(|data| data.len()).map_err(|error| unreadable(&error.into()))
        } else {
            Err(Fault("is not a regular file".to_owned()))
        };
        Some(Entry { path, size })
    }

    /// The size of the file behind a link, if the link may be followed.
    fn link(&self, link: &Path) -> std::result::Result<u64, Fault> {
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
        if inside.iter().any(is_hidden) {
            return Err(Fault(format!("{to}, which is hidden")));
        }
        let data = fs::metadata(&canonical).map_err(|error| unreadable(&error))?;
        match (data.is_file(), data.is_dir()) {
            (true, _) => Ok(data.len()),
            (_, true) => Err(Fault(format!("{to}, a folder; folders behind links are not read"))),
            _ => Err(Fault(format!("{to}, which is not a regular file"))),
        }
    }

    /// A path below the root, with `/`; bytes that are not UTF-8 are shown as `\xE9`.
    fn path(&self, path: &Path) -> SourcePath {
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
        self.resolve(folder, doing)?;
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
                    if let Some(entry) = self.entry(&found) {
                        if found.file_type().is_dir() {
                            walk.skip_current_dir();
                        }
                        entries.push(entry);
                    }
                }
                Err(error) if error.depth() == 0 => return Err(Error::Io { doing, path: top, source: error.into() }),
                Err(error) => {
                    let path = self.path(error.path().unwrap_or(&top));
                    entries.push(Entry { path, size: Err(unreadable(&error.into())) });
                }
            }
        }
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(entries)
    }

    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>> {
        let doing = "could not read";
        let canonical = self.resolve(path.as_str(), doing)?;
        let failed = |source| Error::Io { doing, path: self.root.join(path.as_str()), source };
        // Looked at before it is opened: opening a pipe would wait for someone to write to it.
        if !fs::metadata(&canonical).map_err(failed)?.is_file() {
            return Err(failed(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")));
        }
        fs::read(&canonical).map(Arc::from).map_err(failed)
    }
}

/// Whether it is none of our business: hidden, a site that was published, or the output of other tools. A name such as
/// `target` alone says nothing: people write about targets.
fn is_left_out(found: &DirEntry) -> bool {
    let holds = |name: &str| fs::symlink_metadata(found.path().join(name)).is_ok();
    let is_made = || found.file_name() == "node_modules" || holds(MANIFEST) || holds(CACHE);
    is_hidden(found.file_name()) || (found.file_type().is_dir() && is_made())
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
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    /// A project in `project/` of a temporary folder, with files beside it that must never be read.
    fn project(files: &[&str]) -> (tempfile::TempDir, Disk) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        fs::create_dir_all(root.join("content")).unwrap();
        fs::write(folder.path().join("secret.md"), "secret").unwrap();
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        let disk = Disk::open(&root).unwrap();
        (folder, disk)
    }

    /// Each entry as `path: size` or `path: fault`.
    fn list(disk: &Disk) -> Vec<String> {
        let show = |entry: Entry| match entry.size {
            Ok(size) => format!("{}: {size}", entry.path),
            Err(fault) => format!("{}: {}", entry.path, fault.0),
        };
        disk.list("content").unwrap().into_iter().map(show).collect()
    }

    #[test]
    fn lists_in_path_order_without_hidden_and_foreign_folders() {
        let (_folder, disk) = project(&[
            "content/b.md",
            "content/a/z.md",
            "content/a-b.md",
            "content/.git/config",
            "content/.env",
            "content/x/target/y.md",
            "content/cache/CACHEDIR.TAG",
            "content/cache/y.md",
            "content/site/.precedent-manifest",
            "content/site/y.md",
            "content/node_modules/y.md",
            "content/target.md",
            "outside.md",
        ]);
        assert_eq!(
            list(&disk),
            [
                "content/a-b.md: 4",
                "content/a/z.md: 4",
                "content/b.md: 4",
                "content/target.md: 4",
                "content/x/target/y.md: 4"
            ]
        );
        assert_eq!(disk.list("").unwrap().len(), 6);
    }

    #[test]
    fn links_out_of_the_project_are_faults_and_never_read() {
        let (folder, disk) = project(&["content/a.md", "content/sub/b.md"]);
        let content = disk.root.join("content");
        symlink("../../secret.md", content.join("file.md")).unwrap();
        symlink("/etc", content.join("etc")).unwrap();
        symlink("/dev/zero", content.join("zero.md")).unwrap();
        symlink(folder.path().join("project-sibling"), content.join("gone.md")).unwrap();
        symlink("self.md", content.join("self.md")).unwrap();
        symlink("..", content.join("parent")).unwrap();
        symlink("a.md", content.join("inside.md")).unwrap();
        symlink("sub", content.join("folder")).unwrap();
        let gone = folder.path().join("project-sibling");
        assert_eq!(
            list(&disk),
            [
                "content/a.md: 4".to_owned(),
                "content/etc: is a link to /etc, outside the project".to_owned(),
                "content/file.md: is a link to ../../secret.md, outside the project".to_owned(),
                "content/folder: is a link to sub, a folder; folders behind links are not read".to_owned(),
                format!("content/gone.md: is a link to {}, which does not exist", gone.display()),
                "content/inside.md: 4".to_owned(),
                "content/parent: is a link to .., a folder; folders behind links are not read".to_owned(),
                "content/self.md: is a link to self.md, which cannot be followed: too many levels of symbolic links"
                    .to_owned(),
                "content/sub/b.md: 4".to_owned(),
                "content/zero.md: is a link to /dev/zero, outside the project".to_owned(),
            ]
        );
        let read = |path: &str| disk.read(&SourcePath::new(path));
        assert_eq!(&*read("content/inside.md").unwrap(), b"text");
        for outside in ["content/file.md", "content/zero.md", "../secret.md", "content/../../secret.md", "/etc/passwd"]
        {
            assert!(matches!(read(outside), Err(Error::Refused { .. })), "{outside}");
        }
    }

    #[test]
    fn links_to_hidden_files_are_faults() {
        let (_folder, disk) = project(&[".env", "content/a.md"]);
        symlink("../.env", disk.root.join("content/env.txt")).unwrap();
        assert_eq!(list(&disk)[1], "content/env.txt: is a link to ../.env, which is hidden");
    }

    #[test]
    fn pipes_and_sockets_are_faults_and_never_opened() {
        let (_folder, disk) = project(&["content/a.md"]);
        let pipe = disk.root.join("content/pipe.md");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let _socket = UnixListener::bind(disk.root.join("content/socket.md")).unwrap();
        assert_eq!(
            list(&disk)[1..],
            ["content/pipe.md: is not a regular file", "content/socket.md: is not a regular file"]
        );
        assert!(disk.read(&SourcePath::new("content/pipe.md")).is_err());
        assert!(disk.read(&SourcePath::new("content")).is_err());
    }

    #[test]
    fn names_that_go_too_far_are_faults() {
        let (_folder, disk) = project(&["content/a.md"]);
        let content = disk.root.join("content");
        fs::write(content.join(OsStr::from_bytes(b"caf\xE9.md")), "x").unwrap();
        fs::write(content.join("n".repeat(250)), "x").unwrap();
        let mut deep = content.join("d");
        for _ in 0..40 {
            deep.push("d");
        }
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("x.md"), "x").unwrap();
        let listed = list(&disk);
        assert_eq!(listed[1], "content/caf\\xE9.md: has a name that is not UTF-8");
        assert!(listed[2].ends_with("/d: lies more than 32 folders deep"), "{}", listed[2]);
        assert!(listed[3].ends_with(": has a name of 250 bytes; a name may have 200"), "{}", listed[3]);
    }

    #[test]
    fn closed_folders_are_faults_and_the_rest_is_read() {
        let (_folder, disk) = project(&["content/a.md", "content/closed/b.md"]);
        let closed = disk.root.join("content/closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        let listed = list(&disk);
        let is_root = fs::read_dir(&closed).is_ok();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        if !is_root {
            assert_eq!(listed, ["content/a.md: 4", "content/closed: cannot be read: permission denied"]);
        }
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let (folder, disk) = project(&["content/a.md"]);
        assert!(matches!(disk.list("nowhere"), Err(Error::Io { .. })));
        assert!(matches!(disk.list("content/a.md"), Err(Error::Io { .. })));
        assert!(matches!(disk.list(".."), Err(Error::Refused { .. })));
        assert!(Disk::open(&folder.path().join("nowhere")).is_err());
        assert!(Disk::open(&folder.path().join("secret.md")).is_err());
    }

    #[test]
    fn the_root_is_found_upwards() {
        let (_folder, disk) = project(&["precedent.toml", "content/deep/a.md"]);
        assert_eq!(Disk::find_root(&disk.root.join("content/deep")), Some(disk.root.clone()));
        assert_eq!(Disk::find_root(&disk.root.join("nowhere")), None);
        assert_eq!(Disk::find_root(Path::new("/")), None);
    }
}
