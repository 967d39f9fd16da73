//! Clean records, changed in one place at a time: each change gives exactly its finding at exactly its line, and nothing else.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod mutation {
    pub(crate) mod after;
    pub(crate) mod decision;
    pub(crate) mod deprecation;
    pub(crate) mod people;
    pub(crate) mod text;
}

use precedent::config::{CONFIG_FILE, Config, Overrides};
use precedent::date::Date;
use precedent::line::LineIndex;
use precedent::record::{Fingerprint, Record};
use precedent::source::{Memory, Source};
use precedent::text::SourcePath;
use precedent::workspace::{Demand, Workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

/// One change to one file, and what it gives: a rule at the line that holds a text (`#1` for the first line). No rule: nothing may
/// be found.
pub(crate) struct Mutation {
    pub(crate) file: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    pub(crate) finds: Option<(&'static str, &'static str)>,
    pub(crate) signed: Signed,
}

/// Whether those who signed and read the record saw it before the change or after.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signed {
    Before,
    After,
}

/// A change that gives a finding.
pub(crate) const fn finds(
    file: &'static str,
    (from, to): (&'static str, &'static str),
    rule: &'static str,
    line: &'static str,
) -> Mutation {
    Mutation { file, from, to, finds: Some((rule, line)), signed: Signed::After }
}

/// A change after the signature that gives a finding.
pub(crate) const fn drifts(
    file: &'static str,
    (from, to): (&'static str, &'static str),
    rule: &'static str,
    line: &'static str,
) -> Mutation {
    Mutation { file, from, to, finds: Some((rule, line)), signed: Signed::Before }
}

/// A change that is in order, even after the signature.
pub(crate) const fn passes(file: &'static str, (from, to): (&'static str, &'static str)) -> Mutation {
    Mutation { file, from, to, finds: None, signed: Signed::Before }
}

pub(crate) const RFC: &str = "content/rfc/0001-bus.md";
pub(crate) const REVIEW: &str = "content/rfc/0002-workers.md";
pub(crate) const ADR: &str = "content/adr/0002-invoices.md";
pub(crate) const OLD: &str = "content/adr/0001-queue.md";
pub(crate) const DEP: &str = "content/deprecation/0001-payments-api-v1.md";
pub(crate) const LITE: &str = "content/lite-rfc/0003-name.md";
pub(crate) const ADD: &str = "content/rfc/0001-a1-partitions.md";
pub(crate) const WVR: &str = "content/waiver/0001-ledger.md";
pub(crate) const ESC: &str = "content/escalation/0001-profiles.md";
pub(crate) const CONFIG: &str = CONFIG_FILE;
pub(crate) const CHAPTER: &str = "content/handbook/decide.md";

const CLEAN: &[(&str, &str)] = &[
    (RFC, include_str!("mutation/clean/rfc.md")),
    (REVIEW, include_str!("mutation/clean/review.md")),
    (OLD, include_str!("mutation/clean/adr-old.md")),
    (ADR, include_str!("mutation/clean/adr.md")),
    (DEP, include_str!("mutation/clean/deprecation.md")),
    (LITE, include_str!("mutation/clean/lite.md")),
    (ADD, include_str!("mutation/clean/addendum.md")),
    (WVR, include_str!("mutation/clean/waiver.md")),
    (ESC, include_str!("mutation/clean/escalation.md")),
    (CHAPTER, include_str!("mutation/clean/chapter.md")),
    (CONFIG_FILE, include_str!("mutation/clean/precedent.toml")),
    ("content/rfc/flow.png", "a picture"),
];

const DIGEST: &str = "@digest@";
const TODAY: Date = Date::constant(2026, 6, 1);

fn all() -> Vec<&'static Mutation> {
    let groups = [
        mutation::text::ALL,
        mutation::decision::ALL,
        mutation::people::ALL,
        mutation::after::ALL,
        mutation::deprecation::ALL,
    ];
    groups.into_iter().flatten().collect()
}

#[test]
fn the_clean_records_are_clean() {
    assert_eq!(check(&tree(None)), Vec::<String>::new());
}

#[test]
fn each_change_gives_its_finding_and_nothing_else() {
    let mut wrong = String::new();
    for mutation in all() {
        let tree = tree(Some(mutation));
        let expected: Vec<String> =
            mutation.finds.iter().map(|(rule, line)| place(&tree, mutation, rule, line)).collect();
        let found = check(&tree);
        if found != expected {
            let _ = writeln!(
                wrong,
                "{:?} -> {:?}\n  expected {expected:?}\n  found    {found:?}",
                mutation.from, mutation.to
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_whole_catalogue_is_tried() {
    /// Rules whose fault is more than one change to these records; their pages are their tests.
    const ELSEWHERE: &[&str] = &[
        "duplicate-address",
        "oversized-text",
        "uncoloured-code",
        "unpublished-asset",
        "unsafe-asset",
        "unread-file",
        "orphaned-record",
        "duplicate-id",
        "above-walk-away-price",
        "premature-supersession",
    ];
    let tried: BTreeSet<&str> = all().iter().filter_map(|mutation| mutation.finds).map(|(rule, _)| rule).collect();
    let names = precedent::check::RULES.iter().map(|rule| rule.name);
    let missing: Vec<&str> = names.filter(|name| !tried.contains(name) && !ELSEWHERE.contains(name)).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert!(all().len() >= 80, "{}", all().len());
}

/// The clean tree with one change, signed before it or after.
fn tree(mutation: Option<&Mutation>) -> BTreeMap<SourcePath, String> {
    let mut files = BTreeMap::new();
    for (path, clean) in CLEAN {
        let change = mutation.filter(|mutation| mutation.file == *path);
        let changed = change.map_or((*clean).to_owned(), |mutation| {
            assert_eq!(clean.matches(mutation.from).count(), 1, "{:?} stands once in {path}", mutation.from);
            clean.replacen(mutation.from, mutation.to, 1)
        });
        let is_before = change.is_some_and(|mutation| mutation.signed == Signed::Before);
        let digest = fingerprint(path, if is_before { clean } else { &changed });
        files.insert(SourcePath::new(path), changed.replace(DIGEST, &digest));
    }
    files
}

fn fingerprint(path: &str, text: &str) -> String {
    let source = Source::new(SourcePath::new(path), text);
    Fingerprint::of(&Record::parse(&source, &Config::builtin()).0).to_string()
}

/// What is found: `rule path:line`.
fn check(tree: &BTreeMap<SourcePath, String>) -> Vec<String> {
    let files = tree.iter().map(|(path, text)| (path.clone(), Arc::from(text.as_bytes()))).collect();
    let snapshot =
        Workspace::new(Arc::new(Memory(files)), Overrides::default()).snapshot(TODAY, Demand::Findings).unwrap();
    let line = |path: &SourcePath, offset| LineIndex::new(&tree[path]).line_column(&tree[path], offset).0;
    let found = snapshot.diagnostics.iter().map(|finding| {
        let path = &finding.primary.path;
        format!("{} {path}:{}", finding.rule, line(path, finding.primary.span.start))
    });
    found.collect()
}

fn place(tree: &BTreeMap<SourcePath, String>, mutation: &Mutation, rule: &str, text: &str) -> String {
    // A change to the settings shows in a record: `path@@text`.
    let (file, text) = text.split_once("@@").unwrap_or((mutation.file, text));
    let whole = &tree[&SourcePath::new(file)];
    if text == "#1" {
        return format!("{rule} {file}:1");
    }
    let lines: Vec<usize> =
        whole.lines().enumerate().filter(|(_, line)| line.contains(text)).map(|(at, _)| at + 1).collect();
    assert_eq!(lines.len(), 1, "{text:?} stands on one line of {file}");
    format!("{rule} {file}:{}", lines[0])
}
