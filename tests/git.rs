//! What git knows of records: days and authors on pages, and checks of what a branch has changed.

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

use project::Project;
use repository::{commit, git, start};
use serde_json::Value;
use sound::record;
use std::fs;
use std::process::Command;

const ADA: (&str, &str) = ("Ada", "2024-01-10");
const BO: (&str, &str) = ("Bo", "2024-02-20");
const CY: (&str, &str) = ("Cy & Co", "2024-03-30");

fn project(files: &[(&str, &str)]) -> Project {
    let project = Project::of(files);
    let _ = start(&project);
    project
}

/// Two records, the first of which was renamed and changed by others.
fn with_a_past() -> Project {
    let project =
        project(&[("content/adr/0001-table.md", &record("A table")), ("content/adr/0002-b.md", &record("B"))]);
    commit(&project, ADA, "one");
    git(&project, "", BO, &["mv", "content/adr/0001-table.md", "content/adr/0001-outbox.md"]);
    commit(&project, BO, "two");
    project.write("content/adr/0001-outbox.md", &record("An outbox"));
    commit(&project, CY, "three");
    project.write("content/adr/0003-new.md", &record("Not committed"));
    project
}

fn built(project: &Project, folder: &str) -> Vec<Value> {
    let run = project.run(&["build", "--root", folder]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let log = fs::read_to_string(project.path(folder).join("public/log.json")).expect("a log");
    let log: Value = serde_json::from_str(&log).expect("JSON");
    log["records"].as_array().expect("records").clone()
}

fn in_git(records: &[Value], id: &str) -> Value {
    records.iter().find(|record| record["id"] == id).expect(id)["git"].clone()
}

#[test]
fn pages_show_what_git_knows_and_nothing_else() {
    let project = with_a_past();
    let records = built(&project, ".");
    let first = in_git(&records, "ADR-0001");
    assert_eq!((&first["since"], &first["changed"]), (&Value::from("2024-01-10"), &Value::from("2024-03-30")));
    assert_eq!(first["authors"], serde_json::json!(["Ada", "Bo", "Cy & Co"]));
    assert_eq!(in_git(&records, "ADR-0002")["changed"], "2024-01-10");
    assert_eq!(in_git(&records, "ADR-0003"), Value::Null, "it is not committed yet");
    let page = fs::read_to_string(project.path("public/adr/0001-outbox.html")).unwrap();
    assert!(page.contains("<dt>In git since</dt><dd class=\"date\">2024-01-10</dd>"), "{page}");
    assert!(page.contains("Ada, Bo, Cy &amp; Co"));
    let record = records.iter().find(|record| record["id"] == "ADR-0001").unwrap();
    assert_eq!((&record["created"], &record["last_change"]), (&Value::Null, &Value::Null), "the decision has no date");
    assert!(!fs::read_to_string(project.path("public/adr/0003-new.html")).unwrap().contains("in git"));
}

#[test]
fn days_and_authors_can_be_left_out() {
    let project = with_a_past();
    project.write("precedent.toml", "[git]\ndates = false\n");
    let first = in_git(&built(&project, "."), "ADR-0001");
    assert_eq!((&first["since"], &first["authors"][0]), (&Value::Null, &Value::from("Ada")));
    project.write("precedent.toml", "[git]\ndates = false\nauthors = false\n");
    assert_eq!(in_git(&built(&project, "."), "ADR-0001"), Value::Null);
}

#[test]
fn the_same_commit_gives_the_same_bytes_in_every_clone() {
    let project = with_a_past();
    commit(&project, BO, "four");
    git(&project, "", ADA, &["clone", "--quiet", ".", "one"]);
    git(&project, "", ADA, &["clone", "--quiet", ".", "two"]);
    built(&project, "one");
    built(&project, "two");
    for name in ["log.json", "adr/0001-outbox.html", "adr/0003-new.html", "index.html"] {
        let read = |clone: &str| fs::read(project.path(clone).join("public").join(name)).unwrap();
        assert!(read("one") == read("two"), "{name}");
    }
}

#[test]
fn what_a_shallow_clone_cannot_know_is_unknown() {
    let project = with_a_past();
    let url = format!("file://{}", project.path("").display());
    git(&project, "", ADA, &["clone", "--quiet", "--depth", "1", &url, "shallow"]);
    let run = project.run(&["build", "--root", "shallow"]);
    assert!(run.err.contains("this clone lacks older commits") && run.err.contains("2 files"), "{}", run.err);
    let records = built(&project, "shallow");
    // The last commit changed the first record, and so does not tell when the second changed.
    let none = serde_json::json!({"since": null, "changed": null, "authors": []});
    assert_eq!((in_git(&records, "ADR-0001"), in_git(&records, "ADR-0002")), (none.clone(), none));
    git(&project, "", ADA, &["clone", "--quiet", "--depth", "2", &url, "deeper"]);
    let records = built(&project, "deeper");
    let first = in_git(&records, "ADR-0001");
    assert_eq!((&first["since"], &first["changed"]), (&Value::Null, &Value::from("2024-03-30")));
}

#[test]
fn without_git_or_a_repository_all_else_is_as_ever() {
    let project = Project::of(&[("content/adr/0001-a.md", &record("A"))]);
    let run = project.run(&["build", "--verbose"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("Pages show no days from git, because git says: not a git repository"), "{}", run.err);
    let run = project.run(&["check", "--changed", "main"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("could not tell what has changed, because git says: not a git repository"), "{}", run.err);
    let no_commit = self::project(&[("content/adr/0001-a.md", &record("A"))]);
    assert_eq!(no_commit.run(&["build"]).code, Some(0));
    let run = no_commit.run(&["check", "--changed", "main"]);
    assert!(run.code == Some(2) && run.err.contains("there is no branch or commit `main`"), "{}", run.err);
}

/// A branch that has broken one file of two that are broken.
fn branch() -> Project {
    let broken = "# Old\n\nSee [this](nowhere.md).\n";
    let project = project(&[
        ("content/handbook/old.md", broken),
        ("content/handbook/linking.md", "# Linking\n\nSee [that](other.md).\n"),
        ("content/handbook/other.md", "# Other\n\nText.\n"),
        ("content/adr/0001-a.md", &record("A")),
    ]);
    commit(&project, ADA, "one");
    git(&project, "", ADA, &["switch", "--quiet", "--create", "work"]);
    project
}

#[test]
fn a_branch_is_held_to_what_it_has_changed() {
    let project = branch();
    let run = |arguments: &[&str]| project.run(&[&["check", "--changed", "main"], arguments].concat());
    let nothing = run(&[]);
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(0), ""), "{}", nothing.err);
    assert!(nothing.err.contains("This branch has changed 0 files since it left `main`."), "{}", nothing.err);
    project.write("content/handbook/new.md", "# New\n\nSee [x](gone.md).\n");
    let untracked = run(&[]);
    assert!(untracked.code == Some(1) && untracked.out.contains("new.md:3"), "{}", untracked.out);
    assert!(!untracked.out.contains("old.md"), "{}", untracked.out);
    git(&project, "", BO, &["add", "--all"]);
    assert_eq!(run(&[]).code, Some(1), "staged");
    commit(&project, BO, "two");
    assert_eq!(run(&[]).code, Some(1), "committed");
    assert_eq!(run(&["content/adr"]).code, Some(0), "paths limit it further");
    project.write("content/handbook/new.md", "# New\n\nText.\n");
    assert_eq!(run(&[]).code, Some(0), "repaired and not staged");
    fs::remove_file(project.path("content/handbook/other.md")).unwrap();
    let gone = run(&[]);
    assert!(gone.code == Some(1) && gone.out.contains("linking.md:3"), "{}", gone.out);
    assert_eq!(project.run(&["check", "--changed", "mian"]).code, Some(2));
    assert_eq!(project.run(&["check", "--changed", "--output=x"]).code, Some(2));
}

#[test]
fn other_settings_may_change_every_finding() {
    let project = branch();
    project.write("precedent.toml", "[rules]\nmissing-alt-text = \"deny\"\n");
    let run = project.run(&["check", "--changed", "main"]);
    assert!(run.out.contains("old.md") && run.err.contains("the settings among them"), "{}{}", run.out, run.err);
}

#[test]
fn a_number_that_the_base_has_given_away_is_found_before_the_merge() {
    let project = branch();
    project.write("content/adr/0002-mine.md", &record("Mine"));
    commit(&project, BO, "mine");
    git(&project, "", ADA, &["branch", "third", "main"]);
    git(&project, "", ADA, &["switch", "--quiet", "main"]);
    project.write("content/adr/0002-theirs.md", &record("Theirs"));
    commit(&project, ADA, "theirs");
    git(&project, "", ADA, &["switch", "--quiet", "third"]);
    project.write("content/adr/0003-elsewhere.md", &record("Elsewhere"));
    commit(&project, CY, "elsewhere");
    git(&project, "", ADA, &["switch", "--quiet", "work"]);
    assert_eq!(project.run(&["check", "content/adr"]).code, Some(0), "the branch alone does not show it");
    let run = project.run(&["check", "--changed", "main"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.out.contains("ADR-0002 is also the id of `content/adr/0002-theirs.md` on `main`"), "{}", run.out);
    assert!(run.out.contains("give this record the next id that no branch has, ADR-0004"), "{}", run.out);
    git(&project, "", BO, &["mv", "content/adr/0002-mine.md", "content/adr/0004-mine.md"]);
    assert_eq!(project.run(&["check", "--changed", "main"]).code, Some(0));
}

#[test]
fn a_project_below_the_top_of_its_repository_is_the_same() {
    let project = project(&[
        ("sub/dir/content/adr/0001-a.md", &record("A")),
        ("sub/dir/precedent.toml", ""),
        ("sub/dir/content/old.md", "# Old\n\n[x](y.md)\n"),
        ("content/adr/0001-a.md", "# Elsewhere\n"),
    ]);
    commit(&project, ADA, "one");
    git(&project, "", ADA, &["switch", "--quiet", "--create", "work"]);
    project.write("sub/dir/content/adr/0001-a.md", &record("Another"));
    commit(&project, BO, "two");
    project.write("sub/dir/content/adr/0002-b.md", "# B\n\n[x](y.md)\n");
    let run = project.run(&["check", "--root", "sub/dir", "--changed", "main"]);
    assert!(run.out.contains("content/adr/0002-b.md:3") && !run.out.contains("old.md"), "{}", run.out);
    project.run(&["build", "--root", "sub/dir"]);
    let log = fs::read_to_string(project.path("sub/dir/public/log.json")).unwrap();
    let log: Value = serde_json::from_str(&log).unwrap();
    assert_eq!(in_git(log["records"].as_array().unwrap(), "ADR-0001")["changed"], "2024-02-20");
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_names_is_run() {
    use std::os::unix::fs::PermissionsExt;
    let project = with_a_past();
    let trap = project.path("trap.sh");
    let sprung = project.path("sprung");
    fs::write(&trap, format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\ncat\n", sprung.display())).unwrap();
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).unwrap();
    let trap = trap.display().to_string();
    for name in ["core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "diff.external", "diff.odd.command"]
        .iter()
        .chain(&["diff.odd.textconv", "filter.odd.clean", "filter.odd.smudge", "filter.odd.process", "gpg.program"])
        .chain(&["pager.log", "pager.diff", "credential.helper", "alias.log", "alias.diff", "alias.rev-parse"])
    {
        let value = if name.starts_with("alias") { format!("!{trap}") } else { trap.clone() };
        git(&project, "", ADA, &["config", name, &value]);
    }
    for (name, value) in
        [("log.showSignature", "true"), ("core.hooksPath", &project.path("hooks").display().to_string())]
    {
        git(&project, "", ADA, &["config", name, value]);
    }
    for hook in ["post-index-change", "fsmonitor-watchman", "pre-commit", "post-checkout", "reference-transaction"] {
        project.write(&format!("hooks/{hook}"), &format!("#!/bin/sh\n{trap} {hook}\n"));
        fs::set_permissions(project.path("hooks").join(hook), fs::Permissions::from_mode(0o755)).unwrap();
    }
    project.write(".gitattributes", "*.md diff=odd filter=odd\n");
    // Another time of change makes git look into the file.
    project.write("content/adr/0002-b.md", &record("B"));
    project.write("content/adr/0001-outbox.md", &record("An inbox"));
    let plain = Command::new("git").args(["diff", "HEAD"]).current_dir(project.path("")).output();
    assert!(plain.is_ok() && sprung.exists(), "git alone would walk into the trap");
    fs::remove_file(&sprung).unwrap();
    let run = project.run(&["check", "--changed", "HEAD~1"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.err.contains("This branch has changed"), "{}", run.err);
    built(&project, ".");
    assert!(!sprung.exists(), "{}", fs::read_to_string(&sprung).unwrap_or_default());
    git(&project, "", ADA, &["config", "filter.a=b.clean", &trap]);
    let run = project.run(&["check", "--changed", "HEAD~1"]);
    assert!(run.code == Some(2) && run.err.contains("filter.a=b.clean"), "{}", run.err);
    assert!(!sprung.exists());
}
