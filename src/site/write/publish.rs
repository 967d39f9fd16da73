//! Publishes a site: whole, or not at all.

use super::super::artifact::Artifact;
use super::super::press::{Open, Press};
use super::carry::carry;
use super::fault::{failed, refused};
use super::in_place::put_in_place;
use super::lock::Lock;
use super::manifest::{Manifest, is_inside, seal};
use super::reclaim::{leftovers, reclaim, recover};
use super::seen::{Seen, is_of};
use super::stage::{Staging, Unchanged};
use super::swap::{Swapped, swap};
use super::target::Target;
use super::tree::Tree;
use crate::error::{Error, Result};
use crate::page::Route;
use crate::text::{Digest, SourcePath};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// What a publication changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Their size, in bytes.
    pub bytes: u64,
    /// Whether they were put in place one by one, since the folder itself could not be replaced.
    pub one_by_one: bool,
}

/// Publishes a site that comes file by file: what changed is written aside, and all of it is put in place at the end. Without
/// that end, or when anything goes wrong, what was published before stays as it is. Deletes nothing that an earlier publication
/// did not write.
pub struct Publisher {
    /// Where to publish; `None` when it cannot be done.
    place: Option<Place>,
    /// Whether pages that were made of the same before are believed to be what they would be.
    believes: bool,
    /// Made when the first file comes that has changed.
    staging: OnceLock<Option<Staging>>,
    tally: Mutex<Tally>,
    /// Set when the work is to end where it is.
    stopped: Arc<AtomicBool>,
}

/// Where a site is published.
struct Place {
    target: Target,
    /// A content folder.
    content: PathBuf,
    /// What was published there before; `None` when nothing was.
    earlier: Option<Manifest>,
}

/// What has come so far.
#[derive(Default)]
struct Tally {
    list: BTreeMap<String, Digest>,
    seals: BTreeMap<String, Digest>,
    unchanged: Vec<Unchanged>,
    bytes: u64,
    /// The first thing that went wrong. Nothing is written after it.
    fault: Option<Error>,
}

impl Publisher {
    /// Publishes into `output`. `root` is the project's folder, and `contents` are those of its records, which may be the same.
    /// What is wrong with any of them is said at the end.
    pub fn new(output: &Path, root: &Path, contents: &[PathBuf]) -> Publisher {
        let mut tally = Tally::default();
        let place = Place::new(output, root, contents).map_err(|error| tally.fault = Some(error)).ok();
        let (staging, tally) = (OnceLock::new(), Mutex::new(tally));
        Publisher { place, believes: true, staging, tally, stopped: Arc::default() }
    }

    /// The same, which ends once `stopped` is set, and leaves what was published before as it is.
    #[must_use]
    pub fn until(self, stopped: Arc<AtomicBool>) -> Publisher {
        Publisher { stopped, ..self }
    }

    /// The same, which has every page made anew.
    #[must_use]
    pub fn afresh(self) -> Publisher {
        Publisher { believes: false, ..self }
    }

    /// Puts the site in place, when all of it has come.
    ///
    /// # Errors
    /// When `output` is or holds the project or its content, lies inside a content folder of its own, holds files that are not
    /// ours, or cannot be written, when an address leads out of it, and when it was stopped.
    pub fn finish(mut self) -> Result<Written> {
        self.is_awaited()?;
        let tally = std::mem::take(self.tally.get_mut().unwrap_or_else(PoisonError::into_inner));
        let Tally { list, seals, unchanged, bytes, fault } = tally;
        let next = Manifest(list, seals);
        next.is_writable()?;
        let (None, Some(place)) = (&fault, &self.place) else {
            return Err(fault.unwrap_or_else(|| refused("the site has no place".to_owned())));
        };
        let written = Written { files: next.0.len(), bytes, one_by_one: false };
        let is_same = unchanged.len() == next.0.len() && place.earlier.as_ref() == Some(&next);
        let staging = match self.staging.take() {
            Some(staging) => staging,
            None if is_same && leftovers(&place.target)?.is_empty() => return Ok(written),
            None => Some(place.stage()?),
        };
        let Some(staging) = staging else { return Err(refused("the site has no place".to_owned())) };
        let one_by_one = place.replace(staging, &next, &unchanged)?;
        Ok(Written { one_by_one, ..written })
    }

    /// Takes a file in: `seen` looks at the published one, and `put` writes the new one.
    fn take_in(
        &self,
        place: &Place,
        (path, digest): (&str, Digest),
        seen: impl FnOnce(&Path) -> Option<Seen>,
        put: impl FnOnce(&Staging) -> Result<()>,
    ) -> Result<Option<Unchanged>> {
        if !is_inside(path) {
            // Said at the end, with the reason.
            return Ok(None);
        }
        let was = place.earlier.as_ref().and_then(|earlier| earlier.0.get(path));
        // The list alone is not believed: someone may have changed the file since.
        let was = was.filter(|was| **was == digest);
        if let Some(seen) = was.and_then(|_| seen(&place.target.folder.join(path))) {
            return Ok(Some(Unchanged { path: path.to_owned(), digest, seen }));
        }
        let staging = self.staging.get_or_init(|| place.stage().map_err(|error| self.tally().fail(error)).ok());
        staging.as_ref().map_or(Ok(()), put)?;
        Ok(None)
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Press for Publisher {
    fn take(&self, route: Route, artifact: Artifact) {
        let Some(place) = self.place.as_ref().filter(|_| self.tally().fault.is_none()) else { return };
        let Artifact { bytes, digest, made_of } = artifact;
        let seen = |path: &Path| Seen::with(path, &bytes);
        let unchanged = self.take_in(place, (&route.0, digest), seen, |staging| staging.put(&route.0, digest, &bytes));
        let mut tally = self.tally();
        tally.seals.extend(made_of.map(|made_of| (route.0.clone(), seal(made_of, digest))));
        tally.take(route, (digest, bytes.len() as u64), unchanged);
    }

    fn is_awaited(&self) -> Result<()> {
        match self.stopped.load(Ordering::SeqCst) {
            true => Err(refused("the build was stopped".to_owned())),
            false => Ok(()),
        }
    }

    fn remembers(&self) -> bool {
        true
    }

    fn has(&self, route: &Route, made_of: Digest) -> bool {
        let place = self.place.as_ref().filter(|_| self.believes && self.tally().fault.is_none());
        let Some((place, earlier)) = place.and_then(|place| Some((place, place.earlier.as_ref()?))) else {
            return false;
        };
        let Some(digest) = earlier.0.get(&route.0).copied() else { return false };
        let sealed = seal(made_of, digest);
        if earlier.1.get(&route.0) != Some(&sealed) {
            return false;
        }
        // Someone may have changed the page since.
        let Some(seen) = Seen::small(&place.target.folder.join(&route.0), digest) else { return false };
        let mut tally = self.tally();
        tally.seals.insert(route.0.clone(), sealed);
        let unchanged = Unchanged { path: route.0.clone(), digest, seen };
        tally.take(route.clone(), (digest, seen.length), Ok(Some(unchanged)));
        true
    }

    fn copy(&self, route: Route, path: &SourcePath, open: &Open<'_>) -> Result<()> {
        self.is_awaited()?;
        let Some(place) = self.place.as_ref().filter(|_| self.tally().fault.is_none()) else { return Ok(()) };
        let unreadable = failed("could not read", Path::new(path.as_str()));
        let (digest, length) = Digest::of_all(open()?).map_err(&unreadable)?;
        let seen = |path: &Path| Seen::of(path, digest);
        let put = |staging: &Staging| {
            let mut from = Watched { from: open()?, fault: None };
            let put = staging.copy(&route.0, digest, &mut from);
            from.fault.map_or(put, |fault| Err(unreadable(fault)))
        };
        let unchanged = self.take_in(place, (&route.0, digest), seen, put);
        self.tally().take(route, (digest, length), unchanged);
        Ok(())
    }
}

/// What is copied; it remembers why it could not be read, which is told from why it could not be written.
struct Watched<R> {
    from: R,
    fault: Option<io::Error>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(bytes);
        read.map_err(|fault| {
            let kind = fault.kind();
            if kind != io::ErrorKind::Interrupted {
                self.fault = Some(fault);
            }
            io::Error::from(kind)
        })
    }
}

impl Tally {
    fn take(&mut self, route: Route, (digest, length): (Digest, u64), unchanged: Result<Option<Unchanged>>) {
        match unchanged {
            Ok(unchanged) => self.unchanged.extend(unchanged),
            Err(error) => self.fail(error),
        }
        self.bytes += length;
        self.list.insert(route.0, digest);
    }

    fn fail(&mut self, error: Error) {
        self.fault.get_or_insert(error);
    }
}

impl Place {
    fn new(output: &Path, root: &Path, contents: &[PathBuf]) -> Result<Place> {
        contents.iter().try_for_each(|content| Target::of(output, root, content).map(drop))?;
        let content = contents.first().map_or(root, PathBuf::as_path);
        let target = Target::of(output, root, content)?;
        if !leftovers(&target)?.is_empty() {
            let _lock = Lock::take(target.beside("lock"), &target.folder)?;
            recover(&target)?;
        }
        let earlier = Manifest::read(&target.folder)?;
        Ok(Place { target, content: content.to_owned(), earlier })
    }

    /// A folder for the new site; nobody else publishes as long as there is one.
    fn stage(&self) -> Result<Staging> {
        let target = &self.target;
        fs::create_dir_all(&target.parent).map_err(failed("could not create", &target.parent))?;
        Staging::new(target, Lock::take(target.beside("lock"), &target.folder)?)
    }

    /// Completes the new site and swaps it in; returns whether that took one file after the other.
    fn replace(&self, mut staging: Staging, next: &Manifest, unchanged: &[Unchanged]) -> Result<bool> {
        let folder = &self.target.folder;
        let old = self.target.published(&self.content)?;
        let mut foreign = Vec::new();
        if self.target.exists() {
            let is_same = |name: &str, path: &Path| next.0.get(name).is_some_and(|digest| is_of(path, *digest));
            let tree = Tree::survey(folder, &old, next)?;
            tree.allows(folder, next, is_same)?;
            tree.is_movable(folder)?;
            foreign = tree.foreign;
        }
        staging.complete(next, unchanged, folder)?;
        if let Ok(data) = fs::metadata(folder) {
            // Who may read the folder is the owner's decision, not ours.
            let could_not = failed("could not write", &staging.folder);
            fs::set_permissions(&staging.folder, data.permissions()).map_err(could_not)?;
        }
        carry(&foreign, folder, &staging.folder);
        match swap(&staging.folder, &self.target)? {
            Swapped::Whole(before) => {
                let reclaimed = before.map_or(Ok(()), |before| reclaim((&before, &old), (folder, next)));
                staging.keep();
                reclaimed.map(|()| false)
            }
            Swapped::Fixed => put_in_place(&staging.folder, folder, &old, next).map(|()| true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    /// Bytes of which the last cannot be read, as on a disk that fails.
    struct Failing(usize);

    impl Read for Failing {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            match self.0.min(bytes.len()) {
                0 => Err(io::Error::other("the disk fails")),
                read => {
                    self.0 -= read;
                    Ok(read)
                }
            }
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named_as_it_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        fs::create_dir(root.join("content")).unwrap();
        let path = SourcePath::new("content/film.mp4");
        for readable in [0, 1] {
            let publisher = Publisher::new(&root.join("public"), &root, &[root.join("content")]);
            let opened = AtomicUsize::new(0);
            let open = || -> Result<Box<dyn Read + Send>> {
                let all: Box<dyn Read + Send> = Box::new(&[0u8; 9][..]);
                Ok(if opened.fetch_add(1, Ordering::Relaxed) < readable { all } else { Box::new(Failing(5)) })
            };
            let copied = publisher.copy(Route("film.mp4".to_owned()), &path, &open);
            let error = copied.and_then(|()| publisher.finish()).unwrap_err().to_string();
            assert!(error.contains("could not read content/film.mp4") && error.contains("the disk fails"), "{error}");
            assert!(!root.join("public").exists());
        }
    }
}
