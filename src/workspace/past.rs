//! What git knows of the records, asked once for each set of folders, and not where only findings are asked for.

use super::demand::Demand;
use crate::config::Config;
use crate::history::{History, Repository};
use std::path::PathBuf;
use std::sync::Arc;

/// The history of a project's records.
#[derive(Default)]
pub(super) struct Past {
    /// The project's folder, where its history may be asked for.
    folder: Option<PathBuf>,
    /// What was answered, with what was asked: for dates, for authors, and about which folders.
    known: Option<((bool, bool, String), Arc<History>)>,
}

impl Past {
    /// The past of what lies in a folder.
    pub(super) fn of(folder: PathBuf) -> Past {
        Past { folder: Some(folder), known: None }
    }

    /// What git knows of the records; nothing where only findings are asked for. It is that of the first time that these folders were
    /// asked about: a preview does not follow commits.
    pub(super) fn history(&mut self, config: &Config, demand: Demand) -> Arc<History> {
        let (dates, authors) = (config.git.dates, config.git.authors);
        let Some(folder) = self.folder.as_ref().filter(|_| (dates || authors) && demand != Demand::Findings) else {
            return Arc::default();
        };
        let folders = config.roots.outermost();
        if let Some((known, history)) = &self.known
            && *known == (dates, authors, folders.join("\0"))
        {
            return Arc::clone(history);
        }
        let asked = Repository::open(folder).and_then(|repository| repository.history(&folders));
        let history = Arc::new(asked.unwrap_or_else(History::silent).showing(dates, authors));
        self.known = Some(((dates, authors, folders.join("\0")), Arc::clone(&history)));
        history
    }
}
