//! A workspace that is told of changes gives what a fresh one gives, byte for byte.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may stop where it is")]

use precedent::config::Overrides;
use precedent::date::parse_date;
use precedent::page::Route;
use precedent::source::{Entry, Files, Memory};
use precedent::text::SourcePath;
use precedent::workspace::{Changes, Demand, Drafts, Snapshot, Workspace};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Files that change under the workspace.
#[derive(Default)]
struct Shifting(Mutex<Memory>);

impl Shifting {
    fn now(&self) -> Memory {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, memory: Memory) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = memory;
    }
}

impl Files for Shifting {
    fn list(&self, folder: &str) -> precedent::error::Result<Vec<Entry>> {
        self.now().list(folder)
    }

    fn read(&self, path: &SourcePath) -> precedent::error::Result<Arc<[u8]>> {
        self.now().read(path)
    }
}

/// What an author or a tool does to the project.
#[derive(Clone, Debug)]
enum Edit {
    Write(usize, usize),
    Rename(usize, usize),
    Delete(usize),
    MoveFolder(usize, usize),
    Configure(usize),
    Template(usize),
    Touch(usize),
    NextDay,
}

const FOLDERS: &[&str] = &["content/adr", "content/rfc", "content/handbook", "content/waiver"];

const PATHS: &[&str] = &[
    "content/index.md",
    "content/adr/0001-a.md",
    "content/adr/0002-b.md",
    "content/rfc/0001-c.md",
    "content/rfc/0002-d.md",
    "content/handbook/index.md",
    "content/handbook/one.md",
    "content/handbook/two.md",
    "content/waiver/0001-e.md",
    "content/handbook/flow.png",
];

const TEXTS: &[&str] = &[
    "",
    "# A\n\nText about [b](../adr/0002-b.md#context) and RFC-0002.\n\n## Context\n\nWords.\n",
    "+++\ntitle = \"B\"\nstatus = \"accepted\"\nsupersedes = [\"ADR-0001\"]\ncreated = 2026-01-02\ntags = [\"x\", \"y\"]\n+++\n\n## Context\n\nADR-0001 was old.\n",
    "+++\ntitle = \"C\"\nstatus = \"draft\"\ndraft = true\n+++\n\n## Summary\n\n```mermaid\nflowchart LR\n A --> B\n```\n",
    "+++\ntitle = \"D\"\nstatus = \"granted\"\nexpires = 2026-06-01\n\n[daci]\ndriver = \"core\"\napprover = \"lead\"\n+++\n\n<!-- precedent: allow expired-waiver: moved to July -->\n\n## Standard\n\nOne.\n",
    "---\ntitle: E\nstatus: accepted\ntags: [y]\n---\n\n# E\n\n![flow](../handbook/flow.png)\n\n```rust\nfn main() {}\n```\n",
    "+++\nid = \"ADR-0002\"\ntitle = broken\n",
    "# Two\n\n[one](one.md) [gone](gone.md) ADR-1, ADR-2, RFC-1.\n",
];

const SETTINGS: &[&str] = &[
    "",
    "[site]\ntitle = \"Another\"\nbase-url = \"https://docs.example.org/a/\"\n",
    "[rules]\nbroken-link = \"allow\"\nmissing-section = \"warn\"\n",
    "[paths]\ntheme = \"theme\"\n",
];

const TEMPLATES: &[&str] = &["", "<p>{{ view.total }}</p>", "{{ page.title }}"];

fn edits() -> impl Strategy<Value = Edit> {
    let path = || 0..PATHS.len();
    prop_oneof![
        6 => (path(), 0..TEXTS.len()).prop_map(|(path, text)| Edit::Write(path, text)),
        2 => (path(), path()).prop_map(|(from, to)| Edit::Rename(from, to)),
        2 => path().prop_map(Edit::Delete),
        1 => (0..FOLDERS.len(), 0..FOLDERS.len()).prop_map(|(from, to)| Edit::MoveFolder(from, to)),
        1 => (0..SETTINGS.len()).prop_map(Edit::Configure),
        1 => (0..TEMPLATES.len()).prop_map(Edit::Template),
        1 => path().prop_map(Edit::Touch),
        1 => Just(Edit::NextDay),
    ]
}

/// Makes an edit; returns the paths that a watcher would name.
fn make(edit: &Edit, files: &mut Memory) -> BTreeSet<SourcePath> {
    let path = |at: &usize| SourcePath::new(PATHS[*at]);
    let bytes = |text: &str| -> Arc<[u8]> { Arc::from(text.as_bytes()) };
    match edit {
        Edit::Write(at, text) => {
            files.0.insert(path(at), bytes(TEXTS[*text]));
            [path(at)].into()
        }
        Edit::Rename(from, to) => {
            if let Some(text) = files.0.remove(&path(from)) {
                files.0.insert(path(to), text);
            }
            [path(from), path(to)].into()
        }
        Edit::Delete(at) => {
            files.0.remove(&path(at));
            [path(at)].into()
        }
        Edit::MoveFolder(from, to) => {
            let (from, to) = (FOLDERS[*from], FOLDERS[*to]);
            let moved: Vec<_> = files.0.keys().filter(|path| path.below(from).is_some()).cloned().collect();
            for path in moved {
                let text = files.0.remove(&path).expect("it is there");
                files.0.insert(SourcePath::new(format!("{to}/{}", path.below(from).expect("it lies below"))), text);
            }
            // Of a folder that is moved only its own two names are told.
            [SourcePath::new(from), SourcePath::new(to)].into()
        }
        Edit::Configure(settings) => {
            files.0.insert(SourcePath::new("precedent.toml"), bytes(SETTINGS[*settings]));
            [SourcePath::new("precedent.toml")].into()
        }
        Edit::Template(template) => {
            let path = SourcePath::new("theme/templates/listing.html");
            match TEMPLATES[*template] {
                "" => drop(files.0.remove(&path)),
                text => drop(files.0.insert(path.clone(), bytes(text))),
            }
            [path].into()
        }
        Edit::Touch(at) => [path(at)].into(),
        Edit::NextDay => BTreeSet::new(),
    }
}

/// All that anybody can see of a snapshot; or why there is none.
fn seen(snapshot: precedent::error::Result<Snapshot>) -> String {
    match snapshot {
        Err(error) => error.to_string(),
        Ok(snapshot) => {
            let pages = snapshot.site.artifacts.iter();
            let pages =
                pages.map(|(route, artifact)| format!("{route}: {}\n", String::from_utf8_lossy(&artifact.bytes)));
            format!("{:#?}\n{:?}\n{}", snapshot.diagnostics, snapshot.summary, pages.collect::<String>())
        }
    }
}

/// All that the preview shows of texts, and the findings; or why there is none.
fn previewed(snapshot: precedent::error::Result<Snapshot>) -> String {
    let snapshot = match snapshot {
        Err(error) => return error.to_string(),
        Ok(snapshot) => snapshot,
    };
    let prospect = snapshot.prospect.expect("it was asked for");
    let mut shown = format!("{:#?}\n{:?}\n", snapshot.diagnostics, snapshot.summary);
    for path in PATHS.iter().map(|path| path.trim_start_matches("content/")) {
        let route = Route(path.replace(".md", ".html"));
        match prospect.artifact(&route) {
            _ if route.0 == "index.html" => {}
            Ok(Some(artifact)) => shown.push_str(&String::from_utf8_lossy(&artifact.bytes)),
            Ok(None) => shown.push_str(&format!("no {route}\n")),
            Err(error) => shown.push_str(&error.to_string()),
        }
    }
    shown
}

fn same(fresh: &str, told: &str, edit: &Edit) -> Result<(), TestCaseError> {
    if fresh == told {
        return Ok(());
    }
    let lines = fresh.lines().zip(told.lines()).enumerate();
    let (line, (fresh, told)) = lines.into_iter().find(|(_, (one, other))| one != other).unwrap_or_default();
    Err(TestCaseError::fail(format!("after {edit:?}, line {line}:\n{fresh}\n{told}")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn a_told_workspace_gives_what_a_fresh_one_gives(edits in prop::collection::vec(edits(), 1..8)) {
        let files = Arc::new(Shifting::default());
        files.set(Memory::of([("precedent.toml", ""), (PATHS[1], TEXTS[1]), (PATHS[2], TEXTS[2]), (PATHS[9], "png")]));
        let open = || Workspace::new(Arc::clone(&files) as Arc<dyn Files>, Overrides::default());
        let (mut told, mut preview) = (open(), open());
        let mut today = parse_date("2026-05-30").expect("a date");
        let _ = told.snapshot(today, Demand::Site(Drafts::Published));
        let _ = preview.snapshot(today, Demand::Preview);
        for edit in edits {
            let mut memory = files.now();
            let changed = make(&edit, &mut memory);
            files.set(memory);
            if matches!(edit, Edit::NextDay) {
                today = today.tomorrow().expect("a day");
            }
            told.apply(Changes::In(changed.clone()));
            preview.apply(Changes::In(changed));
            let fresh = seen(open().snapshot(today, Demand::Site(Drafts::Published)));
            same(&fresh, &seen(told.snapshot(today, Demand::Site(Drafts::Published))), &edit)?;
            let fresh = previewed(open().snapshot(today, Demand::Preview));
            same(&fresh, &previewed(preview.snapshot(today, Demand::Preview)), &edit)?;
        }
    }
}
