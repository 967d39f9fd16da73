//! The door through which files come in, as a trait.

use crate::error::{Error, Result};
use crate::text::SourcePath;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

/// Lists and reads files below one root (the project's folder).
pub trait Files: Send + Sync {
    /// Every regular file below `folder` (relative to the root; empty for the root itself), in path order, and what could not be listed.
    ///
    /// # Errors
    /// When the folder itself cannot be read.
    fn list(&self, folder: &str) -> Result<Vec<Entry>>;

    /// What [`Files::list`] would tell of one path below `folder` now, in a folder of whose files it has told before.
    fn look(&self, _folder: &str, _path: &SourcePath) -> Look {
        Look::Unclear
    }

    /// Whether [`Files::list`] would pass over a file at this path below `folder`, were there one.
    fn leaves_out(&self, _folder: &str, _path: &SourcePath) -> bool {
        false
    }

    /// Whether [`Files::list`] can read a folder.
    fn has_folder(&self, folder: &str) -> bool {
        self.list(folder).is_ok()
    }

    /// Whether a regular file or a folder is there, listed or not.
    fn holds(&self, path: &SourcePath) -> bool {
        self.open(path).is_ok() || self.has_folder(path.as_str())
    }

    /// The bytes of one file.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>>;

    /// The bytes of one file, or their number where there are more than `most`.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read_up_to(&self, path: &SourcePath, most: u64) -> Result<std::result::Result<Vec<u8>, u64>> {
        let bytes = self.read(path)?;
        let length = bytes.len() as u64;
        Ok(if length > most { Err(length) } else { Ok(bytes.to_vec()) })
    }

    /// The bytes of one file, one after the other, for files that need not be held whole.
    ///
    /// # Errors
    /// When it cannot be opened.
    fn open(&self, path: &SourcePath) -> Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(self.read(path)?)))
    }
}

/// One thing found in a folder.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it is.
    pub path: SourcePath,
    /// Its size in bytes, or why it is not read; `None` for a text, of which reading it tells.
    pub size: std::result::Result<Option<u64>, Fault>,
    /// What it leads to, where it is a link: that may change under its own name. A link that is not followed leads to itself.
    pub link: Option<SourcePath>,
}

/// What a look at one path tells.
#[derive(Clone, Debug)]
pub enum Look {
    /// What would be listed.
    Entry(Entry),
    /// Nothing would be listed: nothing is there, or it is hidden.
    Nothing,
    /// Only a listing can tell: a folder is there, or a file that says something of its folder.
    Unclear,
}

/// Why a thing in the content folder is not read, in words that complete "it …": `is a link to /etc/passwd, outside the project`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

/// Why a file cannot be read, in words that complete "it …".
pub(super) fn unreadable(error: &Error) -> Fault {
    Fault(match error {
        Error::Io { source, .. } => format!("cannot be read: {}", reason(source)),
        error => format!("cannot be read: {error}"),
    })
}

/// The system's reason in words, without its number.
pub(super) fn reason(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::PermissionDenied {
        return "permission denied".to_owned();
    }
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or("");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
