//! Builds the new site aside.

use super::super::render::Site;
use super::fault::failed;
use super::manifest::Manifest;
use crate::error::Result;
use crate::source::MANIFEST;
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Writes the whole site into a new folder. The manifest comes first: whatever is found there later is known to be ours.
/// A file that did not change since it was written into `earlier` is linked from there, which is far cheaper than writing.
///
/// # Errors
/// When anything cannot be written.
pub(super) fn stage(site: &Site, manifest: &Manifest, folder: &Path, earlier: (&Manifest, &Path)) -> Result<()> {
    fs::create_dir(folder).map_err(failed("could not create", folder))?;
    put(&folder.join(MANIFEST), manifest.text().as_bytes())?;
    let mut folders = BTreeSet::new();
    for path in manifest.0.keys() {
        let mut above = path.as_str();
        while let Some((parent, _)) = above.rsplit_once('/') {
            if !folders.insert(parent) {
                break;
            }
            above = parent;
        }
    }
    for inner in folders {
        let path = folder.join(inner);
        fs::create_dir(&path).map_err(failed("could not create", &path))?;
    }
    let files: Vec<_> = site.artifacts.iter().collect();
    files.par_iter().try_for_each(|(route, artifact)| {
        let (path, before) = (folder.join(&route.0), earlier.1.join(&route.0));
        // The list alone is not believed: someone may have changed the file since.
        let unchanged = earlier.0.0.get(&route.0) == Some(&artifact.digest) && holds(&before, &artifact.bytes);
        if unchanged && fs::hard_link(&before, &path).is_ok() {
            return Ok(());
        }
        put(&path, &artifact.bytes)
    })
}

/// Writes a file that must not be there yet: two names that the file system takes for one are an error, not a loss.
fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let open = OpenOptions::new().write(true).create_new(true).open(path);
    open.and_then(|mut file| file.write_all(bytes)).map_err(failed("could not write", path))
}

/// Whether every file of the site is in the folder already, byte for byte.
pub(super) fn is_there(site: &Site, folder: &Path) -> bool {
    let files: Vec<_> = site.artifacts.iter().collect();
    files.par_iter().all(|(route, artifact)| holds(&folder.join(&route.0), &artifact.bytes))
}

/// Whether a path is a regular file with exactly these bytes.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> bool {
    let is_candidate = fs::symlink_metadata(path).is_ok_and(|data| data.is_file() && data.len() == bytes.len() as u64);
    is_candidate && fs::read(path).is_ok_and(|there| there == bytes)
}
