//! Records moved to a head of another form: the log says the same afterwards, and nothing else of a file has changed.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may fail, and makes its own files"
)]

mod project;

use precedent::config::Overrides;
use precedent::date::Date;
use precedent::record::Record;
use precedent::source::Disk;
use precedent::workspace::{Demand, Snapshot, Workspace};
use project::{Project, Run};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FORMS: [&str; 2] = ["native", "madr4"];

/// A project with a copy of all files of a folder.
fn copy_of(folder: &Path) -> Project {
    let project = Project::of(&[]);
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            let to = project.path(entry.strip_prefix(folder).unwrap().to_str().unwrap());
            if entry.is_dir() {
                fs::create_dir_all(to).unwrap();
                open.push(entry);
            } else {
                // A copy may be written, even where what it is of may not.
                fs::write(to, fs::read(entry).unwrap()).unwrap();
            }
        }
    }
    project
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn snapshot(project: &Project) -> Snapshot {
    let disk = Disk::open(&project.path("")).unwrap();
    let mut workspace = Workspace::new(Arc::new(disk), Overrides::default());
    workspace.snapshot(Date::constant(2026, 6, 1), Demand::Findings).unwrap()
}

/// What a log says of a record, in whatever form.
fn said(snapshot: &Snapshot, record: &Record) -> String {
    let front = &record.front;
    let name = |target: &str| match snapshot.log.related(record, target) {
        Some((to, part)) => format!("{} {part:?}", snapshot.log.record(to).unwrap().path()),
        None => target.to_owned(),
    };
    let references: BTreeSet<String> = record
        .references
        .iter()
        .map(|reference| format!("{:?} {} {:?}", reference.kind, name(&reference.target.value), reference.part))
        .collect();
    let people = front.daci.as_ref().map(|daci| {
        let words = |people: &[precedent::text::Spanned<String>]| {
            people.iter().map(|who| who.value.clone()).collect::<Vec<String>>().join(", ")
        };
        let daci = &daci.value;
        let driver = daci.driver.as_ref().map(|who| who.value.clone());
        format!("{driver:?} / {} / {} / {}", words(&daci.approver), words(&daci.contributors), words(&daci.informed))
    });
    let consulted: Vec<_> = front.consulted.iter().map(|row| row.value.who.as_ref().map(|who| &who.value)).collect();
    format!(
        "{} {} {:?} {:?} {:?} {:?} {:?} {people:?} {consulted:?} {:?} {:?} {references:?}",
        record.path(),
        record.kind.name,
        record.id.as_ref().map(|id| id.value.to_string()),
        record.title,
        record.status.as_ref().map(|status| &status.name),
        front.created.map(|day| day.value),
        front.updated.map(|day| day.value),
        front.tags.iter().map(|tag| &tag.value).collect::<Vec<_>>(),
        front.tracking.iter().map(|ticket| &ticket.value).collect::<Vec<_>>(),
    )
}

fn records(snapshot: &Snapshot) -> Vec<String> {
    snapshot.log.records().iter().map(|record| said(snapshot, record)).collect()
}

fn relations(snapshot: &Snapshot) -> BTreeSet<String> {
    let log = &snapshot.log;
    let path = |at: usize| log.record(at).unwrap().path().to_string();
    let shown = |relation: &precedent::log::Relation| {
        let (from, to) = (path(relation.from), path(relation.to));
        format!("{from} {:?} {to} {:?} {:?}", relation.kind, relation.part, relation.strength)
    };
    log.relations().iter().map(shown).collect()
}

fn texts(snapshot: &Snapshot) -> Vec<(String, String)> {
    snapshot.log.records().iter().map(|record| (record.path().to_string(), record.text().to_owned())).collect()
}

/// Moves a log and holds it against what it was.
fn is_moved_without_loss(folder: &Path, form: &str) -> usize {
    let project = copy_of(folder);
    let case = format!("{} to {form}", folder.display());
    let state = |snapshot: &Snapshot| (texts(snapshot), records(snapshot), relations(snapshot));
    let (old_texts, old_records, old_relations) = state(&snapshot(&project));
    let run = project.run(&["migrate", "--to", form, "--write"]);
    let after = snapshot(&project);
    let (new_texts, new_records, new_relations) = state(&after);
    for (old, new) in old_records.into_iter().zip(new_records) {
        assert_eq!(new, old, "{case}");
    }
    assert_eq!(new_relations, old_relations, "{case}");
    assert_eq!(run.out.is_empty(), old_texts == new_texts, "{case}: what is shown is what is written\n{}", run.err);
    let again = project.run(&["migrate", "--to", form, "--write"]);
    assert!(again.out.is_empty(), "{case}: a second run finds more to do\n{}", again.out);
    for (record, (path, old)) in after.log.records().iter().zip(&old_texts) {
        let mut lines: Vec<&str> = old.lines().collect();
        for line in record.text()[record.body..].lines() {
            // A rule below the head of a table moves up with its head.
            let at = lines.iter().position(|old| *old == line);
            assert!(at.is_some() || line.is_empty(), "{case}: {path} has a new line in its body: {line}");
            at.map(|at| lines.remove(at));
        }
    }
    old_texts.iter().zip(new_texts).filter(|(old, new)| *old != new).count()
}

#[test]
fn logs_of_every_form_say_the_same_afterwards() {
    for form in FORMS {
        let cases = folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats"));
        let moved: Vec<usize> = cases.iter().map(|case| is_moved_without_loss(case, form)).collect();
        assert!(moved.iter().sum::<usize>() > 25, "{form}: {moved:?}");
    }
}

#[test]
fn real_logs_say_the_same_afterwards() {
    let Some(corpora) = std::env::var_os("PRECEDENT_CORPORA") else {
        eprintln!("left out: PRECEDENT_CORPORA names no folder of corpora");
        return;
    };
    for form in FORMS {
        for corpus in folders(Path::new(&corpora)) {
            is_moved_without_loss(&corpus, form);
        }
    }
}

fn moved(path: &str, text: &str, form: &str) -> (Run, String) {
    let project = Project::of(&[(path, text)]);
    let run = project.run(&["migrate", "--to", form, "--write"]);
    let text = fs::read_to_string(project.path(path)).unwrap();
    (run, text)
}

#[test]
fn bytes_outside_of_what_moves_stay() {
    let body = "## Context\r\n\r\nÄ trailing  \r\n\ttab \u{2028} 数\r\n\nlone\r\nno end";
    let text = format!("\u{feff}# 3. Über\r\n\r\nDate: 2024-02-11\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n{body}");
    let (run, new) = moved("doc/adr/0003-x.md", &text, "native");
    assert_eq!(run.code, Some(0), "{}", run.err);
    let head = "\u{feff}+++\r\nstatus = \"accepted\"\r\ncreated = 2024-02-11\r\n+++\r\n\r\n";
    assert_eq!(new, format!("{head}# 3. Über\r\n\r\n{body}"));
    let (_, new) = moved("doc/adr/0003-x.md", &text, "madr4");
    let head = "\u{feff}---\r\nstatus: accepted\r\ndate: 2024-02-11\r\n---\r\n\r\n";
    assert_eq!(new, format!("{head}# 3. Über\r\n\r\n{body}"));
}

#[test]
fn a_head_keeps_its_comments_its_order_and_keys_that_nobody_knows() {
    let text = "---\n# who: see wiki\nparent: Decisions  # for the menu\nstatus: \"accepted\"\ncolour: red\ndate: 2024-09-17 # signed\n\
        decision-makers: Ada (@ada), Femi\ninformed: [Lin]\nnav_order: 3\n---\n\n# Maps\n\nText.";
    let (run, new) = moved("docs/decisions/0001-maps.md", text, "native");
    assert_eq!(run.code, Some(0), "{}", run.err);
    let head = "---\n# who: see wiki\nparent: Decisions  # for the menu\nstatus: \"accepted\"\ncolour: red\ncreated: 2024-09-17 # signed\n\
        decision-makers: Ada (@ada), Femi\nnav_order: 3\ndaci:\n  approver: [\"Ada\", \"Femi\"]\n  informed: [\"Lin\"]\n---\n\n# Maps\n\nText.";
    assert_eq!(new, head);
}

#[test]
fn lines_that_say_more_than_a_head_can_stay_in_the_text() {
    let text = "# Maps\n\n* Status: accepted <!-- optional -->\n* Deciders: Ada (@ada), Femi\n* Date: 2024-09-17 (draft of May)\n\
        * Cost: high\n\n## Context\n\nText.\n";
    let (run, new) = moved("docs/adr/0001-maps.md", text, "native");
    assert_eq!(run.code, Some(0), "{}", run.err);
    let wanted = "+++\nstatus = \"accepted\"\ncreated = 2024-09-17\n\n[daci]\napprover = [\"Ada\", \"Femi\"]\n+++\n\n# Maps\n\n\
        <!-- optional -->\n* Deciders: Ada (@ada), Femi\n* Date: 2024-09-17 (draft of May)\n* Cost: high\n\n## Context\n\nText.\n";
    assert_eq!(new, wanted);
}

#[test]
fn what_has_no_place_in_a_head_is_refused_where_it_stands() {
    let adr = |status: &str| format!("# X\n\n* Status: {status}\n\n## Context\n\nText.\n");
    let project = Project::of(&[
        ("docs/adr/0001-part.md", &adr("Accepted — point 3 superseded by ADR-0002")),
        ("docs/adr/0002-fine.md", &adr("Accepted")),
        ("docs/adr/0003-odd.md", &adr("Acepted")),
        ("docs/adr/0004-window.md", &adr("Provisional (2026-01-03 to 2026-01-17)")),
        ("docs/adr/0005-day.md", "# X\n\nDate: 03/04/2026\n\n## Status\n\nAccepted\n"),
        ("docs/adr/0006-broken.md", "---\nstatus: accepted\ndate: [2026\n---\n\n# X\n"),
        ("docs/adr/0007-prose.md", "# X\n\n## Status\n\nAccepted\n\nWe tried it in May.\n\n## Context\n"),
    ]);
    let run = project.run(&["migrate", "--to", "native", "--write"]);
    assert_eq!(run.code, Some(1));
    for words in [
        "docs/adr/0001-part.md:3:44: not moved: only a part of this record was replaced",
        "docs/adr/0003-odd.md:3:11: not moved: `Acepted` is no status that is known",
        "docs/adr/0004-window.md:3:38: not moved: a status that holds between two days",
        "docs/adr/0005-day.md:3:7: not moved: `Date` is `03/04/2026`, which is not one day; write it as year-month-day",
        "docs/adr/0006-broken.md:3:7: not moved: this `[` is never closed; close it",
        "docs/adr/0007-prose.md:5:1: not moved: the section says more than the status",
        "Moved 1 file. 6 records stay as before",
    ] {
        assert!(run.err.contains(words), "{words}\n{}", run.err);
    }
    assert!(run.out.starts_with("--- a/docs/adr/0002-fine.md\n+++ b/docs/adr/0002-fine.md\n@@ "), "{}", run.out);
    assert_eq!(fs::read_to_string(project.path("docs/adr/0003-odd.md")).unwrap(), adr("Acepted"));
}

#[test]
fn what_madr_cannot_say_is_refused_and_not_dropped() {
    let head = "+++\ntitle = \"Maps\"\nstatus = \"accepted\"\ncreated = 2026-03-02\n";
    for (more, place) in [
        ("\n[[consulted]]\nwho = \"ada\"\non = 2026-02-01\n", "8:1: not moved: MADR has no place for `on`"),
        ("\n[daci]\ndriver = \"ada\"\nsponsor = \"grace\"\n", "8:1: not moved: MADR has no place for `sponsor`"),
        ("summary = \"C# here\"\n# why this is kept\n", "6:1: not moved: a comment stands in the head"),
    ] {
        let text = format!("{head}{more}+++\n\n## Context\n\nText.\n");
        let (run, new) = moved("docs/adr/0001-maps.md", &text, "madr4");
        assert!(run.err.contains(place), "{place}: {}", run.err);
        assert_eq!(new, text);
    }
}

#[test]
fn a_link_on_a_line_is_not_lost_with_it() {
    let minutes = "https://example.org/minutes";
    for line in ["Status: [accepted](M)", "Date: [2026-03-02](M)", "ADR: [1](M)"] {
        let line = line.replace('M', minutes);
        let others =
            ["Status: accepted", "Date: 2026-03-02"].into_iter().filter(|other| other.get(..4) != line.get(..4));
        let lines: String = others.chain([line.as_str()]).map(|line| format!("* {line}\n")).collect();
        let text = format!("# Maps\n\n{lines}\n## Context\n\nText.\n");
        let (_, new) = moved("docs/adr/0001-maps.md", &text, "native");
        assert!(new.contains(minutes), "{line}: {new}");
    }
}

#[test]
fn a_move_can_be_limited_to_records_and_folders() {
    let adr = "# X\n\n* Status: accepted\n";
    let files = [("docs/adr/0001-a.md", adr), ("docs/adr/old/0002-b.md", adr), ("docs/adr/old/0003-c.md", adr)];
    let project = Project::of(&files);
    let run = project.run(&["migrate", "--to", "native", "ADR-1", "docs/adr/old/0003-c.md"]);
    assert_eq!(fs::read_to_string(project.path("docs/adr/0001-a.md")).unwrap(), adr, "written without being asked to");
    assert!(run.err.contains("Would move 2 files."), "{}", run.err);
    assert!(run.out.contains("0001-a.md") && !run.out.contains("0002-b.md"), "{}", run.out);
    let run = project.run(&["migrate", "--to", "native", "docs/adr/old"]);
    assert!(run.err.contains("Would move 2 files.") && !run.out.contains("0001-a.md"), "{}", run.err);
    let run = project.run(&["migrate", "--to", "native", "ADR-9"]);
    assert!(run.code == Some(2) && run.err.contains("there is no record `ADR-9`"), "{}", run.err);
}

#[test]
fn there_is_a_way_back_to_madr_for_what_madr_can_say() {
    let text = "+++\ntitle = \"Maps\"\nstatus = \"superseded\"\ncreated = 2026-03-02\nsuperseded-by = [\"ADR-0002\"]\n\n[daci]\ndriver = \"ada\"\n\
        approver = \"femi\"\n+++\n\n## Context\n\nText.\n";
    let (run, new) = moved("docs/adr/0001-maps.md", text, "madr4");
    assert_eq!(run.code, Some(0), "{}", run.err);
    let head = "---\ntitle: Maps\nstatus: superseded\ndate: 2026-03-02\ndecision-makers: [\"femi\"]\nauthor: ada\n\
        superseded-by: [\"ADR-0002\"]\n---\n\n## Context\n\nText.\n";
    assert_eq!(new, head);
    let (run, new) = moved("docs/adr/0001-maps.md", &text.replace("created", "door = \"one-way\"\ncreated"), "madr4");
    assert!(run.err.contains("docs/adr/0001-maps.md:4:1: not moved: MADR has no place for `door`"), "{}", run.err);
    assert!(new.contains("door"));
    let (run, _) = moved("docs/adr/0001-maps.md", &text.replace("2026-03-02", "2026-03-02 # signed"), "madr4");
    assert!(run.err.contains("0001-maps.md:4:22: not moved: a comment stands in the head"), "{}", run.err);
}
