//! Files in memory: tests, and an editor's unsaved texts.

use super::files::{Entry, Files, Look};
use crate::error::{Error, Result};
use crate::text::SourcePath;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Texts by path.
#[derive(Clone, Debug, Default)]
pub struct Memory(pub BTreeMap<SourcePath, Arc<[u8]>>);

impl Memory {
    /// A tree from paths and texts.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Memory {
        Memory(files.into_iter().map(|(path, text)| (SourcePath::new(path), Arc::from(text.as_bytes()))).collect())
    }
}

impl Files for Memory {
    fn list(&self, folder: &str) -> Result<Vec<Entry>> {
        let inside = self.0.iter().filter(|(path, _)| path.below(folder).is_some());
        let entry = |(path, bytes): (&SourcePath, &Arc<[u8]>)| {
            let size = Ok(Some(bytes.len() as u64));
            Entry { path: path.clone(), size, link: None }
        };
        Ok(inside.map(entry).collect())
    }

    fn has_folder(&self, folder: &str) -> bool {
        folder.is_empty() || self.0.keys().any(|path| path.below(folder).is_some())
    }

    fn look(&self, folder: &str, path: &SourcePath) -> Look {
        match self.0.get(path).filter(|_| path.below(folder).is_some()) {
            Some(bytes) => Look::Entry(Entry { path: path.clone(), size: Ok(Some(bytes.len() as u64)), link: None }),
            None if self.0.keys().any(|other| other.below(path.as_str()).is_some()) => Look::Unclear,
            None => Look::Nothing,
        }
    }

    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>> {
        self.0.get(path).cloned().ok_or_else(|| Error::Io {
            doing: "could not read",
            path: PathBuf::from(path.as_str()),
            source: io::Error::from(io::ErrorKind::NotFound),
        })
    }
}
