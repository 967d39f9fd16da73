//! A workspace that is told of changes gives what a fresh one gives, byte for byte.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop where it is, and makes its own files"
)]

mod incremental {
    pub(crate) mod edit;
    pub(crate) mod published;
    pub(crate) mod told;
}
mod tree;

use incremental::edit::{BASELINE, Edit, KEP, NYGARD, PATHS, README, ROOTS, TEXTS, WORDS, edits, make};
use incremental::published::{first_file, published};
use incremental::told::{Shifting, Told, first_difference, previewed};
use precedent::config::Overrides;
use precedent::date::{Date, parse_date};
use precedent::page::Route;
use precedent::report::Baseline;
use precedent::source::{Files, Memory};
use precedent::text::SourcePath;
use precedent::workspace::{Changes, Demand, Drafts, Workspace};
use proptest::prelude::*;
use std::sync::Arc;

/// The file of that name: what is found now is left in peace.
fn with_baseline(mut files: Memory, today: Date) -> Memory {
    let snapshot = Workspace::new(Arc::new(files.clone()), Overrides::default()).snapshot(today, Demand::Findings);
    let baseline = Baseline::of(&snapshot.expect("read").diagnostics, &SourcePath::new("precedent.toml"));
    assert!(!baseline.is_empty());
    files.0.insert(SourcePath::new("old.json"), Arc::from(baseline.to_json().as_bytes()));
    files
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    /// A build over what was published before leaves pages as they are that are made of the same.
    #[test]
    fn a_site_over_another_is_the_same_as_a_fresh_one(edits in prop::collection::vec(edits(), 1..6)) {
        let mut files = Memory::of([("precedent.toml", ""), (PATHS[1], TEXTS[1]), (PATHS[2], TEXTS[2]), (PATHS[9], "png"), (README, TEXTS[7])]);
        let mut today = parse_date("2026-05-30").expect("a date");
        let place = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(place.path().join("project/content")).expect("a folder");
        published(&files, today, place.path()).0.expect("published");
        for edit in edits {
            make(&edit, &mut files);
            if matches!(edit, Edit::NextDay) {
                today = today.tomorrow().expect("a day");
            }
            let (kept, fresh) = published(&files, today, place.path());
            prop_assert_eq!(first_file(&kept, &fresh), None, "after {:?}", edit);
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
fn the_words_for_one_status_are_followed() {
    let today = parse_date("2026-05-30").expect("a date");
    let text = |word: &str| format!("---\ntitle: X\nstatus: {word}\n---\n\n## Context\n\nWords.\n");
    let (one, other) = (text("accepted"), text("Active"));
    let mut files = Memory::of([("content/adr/0001-a.md", one.as_str()), ("content/adr/0002-b.md", &other)]);
    let mut told = Told::of(files.clone(), today);
    let path = SourcePath::new("content/adr/0001-a.md");
    for word in ["Living", "active", "Active", "Accepted", "Superseded", "accepted"] {
        files.0.insert(path.clone(), Arc::from(text(word).as_bytes()));
        assert_eq!(told.change(files.clone(), [path.clone()].into(), today), Ok(()), "{word}");
    }
}

#[test]
fn what_a_log_calls_its_sections_is_followed() {
    let today = parse_date("2026-05-30").expect("a date");
    let text = |reason: &str, rest: &str| format!("# A\n\n{reason}\n\nWords.\n\n## Decision\n\nWords.\n\n{rest}\n");
    let texts = [("## Why", "[It](../../LICENSE)"), ("## Why", ""), ("", "[It](../../LICENSE.md)")];
    let path = |number: usize| format!("content/adr/000{number}-a.md");
    let mut files = Memory::of([("precedent.toml", "")]);
    let write = |files: &mut Memory, number: usize, text: &str| {
        let path = SourcePath::new(path(number));
        files.0.insert(path.clone(), Arc::from(text.as_bytes()));
        path
    };
    for (at, (reason, rest)) in texts.iter().enumerate() {
        write(&mut files, at, &text(reason, rest));
    }
    let mut told = Told::of(files.clone(), today);
    for (number, reason, rest) in
        [(0, "## Kontext", ""), (1, "## Kontext", "[It](../../LICENSE)"), (1, "## Context", ""), (0, "", "")]
    {
        let changed = write(&mut files, number, &text(reason, rest));
        assert_eq!(told.change(files.clone(), [changed].into(), today), Ok(()), "{number}: {reason} {rest}");
    }
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
