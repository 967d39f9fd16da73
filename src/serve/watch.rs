//! Says when to look again: something may have changed in the folders that matter.

use super::signal::Signal;
use crate::text::SourcePath;
use crate::workspace::Changes;
use notify::event::{EventKind, ModifyKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, PoisonError, RwLock};

/// Folders that never hold content, wherever they are.
const IGNORED_NAMES: [&str; 4] = [".git", "node_modules", ".hg", ".precedent"];

/// Watches a project's folders. Events are only a reason to look again: what changed is found by reading.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    followed: BTreeMap<PathBuf, RecursiveMode>,
    filter: Arc<RwLock<Filter>>,
}

/// Which events matter.
#[derive(Debug, Default)]
struct Filter {
    /// The project's folder.
    root: PathBuf,
    /// The output and the build folder.
    ignored: Vec<PathBuf>,
    /// Folders whose own coming and going loses the watch on them.
    followed: Vec<PathBuf>,
}

impl Watch {
    /// Watches nothing yet; the second value says why nothing can be watched.
    pub(super) fn new(root: &Path, signals: Sender<Signal>) -> (Watch, Option<String>) {
        let filter = Arc::new(RwLock::new(Filter { root: root.to_owned(), ..Filter::default() }));
        let seen = Arc::clone(&filter);
        let hear = move |event: notify::Result<Event>| {
            let filter = seen.read().unwrap_or_else(PoisonError::into_inner);
            // An error means that events were lost: then everything may have changed.
            let signal = event.map_or(Some(Signal::Lost), |event| filter.signal(&event));
            if let Some(signal) = signal {
                // Nobody listens any more when the preview ends.
                let _ = signals.send(signal);
            }
        };
        let made = RecommendedWatcher::new(hear, Config::default().with_follow_symlinks(false));
        let (watcher, fault) = match made {
            Ok(watcher) => (Some(watcher), None),
            Err(error) => (None, Some(error.to_string())),
        };
        (Watch { root: root.to_owned(), watcher, followed: BTreeMap::new(), filter }, fault)
    }

    /// Follows `folders` with everything below them, and the coming, going and changing of `files`; events below `ignored` do not count. Says whether
    /// anything is newly followed, and so may have changed unnoticed.
    ///
    /// # Errors
    /// When the system allows no more watches; the message is the system's.
    pub(super) fn follow(
        &mut self,
        folders: &[PathBuf],
        files: &[PathBuf],
        ignored: &[PathBuf],
    ) -> Result<bool, String> {
        let mut wanted = BTreeMap::new();
        for path in folders.iter().chain(files) {
            // The folders above are watched for its coming and going.
            let above = path.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root));
            wanted.extend(above.map(|folder| (folder.to_owned(), RecursiveMode::NonRecursive)));
        }
        wanted.insert(self.root.clone(), RecursiveMode::NonRecursive);
        wanted.extend(folders.iter().map(|folder| (folder.clone(), RecursiveMode::Recursive)));
        {
            let mut filter = self.filter.write().unwrap_or_else(PoisonError::into_inner);
            // A folder that holds what is followed cannot be ignored, whatever the settings call it.
            let is_apart = |folder: &&PathBuf| !wanted.keys().any(|path| path.starts_with(folder));
            filter.ignored = ignored.iter().filter(is_apart).cloned().collect();
            filter.followed = wanted.keys().cloned().collect();
        }
        let Some(watcher) = &mut self.watcher else {
            return Ok(false);
        };
        let gone: Vec<PathBuf> = self
            .followed
            .iter()
            .filter(|(path, mode)| wanted.get(*path) != Some(mode))
            .map(|(path, _)| path.clone())
            .collect();
        for path in gone {
            // What is gone from the disk is no longer watched anyway.
            let _ = watcher.unwatch(&path);
            self.followed.remove(&path);
        }
        let mut added = false;
        // A folder comes after those above it, so that a watch with all below it is set last and stays.
        for (path, mode) in wanted {
            if self.followed.contains_key(&path) {
                continue;
            }
            match watcher.watch(&path, mode) {
                Ok(()) => {
                    self.followed.insert(path, mode);
                    added = true;
                }
                Err(error) => match error.kind {
                    // It may come yet; the folder above is watched.
                    notify::ErrorKind::PathNotFound => {}
                    notify::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                    kind => return Err(notify::Error::new(kind).to_string()),
                },
            }
        }
        Ok(added)
    }

    /// Forgets what is followed, because a folder went or came and its watch with it.
    pub(super) fn forget(&mut self) {
        if let Some(watcher) = &mut self.watcher {
            for path in self.followed.keys() {
                let _ = watcher.unwatch(path);
            }
        }
        self.followed.clear();
    }
}

/// Whether an editor gives such a name to what it keeps beside a file while or after it saves it.
fn is_aside(name: &str) -> bool {
    name.starts_with(".#") || ["~", "___jb_tmp___", "___jb_old___"].iter().any(|end| name.ends_with(end))
}

impl Filter {
    fn signal(&self, event: &Event) -> Option<Signal> {
        if event.need_rescan() {
            return Some(Signal::Lost);
        }
        let matters = |path: &PathBuf| {
            let is_ignored = self.ignored.iter().any(|folder| path.starts_with(folder));
            // Only names below the root count: the project itself may stand in such a folder.
            let inside = path.strip_prefix(&self.root).unwrap_or(path);
            let named = |name: &str| inside.components().any(|part| part.as_os_str() == name);
            let is_aside = path.file_name().and_then(OsStr::to_str).is_some_and(is_aside);
            !is_ignored && !is_aside && !IGNORED_NAMES.iter().any(|name| named(name))
        };
        if event.kind.is_access() || !event.paths.iter().any(matters) {
            return None;
        }
        let comes_or_goes =
            matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
        let of_followed = event.paths.iter().any(|path| self.followed.contains(path));
        Some(if comes_or_goes && of_followed { Signal::Lost } else { Signal::Changed(self.changes(event)) })
    }

    /// Which files of the project an event is about; one that is reached by a link may be known by any name.
    fn changes(&self, event: &Event) -> Changes {
        let below = |path: &PathBuf| {
            let parts = path.strip_prefix(&self.root).ok()?.components().map(|part| part.as_os_str().to_str());
            parts.collect::<Option<Vec<_>>>().map(|parts| SourcePath::new(parts.join("/")))
        };
        event.paths.iter().map(below).collect::<Option<_>>().map_or(Changes::Everywhere, Changes::In)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{Flag, RemoveKind};

    #[test]
    fn lost_events_mean_that_everything_is_looked_at() {
        let filter =
            Filter { root: PathBuf::from("/p"), followed: vec![PathBuf::from("/p/content")], ..Filter::default() };
        assert_eq!(filter.signal(&Event::new(EventKind::Other).set_flag(Flag::Rescan)), Some(Signal::Lost));
        let gone = |path: &str| Event::new(EventKind::Remove(RemoveKind::Any)).add_path(PathBuf::from(path));
        assert_eq!(filter.signal(&gone("/p/content")), Some(Signal::Lost));
        let changed = Signal::Changed(Changes::In([SourcePath::new("content/a.md")].into()));
        assert_eq!(filter.signal(&gone("/p/content/a.md")), Some(changed));
        for aside in ["a.md~", ".#a.md", "a.md___jb_tmp___", "a.md___jb_old___", ".git/index", "node_modules/x/a.md"] {
            assert_eq!(filter.signal(&gone(&format!("/p/content/{aside}"))), None, "{aside}");
        }
    }
}
