//! Records that real organisations wrote, read as they are: run where `PRECEDENT_CORPORA` names a folder of them.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may fail, reads the environment, and says when it was left out"
)]

use precedent::config::Overrides;
use precedent::date::Date;
use precedent::log::Target;
use precedent::markdown::LinkForm;
use precedent::record::{Record, RelationKind, is_template};
use precedent::source::Disk;
use precedent::workspace::{Demand, Snapshot, Workspace};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where another number is read than the independent reader's: corpus, what, theirs, ours, and why.
const DIFFERENCES: &[(&str, &str, u64, u64, &str)] = &[
    ("celestia-cips", "days", 54, 53, "one note says `Wednesday, August 7th`, which names no year"),
    ("celestia-cips", "records with `supersedes`", 0, 2, "they do not read the key `supercedes`, which is spelt so"),
    ("celestia-cips", "records with `related`", 19, 18, "the template asks for numbers in words, and names none"),
    (
        "conda-ceps",
        "status `(template placeholder left)`",
        1,
        0,
        "the template is `cep-0000.md`, which we know by its number",
    ),
    ("conda-ceps", "days", 94, 92, "the template's two"),
    ("conda-ceps", "records with `related`", 10, 9, "the template asks for numbers in words, and names none"),
    ("react-rfcs", "days", 17, 19, "in two lists the first item has lost its mark, and says its day all the same"),
    ("simpler-grants", "status `active`", 33, 34, "one list stands below a second heading that repeats the title"),
    (
        "simpler-grants",
        "days",
        22,
        79,
        "they count `Date`; `Last Modified` is a day too, save two that are none: `2022-09`, `2023-07-2i`",
    ),
    ("simpler-grants", "records with `superseded by`", 2, 1, "one of theirs is the template's"),
    (
        "simpler-grants",
        "records with `related`",
        52,
        4,
        "theirs are issues, which are tickets and no records; ours are in sections of links",
    ),
];

fn corpora() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("PRECEDENT_CORPORA") else {
        eprintln!("left out: PRECEDENT_CORPORA names no folder of corpora");
        return Vec::new();
    };
    let entries = std::fs::read_dir(Path::new(&folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.join("facts.json").is_file()).collect();
    found.sort();
    assert!(!found.is_empty(), "{} holds no corpora", folder.display());
    found
}

fn snapshot(corpus: &Path) -> Snapshot {
    let disk = Disk::open(corpus).unwrap();
    let mut workspace = Workspace::new(Arc::new(disk), Overrides::default());
    workspace.snapshot(Date::constant(2026, 11, 25), Demand::Findings).unwrap()
}

#[test]
fn the_corpora_are_read_as_an_independent_reader_read_them() {
    let mut wrong = String::new();
    for corpus in corpora() {
        let name = corpus.file_name().unwrap().to_str().unwrap();
        let facts: Value = serde_json::from_str(&std::fs::read_to_string(corpus.join("facts.json")).unwrap()).unwrap();
        let snapshot = snapshot(&corpus);
        for (what, theirs, ours) in compare(&facts, &snapshot) {
            let is_told =
                DIFFERENCES.iter().any(|told| (told.0, told.1, told.2, told.3) == (name, what.as_str(), theirs, ours));
            if theirs != ours && !is_told {
                let _ = writeln!(wrong, "{name}: {what}: they say {theirs}, we {ours}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What both readers counted: what, theirs, ours.
fn compare(facts: &Value, snapshot: &Snapshot) -> Vec<(String, u64, u64)> {
    let log = &snapshot.log;
    let count = |value: &Value| value.as_u64().unwrap_or(0);
    let mut both =
        vec![("files".to_owned(), count(&facts["files"]), (log.records().len() + snapshot.summary.unread) as u64)];
    let own = || log.records().iter().filter(|record| !is_template(record.path()));

    let mut statuses: BTreeMap<String, u64> = BTreeMap::new();
    for status in own().filter_map(|record| status(record)) {
        *statuses.entry(status).or_default() += 1;
    }
    for (status, number) in facts["status_values"].as_object().unwrap() {
        let ours = statuses.remove(status).unwrap_or(0);
        both.push((format!("status `{status}`"), count(number), ours));
    }
    both.extend(statuses.into_iter().map(|(status, ours)| (format!("status `{status}`"), 0, ours)));

    let sum = |key: &str| facts[key].as_object().unwrap().values().map(count).sum();
    let is_said = |span: precedent::text::Span| !span.is_empty();
    let days = |record: &Arc<Record>| {
        let days = record.front.created.iter().chain(&record.front.updated);
        days.filter(|day| is_said(day.span)).count() as u64
    };
    both.push(("days".to_owned(), sum("date_forms"), own().map(days).sum()));

    for (name, kinds) in [
        ("superseded by", [RelationKind::SupersededBy].as_slice()),
        ("supersedes", &[RelationKind::Supersedes]),
        ("amends", &[RelationKind::Amends]),
        ("amended by", &[RelationKind::AmendedBy]),
        ("related", &[RelationKind::DependsOn, RelationKind::RelatesTo]),
    ] {
        let says = |record: &&Arc<Record>| record.references.iter().any(|reference| kinds.contains(&reference.kind));
        both.push((
            format!("records with `{name}`"),
            count(&facts["relations"][name]),
            own().filter(says).count() as u64,
        ));
    }

    let of_rule = |rule: &str| snapshot.diagnostics.iter().filter(|finding| finding.rule == rule).count() as u64;
    let numbers = facts["number_differences"].as_array().unwrap().len() as u64;
    both.push(("numbers that differ".to_owned(), numbers, of_rule("mismatched-id")));
    // Links of one text to one missing heading are one finding.
    let anchors = snapshot.diagnostics.iter().filter(|finding| finding.rule == "broken-anchor");
    let more = anchors.flat_map(|finding| &finding.related).filter(|label| label.message == "here, too").count() as u64;
    both.push(("broken anchors".to_owned(), count(&facts["anchors_broken"]), of_rule("broken-anchor") + more));

    let (mut links, mut broken) = (0, 0);
    for record in log.records() {
        for link in record.outline.links.iter().filter(|link| link.form == LinkForm::Written) {
            let path = link.target.value.split(['#', '?']).next().unwrap_or("");
            if path.ends_with(".md") && !path.contains("://") && !path.starts_with('/') {
                links += 1;
                broken +=
                    u64::from(matches!(log.resolve(record, &link.target.value), Target::Missing(_) | Target::Outside));
            }
        }
    }
    both.push(("links to texts".to_owned(), count(&facts["relative_md_links"]), links));
    let outside = facts["relative_md_ok_but_outside_the_extract"].as_u64().unwrap_or(0);
    both.push(("broken links to texts".to_owned(), count(&facts["relative_md_broken"]) + outside, broken));
    both
}

/// The status of a record as the independent reader has it: one word or two, in lower case.
fn status(record: &Record) -> Option<String> {
    let raw = record.raw_status.as_ref()?.value.to_lowercase();
    if raw.starts_with(['{', '<']) {
        return Some(String::new());
    }
    if raw.contains(" | ") {
        return Some("(template placeholder left)".to_owned());
    }
    let raw = raw.split(" by ").next().unwrap_or(&raw);
    Some(raw.trim_end_matches('.').to_owned())
}
