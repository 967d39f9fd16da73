//! A workspace that is told of changes, and what can be seen of it.

use super::edit::PATHS;
use precedent::check::is_about_pages;
use precedent::config::Overrides;
use precedent::date::Date;
use precedent::page::Route;
use precedent::source::{Entry, Files, Look, Memory};
use precedent::text::SourcePath;
use precedent::workspace::{Changes, Demand, Drafts, Snapshot, Workspace};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Files that change under the workspace.
#[derive(Default)]
pub(crate) struct Shifting(Mutex<Memory>);

impl Shifting {
    pub(crate) fn now(&self) -> Memory {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set(&self, memory: Memory) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = memory;
    }
}

impl Files for Shifting {
    fn list(&self, folder: &str) -> precedent::error::Result<Vec<Entry>> {
        self.now().list(folder)
    }

    fn look(&self, folder: &str, path: &SourcePath) -> Look {
        self.now().look(folder, path)
    }

    fn read(&self, path: &SourcePath) -> precedent::error::Result<Arc<[u8]>> {
        self.now().read(path)
    }
}
/// All that anybody can see of a snapshot; or why there is none.
pub(crate) fn seen(snapshot: precedent::error::Result<Snapshot>) -> String {
    match snapshot {
        Err(error) => error.to_string(),
        Ok(snapshot) => {
            let pages = snapshot.site.artifacts.iter();
            let pages =
                pages.map(|(route, artifact)| format!("{route}: {}\n", String::from_utf8_lossy(&artifact.bytes)));
            let (found, old) = (&snapshot.diagnostics, &snapshot.baselined);
            format!("{found:#?}\n{old:#?}\n{:?}\n{}", snapshot.summary, pages.collect::<String>())
        }
    }
}

/// Pages that are made of many texts.
pub(crate) const LISTS: &[&str] = &[
    "index.html",
    "log.html",
    "log.2.html",
    "kind/adr.html",
    "log/status/accepted.html",
    "tag/y.html",
    "log/year/2026.html",
    "log/owner/none.html",
    "log/board.html",
    "log/timeline.html",
    "log/graph.html",
    "log/registers.html",
    "log/register/waivers.html",
    "log/queue.html",
    "one-way.html",
    "log/owners.html",
    "log/owner/core.html",
    "tags.html",
    "health.html",
    "search.html",
    "search/index.js",
    "cards/0.js",
    "old.html",
    "404.html",
];

/// All that the preview shows of texts, lists and findings; or why there is none.
pub(crate) fn previewed(snapshot: precedent::error::Result<Snapshot>) -> String {
    let snapshot = match snapshot {
        Err(error) => return error.to_string(),
        Ok(snapshot) => snapshot,
    };
    let prospect = snapshot.prospect.expect("it was asked for");
    let mut shown = format!("{:#?}\n{:#?}\n{:?}\n", snapshot.diagnostics, snapshot.baselined, snapshot.summary);
    let page = |path: &str| path.trim_start_matches("content/").replace("README", "index").replace(".md", ".html");
    let texts = PATHS.iter().map(|path| page(path));
    let lists = LISTS.iter().map(|address| (*address).to_owned());
    for route in texts.chain(lists).map(Route) {
        match prospect.artifact(&route) {
            Ok(Some(artifact)) => shown.push_str(&String::from_utf8_lossy(&artifact.bytes)),
            Ok(None) => shown.push_str(&format!("no {route}\n")),
            Err(error) => shown.push_str(&error.to_string()),
        }
    }
    shown
}

/// What rules found that ask for no page, in the order of places.
pub(crate) fn found(snapshot: &precedent::error::Result<Snapshot>) -> String {
    let all = snapshot.iter().flat_map(|snapshot| snapshot.diagnostics.iter());
    all.filter(|finding| !is_about_pages(finding.rule)).map(|finding| format!("{finding:#?}\n")).collect()
}

pub(crate) fn same(fresh: &str, told: &str) -> Result<(), String> {
    if fresh == told { Ok(()) } else { Err(first_difference(fresh, told)) }
}

/// A workspace that is told of changes and makes the whole site, and one that makes a preview.
pub(crate) struct Told {
    files: Arc<Shifting>,
    whole: Workspace,
    preview: Workspace,
}

impl Told {
    pub(crate) fn of(files: Memory, today: Date) -> Told {
        let shifting = Arc::new(Shifting::default());
        shifting.set(files);
        let open = || Workspace::new(Arc::clone(&shifting) as Arc<dyn Files>, Overrides::default());
        let mut told = Told { whole: open(), preview: open(), files: shifting };
        let _ = told.whole.snapshot(today, Demand::Site(Drafts::Published));
        let _ = told.preview.snapshot(today, Demand::Preview);
        told
    }

    /// Tells both of a change, and holds what they make against what fresh ones make.
    pub(crate) fn change(&mut self, files: Memory, changed: BTreeSet<SourcePath>, today: Date) -> Result<(), String> {
        self.files.set(files);
        self.whole.apply(Changes::In(changed.clone()));
        self.preview.apply(Changes::In(changed));
        let open = || Workspace::new(Arc::clone(&self.files) as Arc<dyn Files>, Overrides::default());
        let built = open().snapshot(today, Demand::Site(Drafts::Published));
        let found_in_build = found(&built);
        same(&seen(built), &seen(self.whole.snapshot(today, Demand::Site(Drafts::Published))))?;
        let fresh = open().snapshot(today, Demand::Preview);
        if fresh.is_ok() {
            same(&found_in_build, &found(&fresh))?;
        }
        same(&previewed(fresh), &previewed(self.preview.snapshot(today, Demand::Preview)))
    }
}

pub(crate) fn first_difference(fresh: &str, told: &str) -> String {
    let same = fresh.lines().zip(told.lines()).take_while(|(one, other)| one == other).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    format!("line {same}:\n{}\n{}", line(fresh), line(told))
}
