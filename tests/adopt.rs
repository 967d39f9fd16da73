//! Logs that other tools have left: found without settings, read from several roots, and taken up.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail, and makes its own files"
)]

mod project;
mod repository;
mod sound;
mod tool;
mod tree;

use project::{Project, Run};
use repository::{commit, start};
use serde_json::Value;
use sound::record;
use std::fs;
use tree::tree;

/// A record in the form of adr-tools.
fn nygard(number: u32, title: &str, status: &str, text: &str) -> String {
    format!(
        "# {number}. {title}\n\nDate: 2024-02-11\n\n## Status\n\n{status}\n\n## Context\n\nQueues fill up at night. {text}\n\n\
         ## Decision\n\nWe drain them in the morning.\n\n## Consequences\n\nMornings are busy.\n"
    )
}

/// A repository whose packages have logs of their own, beside one for all.
fn monorepo() -> Project {
    Project::of(&[
        ("README.md", "# Shop\n\n[gone](nowhere.md)\n"),
        (
            "docs/adr/0001-queues.md",
            &nygard(1, "Queues", "Accepted", "See [web](../../packages/web/docs/adr/0001-react.md)."),
        ),
        (
            "packages/web/docs/adr/0001-react.md",
            &nygard(1, "React", "Accepted", "See ADR-0002, API-ADR-0001 and ADR-0003."),
        ),
        ("packages/web/docs/adr/0002-css.md", &nygard(2, "Style sheets", "Accepted", "")),
        ("packages/api/docs/adr/0001-rest.md", &nygard(1, "Resources", "Accepted", "")),
        ("docs/adr/0003-graphs.md", &nygard(3, "Graphs", "Accepted", "")),
        ("packages/web/node_modules/x/docs/adr/0001-x.md", "# 1. Not ours\n"),
        ("packages/web/test/fixtures/adr/0001-x.md", "# 1. Not ours either\n"),
    ])
}

fn log(project: &Project, folder: &str) -> Vec<Value> {
    let text = fs::read_to_string(project.path(folder).join("log.json")).expect("a log");
    serde_json::from_str::<Value>(&text).expect("JSON")["records"].as_array().expect("records").clone()
}

fn ids(records: &[Value]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    records.iter().map(|record| (text(&record["id"]), text(&record["address"]))).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect()
}

fn reads(run: &Run, words: &[&str]) {
    for words in words {
        assert!(run.err.contains(words), "{words}: {}", run.err);
    }
}

#[test]
fn a_repository_without_settings_is_read_where_its_records_are() {
    let project = Project::of(&[
        ("README.md", "# Not a chapter\n\n[gone](nowhere.md)\n"),
        ("doc/architecture/decisions/0001-queues.md", &nygard(1, "Queues", "Accepted", "")),
    ]);
    let run = project.run(&["check", "--verbose"]);
    assert!(!run.out.contains("nowhere.md"), "{}", run.out);
    reads(
        &run,
        &["Records are read from doc/architecture/decisions: folders called `decisions` hold ADRs.", "Read 1 text,"],
    );
    project.run(&["build"]);
    assert_eq!(ids(&log(&project, "public")), pairs(&[("ADR-0001", "0001-queues.html")]));
    project.write(".adr-dir", "choices\n");
    project.write("choices/0007-tables.md", &nygard(7, "Tables", "Accepted", ""));
    let run = project.run(&["check", "--verbose"]);
    reads(&run, &["Records are read from choices: `.adr-dir` names it.", "Read 1 text,"]);
    project.write("precedent.toml", "[site]\ntitle = \"Ours\"\n");
    reads(&project.run(&["check", "--verbose"]), &["Records are read from choices: `.adr-dir` names it."]);
}

#[test]
fn a_log_is_found_from_anywhere_in_its_repository() {
    let project = monorepo();
    let _ = start(&project);
    commit(&project, ("Ada", "2024-01-01"), "one");
    fs::create_dir_all(project.path("packages/web/src")).unwrap();
    let from = |folder: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_precedent"));
        let output = command.args(["check", "-v"]).current_dir(project.path(folder)).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    for folder in ["", "packages/web/src", "packages/web/docs/adr", "docs"] {
        assert!(from(folder).contains("Read 5 texts,"), "{folder}: {}", from(folder));
    }
    let run = project.run(&["check", "--root", "packages/web"]);
    reads(&run, &["Read 2 texts,"]);
}

#[test]
fn several_roots_are_one_log() {
    let project = monorepo();
    let run = project.run(&["build", "--verbose"]);
    reads(&run, &["Records are read from packages/web/docs/adr, as `web`:", "Read 5 texts,"]);
    assert!(!run.out.contains("error"), "{}", run.out);
    let expected = [
        ("ADR-0001", "0001-queues.html"),
        ("ADR-0003", "0003-graphs.html"),
        ("API-ADR-0001", "api/0001-rest.html"),
        ("WEB-ADR-0001", "web/0001-react.html"),
        ("WEB-ADR-0002", "web/0002-css.html"),
    ];
    let mut found = ids(&log(&project, "public"));
    found.sort();
    assert_eq!(found, pairs(&expected));
    let page = |name: &str| fs::read_to_string(project.path("public").join(name)).unwrap();
    assert!(page("0001-queues.html").contains("href=\"web/0001-react.html\""));
    // In a root an id means its own record first, then one of all.
    let react = page("web/0001-react.html");
    assert!(react.contains("href=\"../web/0002-css.html\"") && react.contains(">ADR-0002</a>"), "{react}");
    assert!(react.contains("href=\"../api/0001-rest.html\"") && react.contains(">API-ADR-0001</a>"));
    assert!(react.contains("href=\"../0003-graphs.html\"") && react.contains(">ADR-0003</a>"));
}

#[test]
fn settings_name_roots_and_clashes_are_found() {
    let project = monorepo();
    let roots = |second: &str| {
        format!(
            "[[roots]]\npath = \"docs/adr\"\n[[roots]]\npath = \"packages/web/docs/adr\"\n{second}\n[paths]\noutput = \"site\"\n"
        )
    };
    project.write("precedent.toml", &roots(""));
    let run = project.run(&["check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("ADR-0001 is also the id of `docs/adr/0001-queues.md`"), "{}", run.out);
    project.write("precedent.toml", &roots("prefix = \"shop-web\""));
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let found = ids(&log(&project, "site"));
    assert!(found.contains(&("SHOP-WEB-ADR-0002".to_owned(), "shop-web/0002-css.html".to_owned())), "{found:?}");
    project.write(
        "packages/web/docs/adr/0004-x.md",
        &nygard(4, "X", "Accepted", "See [api](../../../api/docs/adr/0001-rest.md)."),
    );
    let run = project.run(&["check", "packages/web"]);
    let words = "lies outside the content folders `docs/adr` and `packages/web/docs/adr`";
    assert!(run.out.contains(words) && run.out.contains("packages/web/docs/adr/0004-x.md"), "{}", run.out);
    project.write("precedent.toml", &roots("prefix = \"-\"\nkind = \"afr\""));
    let run = project.run(&["check"]);
    assert!(run.out.contains("precedent.toml:5:10") && run.out.contains("did you mean `adr`?"), "{}", run.out);
    project.write("precedent.toml", "[[roots]]\npath = \"nowhere\"\n");
    let run = project.run(&["check"]);
    assert!(run.code == Some(2) && run.err.contains("there is no folder"), "{}", run.err);
    project.write(
        "precedent.toml",
        "[[roots]]\npath = \"docs/adr\"\n[[roots]]\npath = \"packages/web/docs/adr\"\nprefix = \"web\"\n",
    );
    for output in ["docs/adr/site", "packages/web/docs/adr/site", "packages/web/docs"] {
        assert_eq!(project.run(&["build", "--output-dir", output]).code, Some(2), "{output}");
    }
}

#[test]
fn an_id_that_is_written_in_a_root_is_its_own() {
    let project = Project::of(&[
        ("precedent.toml", "[[roots]]\npath = \"a\"\n[[roots]]\npath = \"b\"\nprefix = \"b\"\nkind = \"adr\"\n"),
        ("a/adr/0001-x.md", &record("X")),
        ("a/adr/0002-y.md", &record("Y").replace("status", "supersedes = [\"ADR-1\"]\nstatus")),
        ("b/0001-z.md", &record("Z").replace("status", "id = \"ADR-0001\"\nstatus")),
        ("b/0002-w.md", &record("W").replace("status", "supersedes = [\"ADR-1\"]\nstatus")),
    ]);
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let records = log(&project, "public");
    assert_eq!(records.iter().filter(|record| record["id"] == "B-ADR-0001").count(), 1);
    let superseded = |id: &str| records.iter().find(|record| record["id"] == id).unwrap()["relations"][0]["id"].clone();
    assert_eq!(
        (superseded("ADR-0002"), superseded("B-ADR-0002")),
        (Value::from("ADR-0001"), Value::from("B-ADR-0001"))
    );
}

#[test]
fn a_log_is_taken_up_and_is_clean_from_then_on() {
    let project = monorepo();
    project.write("packages/web/docs/adr/0004-x.md", &nygard(4, "X", "Accepted", "See [gone](gone.md)."));
    let before = tree(&project.path(""));
    let run = project.run(&["init", "--adopt"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    for words in ["docs/adr: 2 texts\n", "packages/web/docs/adr: 3 texts, as `WEB-…`", "6 ADRs: "] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let mut after = tree(&project.path(""));
    let written: Vec<String> = ["precedent.toml", "precedent-baseline.json"].map(str::to_owned).into();
    for name in &written {
        assert!(after.remove(std::path::Path::new(name)).is_some(), "{name}");
    }
    assert!(before == after, "nothing else is touched");
    let check = project.run(&["check", "--strict"]);
    assert_eq!((check.code, check.out.as_str()), (Some(0), ""), "{}", check.err);
    reads(&check, &["Read 6 texts,", "The baseline holds"]);
    project.write("docs/adr/0005-new.md", &nygard(5, "New", "Accepted", "See [gone](gone.md)."));
    assert_eq!(project.run(&["check"]).code, Some(1), "what is new is reported");
    let again = project.run(&["init", "--adopt"]);
    assert!(again.code == Some(2) && again.err.contains("precedent.toml is there already"), "{}", again.err);
    fs::remove_file(project.path("precedent.toml")).unwrap();
    let again = project.run(&["init", "--adopt"]);
    assert!(again.code == Some(2) && again.err.contains("precedent-baseline.json is there already"), "{}", again.err);
}

#[test]
fn what_only_a_build_finds_is_not_promised_of_a_check() {
    let taken_up = |text: &str| {
        let project = monorepo();
        project.write("docs/adr/0004-x.md", &nygard(4, "X", "Accepted", text));
        let all = project.run(&["init", "--adopt"]).err;
        (all, project.run(&["check", "--all", "--baseline", ""]).err)
    };
    let (said, found) = taken_up("See [gone](gone.md).\n\n```yaml:\na: 1\n```\n");
    let words = "all that was found, save 1 that only a build finds and precedent-baseline.json names.";
    assert!(said.contains("leaves 2 findings in peace") && said.contains(words), "{said}");
    assert!(found.contains("Found 1 error in"), "{found}");
    let (said, _) = taken_up("");
    assert!(said.contains("all that was found.\n"), "{said}");
}

#[test]
fn what_cannot_be_taken_up_says_why() {
    let project = Project::of(&[
        ("README.md", "# Nothing\n"),
        ("notes/001-a.md", "# A\n"),
        ("notes/broken.md", "+++\ntitle =\n+++\n"),
    ]);
    let run = project.run(&["init", "--adopt"]);
    assert!(
        run.code == Some(2) && run.err.contains("found no records in") && run.err.contains("3 Markdown files"),
        "{}",
        run.err
    );
    let run = project.run(&["init", "--adopt", "--kind", "afr"]);
    assert!(run.code == Some(2) && run.err.contains("did you mean `adr`?"), "{}", run.err);
    assert!(!project.path("precedent.toml").exists() && !project.path("precedent-baseline.json").exists());
    let run = project.run(&["init", "--adopt", "--kind", "adr"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.out.contains("Not understood:\n  notes/broken.md: "), "{}", run.out);
    let check = project.run(&["check"]);
    assert_eq!(check.code, Some(0), "{}{}", check.out, check.err);
    assert!(check.out.contains("warning[malformed-front-matter]"), "{}", check.out);
}

#[test]
fn a_series_becomes_a_kind() {
    let text = "---\nstatus: Final\n---\n\n# CIP-7: Blobs\n\nSee CIP-12.\n";
    let project = Project::of(&[
        ("cips/cip-7.md", text),
        ("cips/cip-012.md", "# B\n"),
        ("cips/cip-13.md", "# C\n"),
        ("cips/README.md", "# CIPs\n"),
    ]);
    assert_eq!(project.run(&["init", "--adopt"]).code, Some(0));
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let records = log(&project, "public");
    let first = records.iter().find(|record| record["id"] == "CIP-07" || record["id"] == "CIP-7").expect("CIP-7");
    assert_eq!(
        (&first["kind"], &first["status"], &first["title"]),
        (&Value::from("cip"), &Value::from("implemented"), &Value::from("Blobs"))
    );
}

#[test]
fn teams_that_count_by_themselves_are_told_of_roots() {
    let project = Project::of(&[
        ("checkout/0001-queues.md", &nygard(1, "Queues", "Accepted", "")),
        ("search/0001-graphs.md", &nygard(1, "Graphs", "Accepted", "")),
    ]);
    let run = project.run(&["check"]);
    assert!(run.out.contains("error[duplicate-id]") && run.out.contains("give each a `[[roots]]`"), "{}", run.out);
}

#[test]
fn records_of_an_organisation_are_found_by_the_name_of_their_folder() {
    let text = "# Weigh each parcel twice\n\n|  |  |\n| --- | --- |\n| Date | 2024-02-11 |\n| Status | Accepted |\n\n\
        ## What\n\nThe second belt weighs again.\n\n## Why\n\nScales drift over a shift.\n\n## How\n\nThe belt stops at a gap.\n\n\
        ## Alternatives\n\nA scale for each shift was too dear.\n";
    let project = Project::of(&[
        ("README.md", "# Depot\n"),
        ("architecture-decision-records/DEPOT-ADR-0001-scales.md", text),
        ("architecture-decision-records/belts/DEPOT-ADR-0001-belts.md", text),
    ]);
    let run = project.run(&["list"]);
    assert!(run.out.contains("2 records.") || run.err.contains("2 records."), "{}{}", run.out, run.err);
    let run = project.run(&["check"]);
    assert_eq!(run.code, Some(0), "{}", run.out);
}
