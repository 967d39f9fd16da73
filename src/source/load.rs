//! Texts and assets of a content folder.

use super::files::Files;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::text::{Digest, SourcePath};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One text, UTF-8, as it stands on disk (a byte order mark is kept in `text`, so that spans are file offsets).
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it is.
    pub path: SourcePath,
    /// All of it.
    pub text: Arc<str>,
    /// Its fingerprint.
    pub digest: Digest,
}

/// A file beside the texts that a page may link: an image, a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its size in bytes.
    pub size: u64,
}

/// Everything below the content folder.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Markdown files, by path.
    pub texts: BTreeMap<SourcePath, Source>,
    /// All other regular files, by path.
    pub assets: BTreeMap<SourcePath, Asset>,
    /// What could not be read, each with its reason (`unread-file`).
    pub found: Vec<Diagnostic>,
}

impl Source {
    /// A text that is already in memory.
    pub fn new(path: SourcePath, text: impl Into<Arc<str>>) -> Source {
        let text = text.into();
        let digest = Digest::of(text.as_bytes());
        Source { path, text, digest }
    }
}

impl Sources {
    /// Reads every Markdown file below `folder`, leaving out what lies below one of `excluded`.
    ///
    /// # Errors
    /// When the folder itself cannot be listed.
    pub fn load(_files: &dyn Files, _folder: &str, _excluded: &[String]) -> Result<Sources> {
        todo!()
    }
}
