//! Files of which a listing is kept for whoever asks for it next.

use super::files::{Entry, Files, Look};
use crate::error::Result;
use crate::text::SourcePath;
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

/// Files whose folders are looked through once for two who ask: for those who look where the records are, and for those who then
/// read them.
pub struct Listed<'a> {
    files: &'a dyn Files,
    kept: Mutex<BTreeMap<String, Vec<Entry>>>,
}

impl<'a> Listed<'a> {
    /// Files of which nothing is listed yet.
    pub fn new(files: &'a dyn Files) -> Listed<'a> {
        Listed { files, kept: Mutex::default() }
    }
}

impl Files for Listed<'_> {
    /// The second to ask for a folder is told what the first was told; the third looks anew.
    fn list(&self, folder: &str) -> Result<Vec<Entry>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entries) = kept.remove(folder) {
            return Ok(entries);
        }
        let entries = self.files.list(folder)?;
        kept.insert(folder.to_owned(), entries.clone());
        Ok(entries)
    }

    fn look(&self, folder: &str, path: &SourcePath) -> Look {
        self.files.look(folder, path)
    }

    fn leaves_out(&self, folder: &str, path: &SourcePath) -> bool {
        self.files.leaves_out(folder, path)
    }

    fn has_folder(&self, folder: &str) -> bool {
        self.files.has_folder(folder)
    }

    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>> {
        self.files.read(path)
    }

    fn read_up_to(&self, path: &SourcePath, most: u64) -> Result<std::result::Result<Vec<u8>, u64>> {
        self.files.read_up_to(path, most)
    }

    fn open(&self, path: &SourcePath) -> Result<Box<dyn Read + Send>> {
        self.files.open(path)
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::super::overlay::Overlay;
    use super::*;

    #[test]
    fn a_folder_is_looked_through_once_for_two() {
        let overlay = Overlay::new(Arc::new(Memory::of([("content/a.md", "a")])), BTreeMap::new());
        let listed = Listed::new(&overlay);
        let names = |folder: &str| {
            listed.list(folder).unwrap().into_iter().map(|entry| entry.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(names("content"), ["content/a.md"]);
        overlay.lay(SourcePath::new("content/b.md"), Arc::from(*b"b"));
        assert_eq!(names(""), ["content/a.md", "content/b.md"]);
        assert_eq!(names("content"), ["content/a.md"]);
        assert_eq!(names("content"), ["content/a.md", "content/b.md"]);
    }
}
