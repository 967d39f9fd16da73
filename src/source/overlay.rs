//! Files with some texts laid over them that are not written yet.

use super::files::{Entry, Files};
use crate::error::Result;
use crate::text::SourcePath;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Files, and texts that stand in for some of them.
pub struct Overlay {
    /// The files below.
    pub files: Arc<dyn Files>,
    /// The texts, by path; each stands for a file that is there.
    pub texts: BTreeMap<SourcePath, Arc<[u8]>>,
}

impl Files for Overlay {
    fn list(&self, folder: &str) -> Result<Vec<Entry>> {
        let mut entries = self.files.list(folder)?;
        for entry in &mut entries {
            if let Some(text) = self.texts.get(&entry.path) {
                entry.size = Ok(text.len() as u64);
            }
        }
        Ok(entries)
    }

    fn has_folder(&self, folder: &str) -> bool {
        self.files.has_folder(folder)
    }

    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>> {
        self.texts.get(path).map_or_else(|| self.files.read(path), |text| Ok(Arc::clone(text)))
    }
}
