//! A workspace that is told of changes gives what a fresh one gives, byte for byte.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may stop where it is")]

use precedent::check::is_about_pages;
use precedent::config::Overrides;
use precedent::date::{Date, parse_date};
use precedent::page::Route;
use precedent::report::Baseline;
use precedent::source::{Entry, Files, Look, Memory};
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

    fn look(&self, folder: &str, path: &SourcePath) -> Look {
        self.now().look(folder, path)
    }

    fn read(&self, path: &SourcePath) -> precedent::error::Result<Arc<[u8]>> {
        self.now().read(path)
    }
}

/// What an author or a tool does to the project.
#[derive(Clone, Debug)]
enum Edit {
    Write(usize, usize),
    /// A few words of a text.
    Replace(usize, usize),
    Rename(usize, usize),
    Delete(usize),
    MoveFolder(usize, usize),
    Configure(usize),
    Template(usize),
    Touch(usize),
    NextDay,
}

const FOLDERS: &[&str] =
    &["content/adr", "content/rfc", "content/handbook", "content/waiver", "content/keps/0023-gates", "more/adr"];

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
    README,
    KEP,
    "more/adr/0007-f.md",
];

/// A text, and the file beside it that speaks for it.
const README: &str = "content/keps/0023-gates/README.md";
const KEP: &str = "content/keps/0023-gates/kep.yaml";

/// A record whose status stands below a heading.
const NYGARD: &str =
    "# 1. Nygard\n\nDate: 2026-03-02\n\n## Status\n\nProposed\n\nSupersedes [b](0002-b.md)\n\n## Context\n\nWords.\n";

const TEXTS: &[&str] = &[
    "",
    "# A\n\nText about [b](../adr/0002-b.md#context) and RFC-0002.\n\n## Context\n\nWords.\n",
    "+++\ntitle = \"B\"\nstatus = \"accepted\"\nsupersedes = [\"ADR-0001\"]\ncreated = 2026-01-02\ntags = [\"x\", \"y\"]\n+++\n\n## Context\n\nADR-0001 was old.\n",
    "+++\ntitle = \"C\"\nstatus = \"draft\"\ndraft = true\n+++\n\n## Summary\n\n```mermaid\nflowchart LR\n A --> B\n```\n",
    "+++\ntitle = \"D\"\nstatus = \"granted\"\nexpires = 2026-06-01\n\n[daci]\ndriver = \"core\"\napprover = \"lead\"\n+++\n\n<!-- precedent: allow expired-waiver: moved to July -->\n\n## Standard\n\nOne.\n",
    "---\ntitle: E\nstatus: accepted\ntags: [y]\n---\n\n# E\n\n![flow](../handbook/flow.png)\n\n```rust\nfn main() {}\n```\n",
    "+++\nid = \"ADR-0002\"\ntitle = broken\n",
    "# Two\n\n[one](one.md) [gone](gone.md) ADR-1, ADR-2, RFC-1.\n",
    NYGARD,
    "kep-number: 23\nstatus: provisional\ndraft: soon\nsee-also: [\"ADR-0001\"]\n",
];

/// Words of these texts, and what stands there after an edit: in the text, in headings, in the head.
const WORDS: &[(&str, &str)] = &[
    ("Words.", "Other words, with [a link](../rfc/0001-c.md#summary) and ADR-0002."),
    ("Text about", "Another sentence about"),
    ("## Context", "## Reasons"),
    ("Summary", "Motivation"),
    ("# A\n", "# Another title\n"),
    ("title = \"B\"", "title = \"Beta\""),
    ("\"accepted\"", "\"rejected\""),
    ("\"draft\"", "\"approved\""),
    ("supersedes", "amends"),
    ("[\"ADR-0001\"]", "[\"RFC-0002#context\"]"),
    ("RFC-0002", "RFC-0001"),
    ("\"y\"]", "\"Y\", \"z\"]"),
    ("2026-01-02", "2025-01-02"),
    ("\"core\"", "\"platform\""),
    ("+++\ntitle", "+++\nid = \"ADR-0009\"\ntitle"),
    ("+++\ntitle", "+++\nslug = \"elsewhere\"\ntitle"),
    ("+++\ntitle", "+++\naliases = [\"old.html\"]\ntitle"),
    ("expired-waiver", "broken-link"),
    ("took over from", "replaced"),
    ("+++\ntitle", "+++\ncolour = \"red\"\ntitle"),
    ("# One\n", "# Zebra\n"),
    ("Proposed\n", "Accepted\n"),
    ("Supersedes [b]", "Amends [b]"),
    ("provisional", "implemented"),
    ("draft: soon", "draft: later"),
];

const SETTINGS: &[&str] = &[
    "",
    "[site]\ntitle = \"Another\"\nbase-url = \"https://docs.example.org/a/\"\n",
    "[rules]\nbroken-link = \"allow\"\nmissing-section = \"warn\"\n",
    "[paths]\ntheme = \"theme\"\n",
    ROOTS,
    BASELINE,
];

const ROOTS: &str = "[[roots]]\npath = \"content\"\n\n[[roots]]\npath = \"more\"\nprefix = \"more\"\n";

const BASELINE: &str = "[check]\nbaseline = \"old.json\"\n";

/// The file of that name: what is found now is left in peace.
fn with_baseline(mut files: Memory, today: Date) -> Memory {
    let snapshot = Workspace::new(Arc::new(files.clone()), Overrides::default()).snapshot(today, Demand::Findings);
    let baseline = Baseline::of(&snapshot.expect("read").diagnostics, &SourcePath::new("precedent.toml"));
    assert!(!baseline.is_empty());
    files.0.insert(SourcePath::new("old.json"), Arc::from(baseline.to_json().as_bytes()));
    files
}

const TEMPLATES: &[&str] = &["", "<p>{{ view.total }}</p>", "{{ page.title }}"];

fn edits() -> impl Strategy<Value = Edit> {
    let path = || 0..PATHS.len();
    prop_oneof![
        6 => (path(), 0..TEXTS.len()).prop_map(|(path, text)| Edit::Write(path, text)),
        6 => (path(), 0..WORDS.len()).prop_map(|(path, words)| Edit::Replace(path, words)),
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
        Edit::Replace(at, words) => {
            if let Some(text) = files.0.get_mut(&path(at)) {
                let (from, to) = WORDS[*words];
                *text = bytes(&String::from_utf8_lossy(text).replacen(from, to, 1));
            }
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
            let (found, old) = (&snapshot.diagnostics, &snapshot.baselined);
            format!("{found:#?}\n{old:#?}\n{:?}\n{}", snapshot.summary, pages.collect::<String>())
        }
    }
}

/// Pages that are made of many texts.
const LISTS: &[&str] = &[
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
fn previewed(snapshot: precedent::error::Result<Snapshot>) -> String {
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
fn found(snapshot: &precedent::error::Result<Snapshot>) -> String {
    let all = snapshot.iter().flat_map(|snapshot| snapshot.diagnostics.iter());
    all.filter(|finding| !is_about_pages(finding.rule)).map(|finding| format!("{finding:#?}\n")).collect()
}

fn same(fresh: &str, told: &str) -> Result<(), String> {
    if fresh == told { Ok(()) } else { Err(first_difference(fresh, told)) }
}

/// A workspace that is told of changes and makes the whole site, and one that makes a preview.
struct Told {
    files: Arc<Shifting>,
    whole: Workspace,
    preview: Workspace,
}

impl Told {
    fn of(files: Memory, today: Date) -> Told {
        let shifting = Arc::new(Shifting::default());
        shifting.set(files);
        let open = || Workspace::new(Arc::clone(&shifting) as Arc<dyn Files>, Overrides::default());
        let mut told = Told { whole: open(), preview: open(), files: shifting };
        let _ = told.whole.snapshot(today, Demand::Site(Drafts::Published));
        let _ = told.preview.snapshot(today, Demand::Preview);
        told
    }

    /// Tells both of a change, and holds what they make against what fresh ones make.
    fn change(&mut self, files: Memory, changed: BTreeSet<SourcePath>, today: Date) -> Result<(), String> {
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

fn first_difference(fresh: &str, told: &str) -> String {
    let same = fresh.lines().zip(told.lines()).take_while(|(one, other)| one == other).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    format!("line {same}:\n{}\n{}", line(fresh), line(told))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn a_told_workspace_gives_what_a_fresh_one_gives(edits in prop::collection::vec(edits(), 1..8)) {
        let files = Memory::of([("precedent.toml", ""), (PATHS[1], TEXTS[1]), (PATHS[2], TEXTS[2]), (PATHS[9], "png"), (README, TEXTS[7])]);
        let mut today = parse_date("2026-05-30").expect("a date");
        let mut files = with_baseline(files, today);
        let mut told = Told::of(files.clone(), today);
        for edit in edits {
            let changed = make(&edit, &mut files);
            if matches!(edit, Edit::NextDay) {
                today = today.tomorrow().expect("a day");
            }
            let same = told.change(files.clone(), changed, today);
            same.map_err(|difference| TestCaseError::fail(format!("after {edit:?}, {difference}")))?;
        }
    }
}

/// What is written into files one after the other, or that one is taken away.
const STEPS: &[(&str, Option<&str>)] = &[
    (KEP, Some("kep-number: 23\nstatus: provisional\ndraft: soon\n")),
    (README, Some("# Gates\n\nOther words, of ADR-0001.\n")),
    (KEP, Some("kep-number: 23\nstatus: implemented\ndraft: later\n")),
    (README, Some("---\ntitle: Gates\n---\n\nA head of its own.\n")),
    (README, Some("# Gates\n\nText.\n")),
    (KEP, Some("kep-number: \"x\n")),
    (KEP, None),
    ("content/adr/0001-a.md", Some(NYGARD)),
    ("content/adr/0002-b.md", None),
    ("more/adr/0007-f.md", Some("# 7. Elsewhere\n\n## Status\n\nAccepted\n\nAs in ADR-0001.\n")),
    ("more/adr/0007-f.md", Some("# 7. Elsewhere\n\n## Status\n\nRejected\n\n[Gone](gone.md).\n")),
    ("content/adr/0001-a.md", Some("# 1. Nygard\n\n## Status\n\nAccepted\n\n[Gone](gone.md).\n")),
];

#[test]
fn files_beside_texts_other_forms_and_other_roots_are_followed() {
    let today = parse_date("2026-05-30").expect("a date");
    for settings in ["", ROOTS, BASELINE] {
        let files = Memory::of([
            ("content/adr/0001-a.md", "# A\n\nText about [gone](gone.md).\n\n## Context\n\nWords.\n"),
            (PATHS[2], TEXTS[2]),
            (README, "# Gates\n\nText.\n"),
            (KEP, "kep-number: 23\nstatus: provisional\ndraft: soon\n"),
            ("more/adr/0007-f.md", "# 7. Elsewhere\n"),
        ]);
        let mut files = with_baseline(files, today);
        files.0.insert(SourcePath::new("precedent.toml"), Arc::from(settings.as_bytes()));
        let mut told = Told::of(files.clone(), today);
        for (step, (path, text)) in STEPS.iter().enumerate() {
            let path = SourcePath::new(path);
            match text {
                Some(text) => drop(files.0.insert(path.clone(), Arc::from(text.as_bytes()))),
                None => drop(files.0.remove(&path)),
            }
            let same = told.change(files.clone(), [path.clone()].into(), today);
            assert_eq!(same, Ok(()), "step {step} at {path} with {settings:?}");
        }
    }
}

#[test]
fn a_series_whose_numbers_get_fewer_digits_is_read_anew() {
    let today = parse_date("2026-05-30").expect("a date");
    let text = "---\ncaip: 10\ntitle: X\nauthor: Noor\nstatus: Draft\n---\n\n## Summary\n\nWords.\n";
    let long = ["content/caips/caip-010.md", "content/caips/caip-020.md", "content/caips/caip-030.md"];
    let mut files = Memory::of(long.map(|path| (path, text)));
    let mut told = Told::of(files.clone(), today);
    let short = SourcePath::new("content/caips/caip-7.md");
    files.0.insert(short.clone(), Arc::from(text.as_bytes()));
    assert_eq!(told.change(files, [short].into(), today), Ok(()));
}

#[test]
fn the_preview_has_every_file_of_the_built_site() {
    let today = parse_date("2026-05-30").expect("a date");
    let open = || Workspace::new(Arc::new(Memory::of(LINKED.iter().copied())), Overrides::default());
    let built = open().snapshot(today, Demand::Site(Drafts::Published)).expect("built").site;
    let prospect = open().snapshot(today, Demand::Preview).expect("made").prospect.expect("it was asked for");
    for route in built.artifacts.keys() {
        let artifact = prospect.artifact(route).expect("made");
        assert!(prospect.has(route) && artifact.is_some(), "{route}");
    }
    let without = Route("log/nothing.html".to_owned());
    assert!(!prospect.has(&without) && prospect.artifact(&without).is_ok_and(|artifact| artifact.is_none()));
}

/// A log in which each edit of [`WORDS`] reaches others: headings are linked, records mention, supersede and need one another.
const LINKED: &[(&str, &str)] = &[
    ("precedent.toml", "[rules]\norphaned-record = \"warn\"\n"),
    ("content/index.md", "# Home\n\n[A](adr/0001-a.md#context), [C](rfc/0001-c.md#summary).\n"),
    ("content/adr/0001-a.md", "# A\n\nText about [b](0002-b.md#context) and RFC-0002.\n\n## Context\n\nWords.\n"),
    (
        "content/adr/0002-b.md",
        "+++\ntitle = \"B\"\nstatus = \"accepted\"\nsupersedes = [\"ADR-0001\"]\ncreated = 2026-01-02\ntags = [\"x\", \"y\"]\n+++\n\n\
         First.\n\n## Context\n\nWords. Nothing of ADR-0001.\n",
    ),
    ("content/adr/0003-p.md", "+++\ntitle = \"P\"\nstatus = \"superseded\"\n+++\n\n## Context\n\nOnce.\n"),
    (
        "content/adr/0004-q.md",
        "+++\ntitle = \"Q\"\nstatus = \"accepted\"\n+++\n\nFirst.\n\n## Context\n\nThis took over from ADR-0003.\n",
    ),
    ("content/handbook/one.md", "# One\n\nText.\n"),
    ("content/handbook/two.md", "# Two\n\nText.\n"),
    (
        "content/rfc/0001-c.md",
        "+++\ntitle = \"C\"\nstatus = \"draft\"\ndepends-on = [\"ADR-0002#context\", \"ADR-0001\"]\n+++\n\n## Summary\n\nAs in ADR-0001.\n",
    ),
    ("content/rfc/0002-d.md", "+++\ntitle = \"D\"\nstatus = \"accepted\"\n+++\n\n## Summary\n\nWords.\n"),
    (
        "content/waiver/0001-e.md",
        "+++\ntitle = \"D\"\ncolour = \"red\"\nstatus = \"granted\"\nexpires = 2026-05-01\n\n[daci]\ndriver = \"core\"\napprover = \"lead\"\n+++\n\n\
         <!-- precedent: allow expired-waiver: moved to July -->\n\n## Standard\n\nOne.\n",
    ),
];

#[test]
fn each_edit_of_a_few_words_gives_what_a_fresh_preview_gives() {
    let today = parse_date("2026-05-30").expect("a date");
    let files = Arc::new(Shifting::default());
    let open = || Workspace::new(Arc::clone(&files) as Arc<dyn Files>, Overrides::default());
    files.set(Memory::of(LINKED.iter().copied()));
    let mut told = open();
    let before = previewed(told.snapshot(today, Demand::Preview));
    let mut changed = 0;
    for (path, text) in LINKED {
        for (from, to) in WORDS {
            let edited = text.replacen(from, to, 1);
            if edited == *text {
                continue;
            }
            let mut memory = Memory::of(LINKED.iter().copied());
            memory.0.insert(SourcePath::new(path), Arc::from(edited.as_bytes()));
            files.set(memory);
            told.apply(Changes::In([SourcePath::new(path)].into()));
            let fresh = previewed(open().snapshot(today, Demand::Preview));
            let now = previewed(told.snapshot(today, Demand::Preview));
            assert!(fresh == now, "{path}: {from} -> {to}: {}", first_difference(&fresh, &now));
            assert_ne!(before, now, "{path}: {from} -> {to}");
            // And back again.
            files.set(Memory::of(LINKED.iter().copied()));
            told.apply(Changes::In([SourcePath::new(path)].into()));
            let back = previewed(told.snapshot(today, Demand::Preview));
            assert!(before == back, "{path}: {to} -> {from}: {}", first_difference(&before, &back));
            changed += 1;
        }
    }
    assert!(changed >= WORDS.len(), "each of the edits is made somewhere: {changed}");
}
