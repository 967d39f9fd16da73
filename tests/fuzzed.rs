//! What must hold of any input, tried with changed seeds: with `PRECEDENT_FUZZED=100`, with a hundred times as many.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and reads its own seeds"
)]

#[path = "fuzzed/targets.rs"]
mod targets;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::path::Path;
use std::time::{Duration, Instant};
use targets::TARGETS;

/// How long one input may take: an unoptimised build is many times slower than what users run, and machines may be busy.
const LONGEST: Duration = Duration::from_secs(60);

/// Pieces that the readers care about.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "\t",
    "#",
    "## ",
    "- ",
    "> ",
    "1. ",
    "|",
    "|-|",
    "---\n",
    "+++\n",
    "```",
    "```mermaid\n",
    "~~~",
    "`",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "[^1]",
    "[^1]: ",
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<script>",
    "<b>",
    "<p>",
    "<a id=\"",
    "<img src=x onerror=y>",
    "javascript:",
    "data:text/html,",
    "&#106;",
    "&colon;",
    "&amp;",
    "\"",
    "'",
    "=",
    ": ",
    "{",
    "}",
    "\\",
    "$",
    "$$",
    "\\frac",
    "%%{",
    "}%%",
    "-->",
    "---",
    "A --> B",
    "subgraph ",
    "end\n",
    "state ",
    "ADR-0001",
    "RFC-7",
    "#x",
    "?x",
    "%2e",
    "..",
    "../",
    "/",
    "//",
    "https://e.org",
    "mailto:a@b",
    "\u{0}",
    "\u{1b}",
    "\u{feff}",
    "\u{202e}",
    "é",
    "語",
    "😀",
    "e\u{301}",
    "&a ",
    "*a",
    "<<: ",
    "!!",
    "\"\"\"",
    "[[",
    "]]",
    "[a.b]",
    "2026-02-30",
    "0x1",
    "1e999",
    "-0",
    "true",
    "null",
    "Host: a",
    "\r\nHost: b",
    "Content-Length: 1",
    "GET ",
    " HTTP/1.1",
];

/// A change to an input.
#[derive(Clone, Debug)]
enum Step {
    /// A piece at a place.
    Insert(usize, usize),
    /// Bytes are taken out.
    Cut(usize, usize),
    /// Bytes are repeated.
    Repeat(usize, usize, usize),
    /// A byte is another.
    Put(usize, u8),
}

fn step() -> impl Strategy<Value = Step> {
    let at = 0usize..4096;
    prop_oneof![
        6 => (at.clone(), 0..PIECES.len()).prop_map(|(at, piece)| Step::Insert(at, piece)),
        2 => (at.clone(), 1usize..40).prop_map(|(at, length)| Step::Cut(at, length)),
        2 => (at.clone(), 1usize..40, 1usize..60).prop_map(|(at, length, times)| Step::Repeat(at, length, times)),
        1 => (at, any::<u8>()).prop_map(|(at, byte)| Step::Put(at, byte)),
    ]
}

fn changed(seed: &[u8], steps: &[Step]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for step in steps {
        let place = |at: &usize| at % (bytes.len() + 1);
        match step {
            Step::Insert(at, piece) => {
                let at = place(at);
                bytes.splice(at..at, PIECES[*piece].bytes());
            }
            Step::Cut(at, length) => {
                let at = place(at);
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Step::Repeat(at, length, times) => {
                let at = place(at);
                let part = bytes[at..(at + length).min(bytes.len())].repeat(*times);
                bytes.splice(at..at, part);
            }
            Step::Put(at, byte) => {
                let at = place(at);
                if let Some(place) = bytes.get_mut(at) {
                    *place = *byte;
                }
            }
        }
    }
    bytes
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder).expect("a folder of seeds").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} holds no seeds", folder.display());
    paths.iter().map(|path| std::fs::read(path).expect("a seed")).collect()
}

fn holds(name: &str, cases: u32) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target");
    let timed = |bytes: &[u8]| {
        let start = Instant::now();
        target(bytes);
        assert!(start.elapsed() < LONGEST, "{:?} takes {:?}", String::from_utf8_lossy(bytes), start.elapsed());
    };
    let seeds = seeds(name);
    seeds.iter().for_each(|seed| timed(seed));
    let times = std::env::var("PRECEDENT_FUZZED").ok().and_then(|times| times.parse::<u32>().ok()).unwrap_or(1);
    let config = Config { cases: cases.saturating_mul(times), failure_persistence: None, ..Config::default() };
    let inputs = (0..seeds.len(), prop::collection::vec(step(), 0..12));
    let result = TestRunner::new(config).run(&inputs, |(seed, steps)| {
        timed(&changed(&seeds[seed], &steps));
        Ok(())
    });
    assert!(result.is_ok(), "{name}: {}", result.err().map(|error| error.to_string()).unwrap_or_default());
}

#[test]
fn front_matter_holds() {
    holds("front_matter", 400);
}

#[test]
fn formats_hold() {
    holds("formats", 200);
}

#[test]
fn pages_hold() {
    holds("page", 400);
}

#[test]
fn sites_hold() {
    holds("site", 16);
}

#[test]
fn links_hold() {
    holds("links", 200);
}

#[test]
fn heads_hold() {
    holds("head", 1_000);
}

#[test]
fn diagrams_hold() {
    holds("diagrams", 100);
}

#[test]
fn edits_hold() {
    holds("edits", 200);
}

#[test]
fn settings_hold() {
    holds("settings", 100);
}

#[test]
fn every_target_has_a_test_and_a_fuzzer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = std::fs::read_to_string(root.join("tests/fuzzed.rs")).expect("this file");
    let manifest = std::fs::read_to_string(root.join("fuzz/Cargo.toml")).expect("a manifest");
    for (name, _) in TARGETS {
        assert!(own.contains(&format!("holds(\"{name}\"")), "{name} is tried by no test");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "fuzz/Cargo.toml lacks {name}");
        let target = std::fs::read_to_string(root.join(format!("fuzz/fuzz_targets/{name}.rs"))).expect("a fuzzer");
        assert!(target.contains(&format!("targets::{name}(")), "fuzz/fuzz_targets/{name}.rs tries something else");
    }
}
