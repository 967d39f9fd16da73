//! The editor face over logs of several roots, and over folders that come and go.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and writes files"
)]

mod editor;
mod project;

use editor::{Editor, applied, at, uri};
use project::Project;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ROOTS: &str = "[[roots]]\npath = \"web/adr\"\nprefix = \"web\"\nkind = \"adr\"\n[[roots]]\npath = \"api/adr\"\nprefix = \"api\"\nkind = \"adr\"\n";

const WEB: &str = "web/adr/0002-cache.md";

const WEB_TEXT: &str = "---\nstatus: accepted\nrelates-to: [ADR-1, 1]\n---\n# A cache\n\n## Context\n\nSee ADR-0001, WEB-ADR-1 and API-ADR-1; \
    also [ADR-1][bus], ADR-1 and [the bus][bus], or [ADR-1](0001-bus.html#x \"ADR-1\").\n\n[bus]: 0001-bus.md\n";

const API: &str = "api/adr/0001-gateway.md";

const API_TEXT: &str = "---\nstatus: accepted\nid: ADR-1\n---\n# A gateway\n\nSee WEB-ADR-0001 and ADR-1.\n";

fn project() -> Project {
    Project::of(&[
        ("precedent.toml", ROOTS),
        ("web/adr/0001-bus.md", "---\nstatus: accepted\n---\n# A bus\n"),
        (WEB, WEB_TEXT),
        (API, API_TEXT),
    ])
}

fn able() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] } },
    })
}

/// The place of the first letter of some words.
fn place(uri: &str, text: &str, words: &str) -> Value {
    let before = &text[..text.find(words).expect("there")];
    let line = before.matches('\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
    at(uri, u32::try_from(line).expect("few"), u32::try_from(column).expect("few"))
}

/// The files of the project after the id at some words of a file has become another.
fn renamed(
    editor: &mut Editor,
    project: &Project,
    (file, words): (&str, &str),
    name: &str,
) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(project.path(file)).expect("UTF-8");
    let mut params = place(&uri(project, file), &text, words);
    params["newName"] = json!(name);
    let edit = editor.ask("textDocument/rename", params);
    let operations = edit["documentChanges"].as_array().expect("a list");
    let mut files = BTreeMap::new();
    for operation in operations {
        if let Some(to) = operation["newUri"].as_str() {
            files.insert("renamed".to_owned(), to.rsplit('/').next().expect("a name").to_owned());
            continue;
        }
        let address = operation["textDocument"]["uri"].as_str().expect("text");
        let path = address.strip_prefix(&format!("{}/", uri(project, ""))).expect("below").to_owned();
        let text = std::fs::read_to_string(project.path(&path)).expect("UTF-8");
        files.insert(path, applied(&text, operation["edits"].as_array().expect("a list")));
    }
    files
}

#[test]
fn an_id_means_the_record_of_its_own_root() {
    let project = project();
    let mut editor = Editor::open(&project, &able());
    let (web, api) = (uri(&project, WEB), uri(&project, API));
    editor.edit(&web, WEB_TEXT);
    editor.edit(&api, API_TEXT);
    let mut leads = |uri: &str, text: &str, words: &str| {
        let place = editor.ask("textDocument/definition", place(uri, text, words));
        place["uri"].as_str().unwrap_or("nowhere").rsplit("/adr/").next().expect("a name").to_owned()
    };
    for (words, file) in
        [("ADR-0001, WEB", "0001-bus.md"), ("WEB-ADR-1", "0001-bus.md"), ("API-ADR-1", "0001-gateway.md")]
    {
        assert_eq!(leads(&web, WEB_TEXT, words), file, "{words}");
    }
    assert_eq!(leads(&api, API_TEXT, "ADR-1.\n"), "0001-gateway.md");
    editor.leave();
}

#[test]
fn an_id_is_renamed_as_it_is_written() {
    let project = project();
    let mut editor = Editor::open(&project, &able());
    editor.settle();
    let files = renamed(&mut editor, &project, (WEB, "ADR-0001, WEB"), "WEB-ADR-12");
    assert_eq!(files["renamed"], "0012-bus.md");
    assert_eq!(
        files[WEB],
        "---\nstatus: accepted\nrelates-to: [ADR-0012, 12]\n---\n# A cache\n\n## Context\n\nSee ADR-0012, WEB-ADR-0012 and API-ADR-1; \
         also [ADR-0012][bus], ADR-0012 and [the bus][bus], or [ADR-0012](0012-bus.html#x \"ADR-0012\").\n\n[bus]: 0012-bus.md\n"
    );
    assert_eq!(files[API], API_TEXT.replace("WEB-ADR-0001", "WEB-ADR-0012"));
    // Its prefix goes without saying in a new id, too; and the record's own stays as short as it was.
    let files = renamed(&mut editor, &project, (API, "ADR-1.\n"), "ADR-7");
    assert_eq!(files["renamed"], "0007-gateway.md");
    assert_eq!(files[API], "---\nstatus: accepted\nid: ADR-0007\n---\n# A gateway\n\nSee WEB-ADR-0001 and ADR-0007.\n");
    assert_eq!(files[WEB], WEB_TEXT.replace("API-ADR-1", "API-ADR-0007"));
    editor.leave();
}

#[test]
fn ids_are_completed_with_and_without_the_prefix_of_their_root() {
    let project = project();
    let mut editor = Editor::open(&project, &able());
    let web = uri(&project, WEB);
    for (typed, wanted) in [
        ("WEB-ADR-0", &["WEB-ADR-0001"][..]),
        ("web-", &["WEB-ADR-0001"]),
        ("adr-", &["API-ADR-0001", "WEB-ADR-0001"]),
        ("API-ADR-1", &["API-ADR-0001"]),
        ("API-ADR-2", &[]),
        ("See", &[]),
    ] {
        let text = format!("# A cache\n\n{typed}");
        editor.edit(&web, &text);
        let column = u32::try_from(typed.len()).expect("few");
        let list = editor.ask("textDocument/completion", at(&web, 2, column));
        let labels: Vec<&str> = list["items"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|item| item["label"].as_str().expect("text"))
            .collect();
        assert_eq!(labels, wanted, "{typed}");
    }
    editor.leave();
}

#[test]
fn a_key_that_is_there_is_not_offered_again() {
    let project = project();
    let mut editor = Editor::open(&project, &able());
    let web = uri(&project, WEB);
    editor.edit(&web, "---\ndaci:\n  driver: ann\n  \n  approver: vp\n---\n# A cache\n");
    let list = editor.ask("textDocument/completion", at(&web, 3, 2));
    let labels: Vec<&str> =
        list["items"].as_array().expect("a list").iter().map(|item| item["label"].as_str().expect("text")).collect();
    assert_eq!(labels, ["contributors", "informed"]);
    editor.leave();
}

#[test]
fn what_is_no_longer_found_is_not_repaired() {
    const WRONG: &str = "[markdown]\nraw-html = \"alow\"\n";
    let project = Project::of(&[("precedent.toml", WRONG), ("content/index.md", "# Log\n")]);
    let mut editor = Editor::open(&project, &able());
    let settings = uri(&project, "precedent.toml");
    let offered = |editor: &mut Editor| {
        let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
        let ask = json!({ "textDocument": { "uri": settings }, "range": whole, "context": { "diagnostics": [] } });
        editor.ask("textDocument/codeAction", ask).as_array().expect("a list").len()
    };
    editor.edit(&settings, WRONG);
    assert_eq!(editor.findings(&settings).len(), 1);
    assert_eq!(offered(&mut editor), 1);
    // The word is put right while a bracket is open: the log is still seen under the settings of before.
    editor.change(&settings, 2, [0, 9, 1, 17], "\nraw-html = \"allow\"");
    assert!(editor.findings(&settings).iter().all(|finding| finding.ends_with("malformed-front-matter")));
    assert_eq!(offered(&mut editor), 0);
    editor.leave();
}

#[test]
fn a_folder_that_is_shown_no_more_is_left() {
    let project = Project::of(&[
        ("one/precedent.toml", ""),
        ("one/content/adr/0001-x.md", "---\nstatus: frobnicated\n---\n# x\n"),
        ("two/precedent.toml", ""),
        ("two/content/adr/0001-y.md", "---\nstatus: frobnicated\n---\n# y\n"),
    ]);
    let folder = |name: &str| json!({ "uri": uri(&project, name), "name": name });
    let mut editor = Editor::start(&project);
    let folders = [folder("one"), folder("two")];
    let params = json!({ "processId": null, "rootUri": null, "capabilities": able(), "workspaceFolders": folders });
    editor.ask("initialize", params);
    editor.tell("initialized", json!({}));
    let (x, y) = (uri(&project, "one/content/adr/0001-x.md"), uri(&project, "two/content/adr/0001-y.md"));
    assert!(!editor.findings(&x).is_empty() && !editor.findings(&y).is_empty());
    let turn = |editor: &mut Editor, removed: &[&str], added: &[&str]| {
        let all = |names: &[&str]| names.iter().map(|name| folder(name)).collect::<Vec<_>>();
        let event = json!({ "removed": all(removed), "added": all(added) });
        editor.tell("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    };
    turn(&mut editor, &["one"], &[]);
    assert!(editor.findings(&x).is_empty() && !editor.findings(&y).is_empty());
    let found = editor.ask("workspace/symbol", json!({ "query": "adr" }));
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    turn(&mut editor, &[], &["one"]);
    assert!(!editor.findings(&x).is_empty());
    // A text that is open is still looked at, until it is closed.
    editor.edit(&x, "---\nstatus: frobnicated\n---\n# x\n");
    turn(&mut editor, &["one"], &[]);
    assert!(!editor.findings(&x).is_empty());
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": x } }));
    assert!(editor.findings(&x).is_empty());
    assert_eq!(editor.vanish(), Some(1));
}

#[test]
fn a_project_is_not_named_on_the_command_line() {
    let project = project();
    for flag in ["--root", "--config"] {
        let run = project.run(&["lsp", flag, "."]);
        assert!(
            run.code == Some(2) && run.out.is_empty() && run.err.contains(&format!("`{flag}` says nothing here")),
            "{}",
            run.err
        );
    }
}
