//! What was examined stays known until its file changes.

use super::examine::Examined;
use crate::date::Date;
use crate::source::Source;
use crate::text::{Digest, SourcePath};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What may have changed on disk since the last snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// Anything.
    Everywhere,
    /// These files, and whatever lies below these folders; others may have come or gone, and have not changed.
    In(BTreeSet<SourcePath>),
}

impl Changes {
    /// No change at all.
    pub fn none() -> Changes {
        Changes::In(BTreeSet::new())
    }

    /// Takes others in.
    pub fn add(&mut self, others: Changes) {
        match (&mut *self, others) {
            (Changes::In(paths), Changes::In(more)) => paths.extend(more),
            _ => *self = Changes::Everywhere,
        }
    }

    /// Whether a file may have changed.
    pub fn touch(&self, path: &SourcePath) -> bool {
        match self {
            Changes::Everywhere => true,
            Changes::In(paths) => {
                let above = path.as_str().match_indices('/').map(|(at, _)| path.as_str().get(..at).unwrap_or(""));
                !paths.is_empty()
                    && (paths.contains(path)
                        || above.chain([""]).any(|folder| paths.contains(&SourcePath::new(folder))))
            }
        }
    }
}

/// Under what texts were examined: with other settings or on another day, nothing that was found holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Of the settings as they were read.
    pub(super) settings: Digest,
    /// The day that time-based rules speak of.
    pub(super) today: Date,
}

/// What was found in each text, under one stamp.
#[derive(Default)]
pub(super) struct Memory {
    stamp: Option<Stamp>,
    /// In the order of their paths.
    examined: Vec<Arc<Examined>>,
}

impl Memory {
    /// Remembers what was examined, in the order of paths.
    pub(super) fn of(stamp: Stamp, examined: &[Arc<Examined>]) -> Memory {
        Memory { stamp: Some(stamp), examined: examined.to_vec() }
    }

    /// What is known of a file that has not changed, so that it need not be read. One that another file spoke for is read again:
    /// that may have gone.
    pub(super) fn recall(&self, stamp: Stamp, changes: &Changes, path: &SourcePath) -> Option<Arc<Examined>> {
        let examined = self.known(stamp, path)?;
        let stands_alone = examined.record.source.speakers().next().is_none();
        (stands_alone && !changes.touch(path)).then(|| Arc::clone(examined))
    }

    /// What is known of a text that was read again and says the same.
    pub(super) fn again(&self, stamp: Stamp, source: &Source) -> Option<Arc<Examined>> {
        let examined = self.known(stamp, &source.path)?;
        examined.record.source.says_the_same(source).then(|| Arc::clone(examined))
    }

    fn known(&self, stamp: Stamp, path: &SourcePath) -> Option<&Arc<Examined>> {
        let at = self.examined.binary_search_by(|examined| examined.record.path().cmp(path)).ok()?;
        self.examined.get(at).filter(|_| self.stamp == Some(stamp))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_touches_what_lies_below_it() {
        let changes = |paths: &[&str]| Changes::In(paths.iter().map(SourcePath::new).collect());
        let touches = |paths: &[&str], path: &str| changes(paths).touch(&SourcePath::new(path));
        assert!(touches(&["content/a.md"], "content/a.md") && touches(&["content"], "content/adr/a.md"));
        assert!(touches(&[""], "a.md") && !touches(&[], "a.md") && !touches(&["content/a"], "content/ab.md"));
        let mut all = changes(&["a"]);
        all.add(changes(&["b"]));
        assert_eq!(all, changes(&["a", "b"]));
        all.add(Changes::Everywhere);
        assert!(all.touch(&SourcePath::new("c")));
    }
}
