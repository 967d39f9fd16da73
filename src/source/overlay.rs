//! Files with some texts laid over them that are not written yet.

use super::files::{Entry, Files};
use crate::error::Result;
use crate::text::SourcePath;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Files, and texts that stand in for some of them or for files that are not there yet.
pub struct Overlay {
    files: Arc<dyn Files>,
    texts: RwLock<BTreeMap<SourcePath, Arc<[u8]>>>,
}

impl Overlay {
    /// Lays texts over files.
    pub fn new(files: Arc<dyn Files>, texts: BTreeMap<SourcePath, Arc<[u8]>>) -> Overlay {
        Overlay { files, texts: RwLock::new(texts) }
    }

    /// Lays a text over a file, in the place of one that was there before.
    pub fn lay(&self, path: SourcePath, text: Arc<[u8]>) {
        self.texts_mut().insert(path, text);
    }

    /// Takes a text away, so that the file shows again.
    pub fn lift(&self, path: &SourcePath) {
        self.texts_mut().remove(path);
    }

    fn texts(&self) -> RwLockReadGuard<'_, BTreeMap<SourcePath, Arc<[u8]>>> {
        self.texts.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn texts_mut(&self) -> RwLockWriteGuard<'_, BTreeMap<SourcePath, Arc<[u8]>>> {
        self.texts.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files for Overlay {
    fn list(&self, folder: &str) -> Result<Vec<Entry>> {
        let mut entries = self.files.list(folder)?;
        for (path, text) in self.texts().iter().filter(|(path, _)| path.below(folder).is_some()) {
            let size = Ok(Some(text.len() as u64));
            match entries.binary_search_by(|entry| entry.path.cmp(path)) {
                Ok(at) => entries.get_mut(at).into_iter().for_each(|entry| entry.size = size.clone()),
                // An editor may open what is no part of the project's texts.
                Err(_) if self.files.leaves_out(folder, path) => {}
                Err(at) => entries.insert(at, Entry { path: path.clone(), size, link: None }),
            }
        }
        Ok(entries)
    }

    fn leaves_out(&self, folder: &str, path: &SourcePath) -> bool {
        self.files.leaves_out(folder, path)
    }

    fn has_folder(&self, folder: &str) -> bool {
        self.files.has_folder(folder)
    }

    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>> {
        let text = self.texts().get(path).cloned();
        text.map_or_else(|| self.files.read(path), Ok)
    }

    fn read_up_to(&self, path: &SourcePath, most: u64) -> Result<std::result::Result<Vec<u8>, u64>> {
        match self.texts().get(path) {
            Some(text) if text.len() as u64 > most => Ok(Err(text.len() as u64)),
            Some(text) => Ok(Ok(text.to_vec())),
            None => self.files.read_up_to(path, most),
        }
    }

    fn open(&self, path: &SourcePath) -> Result<Box<dyn Read + Send>> {
        let text = self.texts().get(path).cloned();
        text.map_or_else(|| self.files.open(path), |text| Ok(Box::new(Cursor::new(text))))
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    #[test]
    fn texts_stand_for_files_and_for_those_that_are_not_there_yet() {
        let files = Memory::of([("content/a.md", "a"), ("content/c.md", "c"), ("x.md", "x")]);
        let overlay = Overlay::new(Arc::new(files), BTreeMap::new());
        let lay = |path: &str, text: &str| overlay.lay(SourcePath::new(path), Arc::from(text.as_bytes()));
        lay("content/a.md", "longer");
        lay("content/b.md", "new");
        lay("y.md", "outside");
        let listed = || -> Vec<(String, u64)> {
            let entries = overlay.list("content").unwrap();
            entries.iter().map(|entry| (entry.path.to_string(), entry.size.clone().unwrap().unwrap())).collect()
        };
        let is = |entries: &[(&str, u64)]| {
            entries.iter().map(|(path, size)| ((*path).to_owned(), *size)).collect::<Vec<_>>()
        };
        assert_eq!(listed(), is(&[("content/a.md", 6), ("content/b.md", 3), ("content/c.md", 1)]));
        assert_eq!(overlay.read(&SourcePath::new("content/a.md")).unwrap().as_ref(), b"longer");
        overlay.lift(&SourcePath::new("content/a.md"));
        overlay.lift(&SourcePath::new("content/b.md"));
        assert_eq!(listed(), is(&[("content/a.md", 1), ("content/c.md", 1)]));
    }
}
