//! One text, and where it is taken up again once it was laid aside.

use super::files::Files;
use crate::text::{Digest, SourcePath};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// One text, UTF-8, as it stands on disk (a byte order mark is kept, so that spans are file offsets).
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it is.
    pub path: SourcePath,
    /// Its fingerprint.
    pub digest: Digest,
    /// How many bytes it has.
    pub length: usize,
    /// A file of data beside it that says of it what a head would: `kep.yaml` beside `README.md`.
    pub beside: Option<Arc<Source>>,
    /// A file of data elsewhere that says who agreed to it: `prod-readiness/<group>/<number>.yaml` of a KEP.
    pub agreed: Option<Arc<Source>>,
    /// Whether the file is there and could not be read; its text is empty then.
    pub is_unread: bool,
    text: OnceLock<Arc<str>>,
    shelf: Option<Arc<Shelf>>,
}

impl Source {
    /// A text that is already in memory, and stays there.
    pub fn new(path: SourcePath, text: impl Into<Arc<str>>) -> Source {
        let text = text.into();
        let digest = Digest::of(text.as_bytes());
        let (length, text) = (text.len(), OnceLock::from(text));
        Source { path, digest, length, beside: None, agreed: None, is_unread: false, text, shelf: None }
    }

    /// A file that is there and cannot be read.
    pub(super) fn unread(path: SourcePath) -> Source {
        Source { is_unread: true, ..Source::new(path, "") }
    }

    /// The same source with the file that speaks for it, and with the one that says who agreed to it.
    #[must_use]
    pub fn with_beside(self, beside: Option<Source>, agreed: Option<Source>) -> Source {
        Source { beside: beside.map(Arc::new), agreed: agreed.map(Arc::new), ..self }
    }

    /// The files of data that belong to it.
    pub fn speakers(&self) -> impl Iterator<Item = &Source> {
        self.beside.iter().chain(&self.agreed).map(Arc::as_ref)
    }

    /// Where it is, and where the files of data are that belong to it.
    pub fn paths(&self) -> impl Iterator<Item = &SourcePath> {
        std::iter::once(&self.path).chain(self.speakers().map(|speaker| &speaker.path))
    }

    /// Whether another source says the same, and so do the files of data that belong to it.
    pub fn says_the_same(&self, other: &Source) -> bool {
        self.digest == other.digest && self.is_spoken_for_as(other)
    }

    /// Whether the files of data that belong to it say the same as those of another.
    pub fn is_spoken_for_as(&self, other: &Source) -> bool {
        let said = |speaker: &Source| (speaker.path.clone(), speaker.digest, speaker.is_unread);
        self.speakers().map(said).eq(other.speakers().map(said))
    }

    /// The whole text: the very one that the digest is of, even when it was laid aside.
    ///
    /// `None` when it was laid aside and cannot be had any more, since the file has changed or gone; the shelf remembers that.
    pub fn text(&self) -> Option<&str> {
        if let Some(text) = self.text.get() {
            return Some(text);
        }
        let shelf = self.shelf.as_ref()?;
        match shelf.take_up(&self.path, self.digest) {
            Some(text) => Some(self.text.get_or_init(|| text)),
            None => {
                shelf.lost.store(true, Ordering::Relaxed);
                None
            }
        }
    }

    /// The whole text, to be held by somebody else too; as [`Source::text`].
    pub fn shared(&self) -> Option<Arc<str>> {
        self.text()?;
        self.text.get().cloned()
    }

    /// The same source without its text in memory; it is taken up from the shelf when it is asked for.
    #[must_use]
    pub fn laid_aside(self, shelf: &Arc<Shelf>) -> Source {
        Source { text: OnceLock::new(), shelf: Some(Arc::clone(shelf)), ..self }
    }
}

/// Where texts wait that were laid aside: the files that they came from.
pub struct Shelf {
    files: Arc<dyn Files>,
    lost: AtomicBool,
}

impl Shelf {
    /// The files as a shelf.
    pub fn new(files: Arc<dyn Files>) -> Shelf {
        Shelf { files, lost: AtomicBool::new(false) }
    }

    /// Whether a text was asked for that is no longer what it was: all that was made of it is in doubt.
    pub fn has_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    fn take_up(&self, path: &SourcePath, digest: Digest) -> Option<Arc<str>> {
        let bytes = self.files.read(path).ok()?;
        let is_same = Digest::of(&bytes) == digest;
        std::str::from_utf8(&bytes).ok().filter(|_| is_same).map(Arc::from)
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf").field("lost", &self.lost).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    fn shelf(text: &str) -> Arc<Shelf> {
        Arc::new(Shelf::new(Arc::new(Memory::of([("a.md", text)]))))
    }

    #[test]
    fn a_file_that_speaks_for_a_text_counts_with_its_name() {
        let with = |path: &str| {
            let agreed = Source::new(SourcePath::new(path), "alpha:");
            Source::new(SourcePath::new("node/0012-x.md"), "x").with_beside(None, Some(agreed))
        };
        assert!(with("prod-readiness/node/12.yaml").says_the_same(&with("prod-readiness/node/12.yaml")));
        assert!(!with("prod-readiness/node/12.yaml").says_the_same(&with("prod-readiness/node/0012.yaml")));
    }

    #[test]
    fn what_was_laid_aside_is_taken_up_again() {
        let shelf = shelf("\u{feff}one\r\n");
        let source = Source::new(SourcePath::new("a.md"), "\u{feff}one\r\n").laid_aside(&shelf);
        assert_eq!(source.text(), Some("\u{feff}one\r\n"));
        assert!(!shelf.has_lost());
    }

    #[test]
    fn another_text_is_never_taken_for_it() {
        for (path, now) in [("a.md", "two"), ("b.md", "one")] {
            let shelf = shelf(now);
            let source = Source::new(SourcePath::new(path), "one").laid_aside(&shelf);
            assert!(!shelf.has_lost());
            assert_eq!((source.text(), shelf.has_lost()), (None, true), "{path}");
        }
    }
}
