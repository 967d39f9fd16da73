//! Puts a site in place file by file, where the folder itself cannot be replaced: a mount point, a layer of a container.

use super::fault::failed;
use super::manifest::Manifest;
use super::mode::Mode;
use super::seen::is_of;
use super::stage::{FINISHED, put};
use crate::error::Result;
use crate::source::MANIFEST;
use crate::text::Digest;
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// What a file is called until it takes its place.
const PART: &str = ".precedent-part";

/// Brings every file of `staging` into `folder`, and removes what `old` lists and `next` does not. Each file is there whole or not
/// at all; of all of them together that cannot be said.
///
/// # Errors
/// When something cannot be written or removed. What is ours is known to the next build even then.
pub(super) fn put_in_place(staging: &Path, folder: &Path, old: &Manifest, next: &Manifest) -> Result<()> {
    let mut both = old.clone();
    both.0.extend(next.0.iter().map(|(path, digest)| (path.clone(), *digest)));
    both.0.extend([PART, FINISHED].map(|path| (path.to_owned(), Digest(0))));
    // What a killed build has left is ours; anything else that stands there is not written over, nor through.
    for left in [PART, FINISHED].into_iter().filter(|path| old.0.contains_key(*path)) {
        remove(&folder.join(left))?;
    }
    put_list(&both, folder)?;
    // What pages load comes before them.
    let is_page = |path: &str| path.ends_with(".html");
    let (pages, others): (Vec<_>, Vec<_>) = next.0.iter().partition(|(path, _)| is_page(path));
    for (path, digest) in others.into_iter().chain(pages) {
        let to = folder.join(path);
        if is_of(&to, *digest) {
            continue;
        }
        make_room(folder, path)?;
        let (from, part) = (staging.join(path), folder.join(PART));
        put(&part, &mut File::open(&from).map_err(failed("could not read", &from))?)?;
        fs::rename(&part, &to).map_err(failed("could not write", &to))?;
    }
    for path in old.0.keys().filter(|path| !next.0.contains_key(*path)) {
        let gone = folder.join(path);
        remove(&gone)?;
        // A folder that holds something else stays.
        let above = gone.ancestors().skip(1).take_while(|above| *above != folder);
        let _ = above.map(fs::remove_dir).take_while(std::result::Result::is_ok).count();
    }
    put_list(next, folder)
}

fn put_list(list: &Manifest, folder: &Path) -> Result<()> {
    let (path, finished) = (folder.join(MANIFEST), folder.join(FINISHED));
    put(&finished, &mut list.text().as_bytes())?;
    fs::rename(&finished, &path).map_err(failed("could not write", &path))
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed("could not remove", path)(error)),
        _ => Ok(()),
    }
}

fn make_room(folder: &Path, path: &str) -> Result<()> {
    for (at, _) in path.match_indices('/') {
        let inside = folder.join(path.get(..at).unwrap_or(""));
        match fs::create_dir(&inside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => made.and_then(|()| Mode::Folder.set(&inside)).map_err(failed("could not create", &inside))?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn nothing_is_written_through_what_was_planted() {
        let place = tempfile::tempdir().unwrap();
        let at = |path: &str| place.path().join(path);
        let digest = Digest::of(b"new");
        let next = Manifest([("a.html".to_owned(), digest)].into(), BTreeMap::new());
        fs::create_dir_all(at("staging")).unwrap();
        fs::create_dir_all(at("site")).unwrap();
        fs::write(at("staging/a.html"), "new").unwrap();
        for planted in [PART, FINISHED] {
            fs::write(at("secret"), "mine").unwrap();
            #[cfg(unix)]
            std::os::unix::fs::symlink(at("secret"), at("site").join(planted)).unwrap();
            #[cfg(not(unix))]
            fs::write(at("site").join(planted), "planted").unwrap();
            assert!(put_in_place(&at("staging"), &at("site"), &Manifest::default(), &next).is_err());
            assert_eq!(fs::read_to_string(at("secret")).unwrap(), "mine");
            fs::remove_file(at("site").join(planted)).unwrap();
        }
        // What a killed build has left is in its list, and no hindrance.
        fs::write(at("site").join(PART), "half").unwrap();
        let old = Manifest([(PART.to_owned(), Digest(0))].into(), BTreeMap::new());
        put_in_place(&at("staging"), &at("site"), &old, &next).unwrap();
        assert_eq!(fs::read_to_string(at("site/a.html")).unwrap(), "new");
        assert!(!at("site").join(PART).exists());
    }
}
