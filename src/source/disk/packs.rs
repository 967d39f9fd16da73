//! The folder of the cache: packs are written aside and renamed, and nothing in it is needed by anybody.
#![allow(clippy::disallowed_methods, reason = "this is the door through which the cache comes in and goes out")]

use crate::cache::{Aside, Folder, Pack};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process;

/// The file with which tools mark a folder of what they can make again.
pub(super) const CACHE_MARK: &str = "CACHEDIR.TAG";
/// The folder below the project's root that is the program's own.
const OWN: &str = ".precedent";
/// The cache in it.
const CACHE: &str = "cache";
/// The end of a pack's name; before it stand 32 hexadecimal digits.
const PACK: &str = ".pack";
/// The start of the name of a pack under way; after it stand the process and a number.
const NEW: &str = "new-";
/// Packs under way in one process; more than one means that it has several projects.
const MOST_NEW: usize = 100;
/// What keeps a folder out of version control.
const IGNORE: (&str, &str) = (".gitignore", "*\n");
/// What keeps a folder out of backups and out of the content, by the convention on cache directories.
const TAG: (&str, &str) = (
    CACHE_MARK,
    "Signature: 8a477f597d28d172789f06886806bc55\n# Everything in this folder can be made again by precedent.\n",
);

/// A folder of packs.
#[derive(Clone, Debug)]
pub struct PackFolder {
    path: PathBuf,
    /// The program's own folder in a project, where the packs lie in it.
    own: Option<PathBuf>,
}

impl PackFolder {
    /// The cache of a project.
    pub fn of_project(root: &Path) -> PackFolder {
        let own = root.join(OWN);
        PackFolder { path: own.join(CACHE), own: Some(own) }
    }

    /// A cache in a folder that the user named.
    pub fn at(path: PathBuf) -> PackFolder {
        PackFolder { path, own: None }
    }

    /// A project that comes from elsewhere must not make us write and remove where a link leads.
    fn refuse_links(&self) -> io::Result<()> {
        let Some(own) = &self.own else { return Ok(()) };
        match [own, &self.path].into_iter().find(|path| path.is_symlink()) {
            Some(link) => Err(io::Error::other(format!("{} is a link", link.display()))),
            None => Ok(()),
        }
    }

    /// Makes the folder, with what says that it is no part of the project.
    fn make(&self) -> io::Result<()> {
        self.refuse_links()?;
        if let Some(own) = &self.own {
            fs::create_dir_all(own)?;
            mark(own, IGNORE)?;
        }
        if !self.path.is_dir() {
            fs::create_dir_all(&self.path)?;
            // A folder that was there before may hold more than ours.
            mark(&self.path, IGNORE)?;
            mark(&self.path, TAG)?;
        }
        Ok(())
    }

    /// Removes what processes left behind that ended too soon.
    fn sweep(&self) {
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            let is_new = entry.file_name().to_str().is_some_and(is_new);
            // Whoever writes it holds a lock, which the system takes back when the process ends.
            if is_new && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

impl Folder for PackFolder {
    fn list(&self) -> io::Result<Vec<String>> {
        self.refuse_links()?;
        let entries = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let name = |entry: fs::DirEntry| entry.file_name().to_str().and_then(pack_name).map(str::to_owned);
        let mut names: Vec<String> = entries.flatten().filter_map(name).collect();
        names.sort_unstable();
        Ok(names)
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Pack>> {
        let path = self.path.join(format!("{name}{PACK}"));
        // Looked at before it is opened: opening a pipe would wait for someone to write to it.
        if !fs::symlink_metadata(&path)?.is_file() {
            return Err(io::Error::from(io::ErrorKind::InvalidInput));
        }
        let file = File::open(&path)?;
        let length = file.metadata()?.len();
        Ok(Box::new(DiskPack { file, length }))
    }

    fn create(&self) -> io::Result<Box<dyn Aside>> {
        self.make()?;
        self.sweep();
        for number in 0..MOST_NEW {
            let path = self.path.join(format!("{NEW}{}-{number}", process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(file) => {
                    // Without a lock another process may sweep it away, and then it is made again some other time.
                    let _ = file.try_lock();
                    return Ok(Box::new(NewFile { file: BufWriter::new(file), path, is_published: false }));
                }
            }
        }
        Err(io::Error::from(io::ErrorKind::AlreadyExists))
    }

    fn remove(&self, name: &str) {
        let _ = fs::remove_file(self.path.join(format!("{name}{PACK}")));
    }
}

fn pack_name(file: &str) -> Option<&str> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    file.strip_suffix(PACK).filter(|name| name.len() == 32 && name.bytes().all(is_digit))
}

fn is_new(file: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    file.strip_prefix(NEW).and_then(|rest| rest.split_once('-')).is_some_and(|(one, two)| number(one) && number(two))
}

/// Puts a small file into a folder, unless there is one of that name.
fn mark(folder: &Path, (name, text): (&str, &str)) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).open(folder.join(name)) {
        Ok(mut file) => file.write_all(text.as_bytes()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// A pack, open; on Unix it stays readable when it is removed.
struct DiskPack {
    file: File,
    length: u64,
}

impl Pack for DiskPack {
    fn len(&self) -> u64 {
        self.length
    }

    #[cfg(unix)]
    fn read(&self, offset: u64, bytes: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, bytes, offset)
    }

    #[cfg(windows)]
    fn read(&self, mut offset: u64, mut bytes: &mut [u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let count = std::os::windows::fs::FileExt::seek_read(&self.file, bytes, offset)?;
            if count == 0 {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
            }
            offset += count as u64;
            bytes = bytes.get_mut(count..).unwrap_or_default();
        }
        Ok(())
    }
}

/// A pack under way.
struct NewFile {
    file: BufWriter<File>,
    path: PathBuf,
    is_published: bool,
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Aside for NewFile {
    fn publish(mut self: Box<Self>, name: &str) -> io::Result<()> {
        self.flush()?;
        // Not synced: after a crash of the machine the checksums tell what is missing, and it is made again.
        fs::rename(&self.path, self.path.with_file_name(format!("{name}{PACK}")))?;
        self.is_published = true;
        Ok(())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.is_published {
            let _ = fs::remove_file(&self.path);
        }
    }
}
