//! What a check keeps in memory, and that nobody can tell from its findings.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use precedent::config::Overrides;
use precedent::date::Date;
use precedent::diagnostic::Diagnostic;
use precedent::error::Result;
use precedent::report::{Style, terminal};
use precedent::source::{Disk, Entry, Files, Memory};
use precedent::text::SourcePath;
use precedent::workspace::{Demand, Drafts, Snapshot, Workspace};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

const TODAY: Date = Date::constant(2026, 6, 1);

/// Records whose findings need other records, their texts and their heads: what a check lays aside is asked for once more.
const FAULTY: &[(&str, &str)] = &[
    (
        "content/adr/0001-old.md",
        "+++\ntitle = \"Old\"\nstatus = \"superseded\"\ncreated = 2020-01-01\n+++\n\n## Context\n\nOne.\n",
    ),
    (
        "content/adr/0002-new.md",
        "+++\r\ntitle = \"New\"\r\nstatus = \"accepted\"\r\nsupersedes = [\"ADR-0001\", \"ADR-0099\"]\r\n+++\r\n\r\n## Context\r\n\r\nTwo.\r\n",
    ),
    (
        "content/adr/0003-stale.md",
        "+++\ntitle = \"Stale\"\nstatus = \"accepted\"\n+++\n\n## Context\n\nWe build on ADR-0001, é.\n",
    ),
    (
        "content/adr/0003-twice.md",
        "\u{feff}# Twice\n\nSee [there](0001-old.md#nowhere) and [nowhere](0009-x.md). <!-- precedent: allow broken-image: x -->\n",
    ),
    ("content/handbook/a.md", "# A\n\n<!-- precedent: allow broken-link: moved -->\n\nSee [this](#that).\n"),
];

fn snapshot(files: Arc<dyn Files>, demand: Demand) -> Snapshot {
    Workspace::new(files, Overrides::default()).snapshot(TODAY, demand).unwrap()
}

/// Every finding as the terminal shows it.
fn shown(snapshot: &Snapshot) -> Vec<String> {
    let show = |finding: &Diagnostic| terminal(finding, &|path| snapshot.source(path), Style::Plain);
    snapshot.diagnostics.iter().map(show).collect()
}

/// Files that count how often each is read, and may answer otherwise from the second time on.
struct Counting {
    files: Box<dyn Files>,
    later: Option<Memory>,
    reads: Mutex<BTreeMap<SourcePath, usize>>,
}

impl Counting {
    fn of(files: impl Files + 'static, later: Option<Memory>) -> Arc<Counting> {
        Arc::new(Counting { files: Box::new(files), later, reads: Mutex::default() })
    }
}

impl Files for Counting {
    fn list(&self, folder: &str) -> Result<Vec<Entry>> {
        self.files.list(folder)
    }

    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>> {
        let count = {
            let mut reads = self.reads.lock().unwrap();
            let count = reads.entry(path.clone()).or_default();
            *count += 1;
            *count
        };
        match self.later.as_ref().filter(|_| count > 1) {
            Some(later) => later.read(path),
            None => self.files.read(path),
        }
    }
}

#[test]
fn a_check_finds_what_a_build_finds() {
    let files = || Arc::new(Memory::of(FAULTY.iter().copied()));
    let (check, build) = (snapshot(files(), Demand::Findings), snapshot(files(), Demand::Site(Drafts::Published)));
    let rules: Vec<&str> = check.diagnostics.iter().map(|finding| finding.rule).collect();
    for rule in ["broken-relation", "broken-anchor", "broken-link", "duplicate-id", "stale-reference", "unused-allow"] {
        assert!(rules.contains(&rule), "{rule}: {rules:?}");
    }
    assert_eq!(shown(&check), shown(&build));
}

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

#[test]
fn a_check_finds_which_addresses_clash() {
    let linking = "# Notes\n\n[data](log.json) ![](Pic/a.png) ![](pic/b.png) ![](pic/B.png) [css](static/code.css) \
                   [plan](static/plan.pdf) ![](static/look/logo.svg)\n";
    let files = Memory::of([
        ("content/handbook/README.md", "# Handbook\n"),
        ("content/handbook/index.md", "# Again\n"),
        ("content/adr/A/0001-x.md", "+++\ntitle = \"X\"\naliases = [\"handbook/\"]\n+++\n"),
        ("content/adr/a/0002-y.md", "+++\ntitle = \"Y\"\nslug = \"0003-z\"\n+++\n"),
        ("content/adr/a/0003-z.md", "# Z\n"),
        ("content/Rules/x.md", "# X\n"),
        ("content/log.md", "# Log\n"),
        ("content/notes.md", linking),
        ("content/log.json", "{}"),
        ("content/static/code.css", "a {}"),
        ("content/static/plan.pdf", "p"),
        ("content/static/look/logo.svg", SVG),
        ("house/static/plan.pdf", "q"),
        ("house/logo.svg", SVG),
        ("precedent.toml", "[paths]\ntheme = \"house\"\n[look]\nlogo = \"house/logo.svg\"\n"),
        ("content/Pic/a.png", "a"),
        ("content/pic/b.png", "b"),
        ("content/pic/B.png", "B"),
    ]);
    let found = |demand| {
        let files: Arc<dyn Files> = Arc::new(files.clone());
        let found = snapshot(files, demand).diagnostics;
        found.iter().filter(|found| found.rule == "duplicate-address").map(|found| found.message.clone()).collect()
    };
    let check: Vec<String> = found(Demand::Findings);
    let starts = [
        "many disks take its folder Rules for rules, in which the list of rules stands",
        "the alias `handbook/` is not followed",
        "many disks take its folder adr/a for adr/A, in which content/adr/A/0001-x.md stands",
        "content/adr/a/0003-z.md is not published",
        "content/handbook/index.md is not published",
        "content/log.json is not published: its address log.json is that of a file of the site's own",
        "content/log.md is not published",
        "content/pic/b.png is not published: many disks take",
        "content/static/look/logo.svg is not published: its address static/look/logo.svg is that of a file of the site's own",
        "content/static/plan.pdf is not published: its address static/plan.pdf is that of a file of the site's own",
        "many disks take its folder pic for Pic",
    ];
    for start in starts {
        assert!(check.iter().any(|message| message.starts_with(start)), "{start}: {check:#?}");
    }
    assert_eq!(check.len(), starts.len(), "{check:#?}");
    assert_eq!(check, found(Demand::Site(Drafts::Withheld)));
}

#[test]
fn a_check_finds_which_text_becomes_too_much() {
    let cell = "|a|b|\n|-|-|\n|$x$|`y`|\n\n";
    let text = |rows: usize| format!("# A\n\n{}", cell.repeat(rows));
    let settings = "[limits]\nhtml-bytes = 100_000\n";
    let (small, large) = (text(10), text(600));
    // Each day of thirteen years has a mark on the axis.
    let chart = "gantt\n dateFormat YYYY-MM-DD\n tickInterval 1day\n section S\n A :2010-01-01, 2023-01-01\n";
    let chart = format!("# C\n\n```mermaid\n{chart}```\n");
    let files = Memory::of([
        ("content/a.md", small.as_str()),
        ("content/b.md", &large),
        ("content/c.md", &chart),
        ("precedent.toml", settings),
    ]);
    let found = |demand| {
        let files: Arc<dyn Files> = Arc::new(files.clone());
        let found = shown(&snapshot(files, demand));
        found.into_iter().filter(|shown| shown.contains("oversized-text")).collect::<Vec<_>>()
    };
    let check = found(Demand::Findings);
    assert!(check.len() == 1 + usize::from(cfg!(feature = "diagrams")), "{check:?}");
    assert!(check[0].contains("content/b.md:1:1"), "{check:?}");
    assert_eq!(check, found(Demand::Site(Drafts::Withheld)));
}

#[test]
fn what_has_no_findings_is_read_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = Counting::of(Disk::open(root).unwrap(), None);
    let own = snapshot(Arc::clone(&files) as Arc<dyn Files>, Demand::Findings);
    let reads = files.reads.lock().unwrap();
    assert!(reads.len() > own.log.records().len() && own.log.records().len() > 50);
    let twice: Vec<_> = reads.iter().filter(|(_, count)| **count > 1).map(|(path, _)| path.as_str()).collect();
    let with_findings: Vec<_> = own.diagnostics.iter().map(|finding| finding.primary.path.as_str()).collect();
    let without: Vec<_> = twice.into_iter().filter(|path| !with_findings.contains(path)).collect();
    assert!(without.is_empty(), "a rule about the log asks for the text or the head of clean records: {without:?}");
}

#[test]
fn a_file_that_changes_under_way_is_checked_as_it_is_then() {
    let changed =
        FAULTY.iter().map(|(path, text)| (*path, text.replace("We build on", "So we lean on"))).collect::<Vec<_>>();
    let changed = || Memory::of(changed.iter().map(|(path, text)| (*path, text.as_str())));
    let files = Counting::of(Memory::of(FAULTY.iter().copied()), Some(changed()));
    let under_way = snapshot(files, Demand::Findings);
    assert!(shown(&under_way).concat().contains("So we lean on"));
    assert_eq!(shown(&under_way), shown(&snapshot(Arc::new(changed()), Demand::Findings)));
}

#[test]
fn a_file_that_is_gone_afterwards_is_named_without_its_text() {
    let one = [("content/adr/0001-x.md", "+++\ntitle = \"X\"\nstatus = \"acepted\"\n+++\n")];
    let check = snapshot(Counting::of(Memory::of(one), Some(Memory::default())), Demand::Findings);
    assert!(check.diagnostics.iter().any(|finding| finding.rule == "unknown-status"));
    assert!(shown(&check).iter().all(|text| text.contains("content/adr/0001-x.md") && !text.contains("acepted\"")));
}

#[test]
fn limits_on_files_and_front_matter_are_those_of_the_settings() {
    let long = format!("+++\ntitle = \"Long\"\n+++\n\n{}\n", "word ".repeat(100));
    let files = |limits: &str| {
        let settings = format!("[limits]\n{limits}");
        let files = [
            ("precedent.toml", settings.as_str()),
            ("content/handbook/a.md", "+++\ntitle = \"A\"\nsummary = \"S\"\ntags = [\"x\"]\n+++\n\nText.\n"),
            ("content/handbook/deep/deeper/b.md", "# B\n"),
            ("content/handbook/long.md", long.as_str()),
        ];
        Arc::new(Memory::of(files)) as Arc<dyn Files>
    };
    let lines = |limits: &str| -> Vec<String> {
        let said = |demand| shown(&snapshot(files(limits), demand)).concat();
        let (check, preview) = (said(Demand::Findings), said(Demand::Preview));
        assert_eq!(check, preview);
        check.lines().filter(|line| line.contains("error[")).map(str::to_owned).collect()
    };
    assert_eq!(lines(""), Vec::<String>::new());
    for (limits, line) in [
        ("page-bytes = 500", "error[unread-file]: `content/handbook/long.md` has 525 bytes; a page may have 500"),
        ("folder-depth = 2", "error[unread-file]: `content/handbook/deep/deeper` lies more than 2 folders deep"),
        ("name-bytes = 7", "error[unread-file]: `content/handbook` has a name of 8 bytes; a name may have 7"),
        (
            "path-bytes = 24",
            "error[unread-file]: `content/handbook/deep/deeper` has a path of 28 bytes; a path may have 24",
        ),
        (
            "front-matter-keys = 2",
            "error[malformed-front-matter]: the front matter has more than 2 keys; from here on they are not read",
        ),
        ("front-matter-bytes = 30", "error[malformed-front-matter]: the front matter has 39 bytes; it may have 30"),
        ("front-matter-bytes = 0", "error[invalid-value]: `front-matter-bytes` is 0"),
    ] {
        assert!(lines(limits).contains(&line.to_owned()), "{limits}: {:?}", lines(limits));
    }
}
