//! The only door through which the site goes out.

use super::render::Site;
use crate::error::Result;
use std::path::Path;

/// What a publication changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Their size, in bytes.
    pub bytes: u64,
}

/// Publishes a site into `output`: built aside, then swapped in. Deletes nothing that an earlier publication did not write.
///
/// # Errors
/// When `output` is, holds or lies inside `content`, holds files that are not ours, or cannot be written.
pub fn write(_site: &Site, _output: &Path, _content: &Path) -> Result<Written> {
    todo!()
}
