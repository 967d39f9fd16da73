//! When files came and changed, and by whom.

use crate::date::Date;
use crate::text::SourcePath;
use std::collections::BTreeMap;

/// What git knows of one file, under all the names that it had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// The day of the commit that brought it; `None` where the clone does not reach back to it.
    pub since: Option<Date>,
    /// The day of the last commit that changed it; `None` where the clone does not reach back to it.
    pub changed: Option<Date>,
    /// Who wrote those commits: the first author first, each once.
    pub authors: Vec<String>,
}

/// What git knows of the files of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    pub(super) lives: BTreeMap<SourcePath, Life>,
    /// Whether the clone lacks older commits.
    pub is_shallow: bool,
    /// Why git said nothing; `None` where it did, or was not asked.
    pub silence: Option<String>,
}

impl History {
    /// A history of which nothing is known, with the reason.
    pub fn silent(why: String) -> History {
        History { silence: Some(why), ..History::default() }
    }

    /// The same without what is not to be shown.
    #[must_use]
    pub fn showing(mut self, dates: bool, authors: bool) -> History {
        self.is_shallow &= dates;
        for life in self.lives.values_mut() {
            if !dates {
                (life.since, life.changed) = (None, None);
            }
            if !authors {
                life.authors.clear();
            }
        }
        self
    }

    /// What is known of a file; `None` for one that git does not know.
    pub fn of(&self, path: &SourcePath) -> Option<&Life> {
        self.lives.get(path)
    }

    /// How many files have a day that the clone does not reach back to.
    pub fn unknown(&self) -> usize {
        self.lives.values().filter(|life| life.since.is_none() || life.changed.is_none()).count()
    }
}
