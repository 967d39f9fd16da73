//! Files on disk: the one door in.

use super::files::{Entry, Files};
use crate::error::Result;
use crate::text::SourcePath;
use std::path::PathBuf;
use std::sync::Arc;

/// A project's folder.
#[derive(Clone, Debug)]
pub struct Disk {
    /// The folder, canonical.
    pub root: PathBuf,
}

impl Files for Disk {
    fn list(&self, _folder: &str) -> Result<Vec<Entry>> {
        todo!()
    }

    fn read(&self, _path: &SourcePath) -> Result<Arc<[u8]>> {
        todo!()
    }
}
