//! The editor face, as an editor meets it: over pipes, in the protocol's own words.

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

const BUS: &str = "+++\ntitle = \"One bus for all events\"\nstatus = \"accepted\"\ndoor = \"two-way\"\ncreated = 2026-03-01\n\
    tags = [\"events\"]\n[daci]\ndriver = \"bus-lead\"\napprover = \"vp-platform\"\n+++\n\n## Context\n\nQueues grew.\n\n## Decision\n\n\
    One bus.\n\n## Alternatives Considered\n\n### Do nothing\n\nNot chosen: the queues keep growing.\n\n### A queue each\n\nNot chosen: it \
    costs more than a bus.\n\n## Consequences\n\nLess to run.\n\n## Confirmation\n\nA test.\n";

const CACHE: &str = "+++\ntitle = \"A cache before the bus\"\nstatus = \"accepted\"\ndoor = \"two-way\"\nrelates-to = [\"ADR-1\"]\ncreated = \
    2026-04-01\n[daci]\ndriver = \"bus-lead\"\napprover = \"vp-platform\"\n+++\n\n## Context\n\nSee [ADR-0001](0001-bus.md#decision), and \
    ADR-1 again. 😀 Then [how](0001-bus.md).\n\n## Decision\n\nA cache.\n\n## Alternatives Considered\n\n### Do nothing\n\nNot chosen: \
    it is slow.\n\n### A bigger bus\n\nNot chosen: it costs more.\n\n## Consequences\n\nLess load.\n\n## Confirmation\n\nA test.\n";

const SETTINGS: &str = "[site]\ntitle = \"Log\"\n";

fn project() -> Project {
    Project::of(&[
        ("precedent.toml", SETTINGS),
        ("content/adr/0001-bus.md", BUS),
        ("content/adr/0002-cache.md", CACHE),
        ("content/index.md", "# Handbook\n\nStart with ADR-0001.\n"),
    ])
}

fn able() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] } },
    })
}

/// The labels of what may be written at a place.
fn offered(editor: &mut Editor, uri: &str, line: u32, column: u32) -> Vec<String> {
    let list = editor.ask("textDocument/completion", at(uri, line, column));
    list["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| item["label"].as_str().expect("text").to_owned())
        .collect()
}

#[test]
fn findings_follow_every_letter_of_an_unsaved_text() {
    let project = project();
    let mut editor = Editor::open(&project, &able());
    let bus = uri(&project, "content/adr/0001-bus.md");
    assert_eq!(editor.greeting["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(editor.greeting["serverInfo"]["name"], "precedent");
    editor.edit(&bus, BUS);
    assert_eq!(editor.findings(&bus), Vec::<String>::new());
    editor.change(&bus, 2, [2, 10, 2, 18], "acepted");
    assert_eq!(editor.findings(&bus), ["2:9-2:18 unknown-status"]);
    let told = &editor.published[&bus];
    assert_eq!(told["version"], 2);
    let finding = &told["diagnostics"][0];
    assert_eq!((&finding["severity"], &finding["source"]), (&json!(1), &json!("precedent")));
    assert!(finding["message"].as_str().expect("text").contains("did you mean `accepted`?"), "{finding}");
    editor.change(&bus, 3, [2, 10, 2, 17], "accepted");
    assert_eq!(editor.findings(&bus), Vec::<String>::new());
    // What others say of it is found in their files at once.
    let cache = uri(&project, "content/adr/0002-cache.md");
    editor.change(&bus, 4, [15, 3, 15, 11], "Verdict");
    assert!(editor.findings(&cache).iter().any(|finding| finding.ends_with("broken-anchor")));
    // The file was never touched; closed, it counts again.
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": bus } }));
    assert_eq!(editor.findings(&cache), Vec::<String>::new());
    assert_eq!(std::fs::read_to_string(project.path("content/adr/0001-bus.md")).expect("there"), BUS);
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn places_are_counted_as_the_editor_counts() {
    for (encoding, place) in [("utf-8", "4:14-4:18"), ("utf-16", "4:12-4:16"), ("utf-32", "4:11-4:15")] {
        let project = project();
        let capabilities = json!({ "general": { "positionEncodings": [encoding] } });
        let mut editor = Editor::open(&project, &capabilities);
        assert_eq!(editor.greeting["capabilities"]["positionEncoding"], encoding);
        let new = uri(&project, "content/index.md");
        editor.edit(&new, "\u{feff}# Handbook\r\n\r\nText.\r\n\r\n😀 text [x](y.md)\r\n");
        assert_eq!(editor.findings(&new), [format!("{place} broken-link")]);
        editor.leave();
    }
}

#[test]
fn an_editor_shows_what_the_terminal_shows() {
    let project = project();
    let text = CACHE
        .replace("\"accepted\"", "\"acepted\"")
        .replace("### Do nothing", "### Wait")
        .replace("0001-bus.md)", "1.md)");
    project.write("content/adr/0002-cache.md", &text);
    let run = project.run(&["check", "--format", "json"]);
    let whole: Value = serde_json::from_str(&run.out).expect("JSON");
    let point = |point: &Value| {
        format!("{}:{}", point["line"].as_u64().expect("a number") - 1, point["column"].as_u64().expect("a number") - 1)
    };
    let show = |finding: &Value| {
        let place = &finding["place"];
        format!("{}-{} {}", point(&place["start"]), point(&place["end"]), finding["rule"].as_str().expect("text"))
    };
    let checked: Vec<String> = whole["findings"].as_array().expect("a list").iter().map(show).collect();
    assert_eq!((run.code, checked.len()), (Some(1), 2), "{checked:?}");
    let mut editor = Editor::open(&project, &json!({ "general": { "positionEncodings": ["utf-32"] } }));
    assert_eq!(editor.findings(&uri(&project, "content/adr/0002-cache.md")), checked);
    editor.leave();
}

#[test]
fn repairs_and_exceptions_are_offered_where_they_help() {
    let project = project();
    let mut editor = Editor::open(&project, &able());
    let bus = uri(&project, "content/adr/0001-bus.md");
    editor.edit(
        &bus,
        &BUS.replace("\"accepted\"", "\"acepted\"")
            .replace("Less to run.", "Less to run, see [x](nowhere.md).")
            .replace('\n', "\r\n"),
    );
    editor.settle();
    let ask =
        |range: Value| json!({ "textDocument": { "uri": bus }, "range": range, "context": { "diagnostics": [] } });
    let range =
        |line: u32| json!({ "start": { "line": line, "character": 12 }, "end": { "line": line, "character": 12 } });
    let actions = editor.ask("textDocument/codeAction", ask(range(2)));
    let fix = &actions[0];
    assert_eq!((&fix["title"], &fix["kind"]), (&json!("Write `accepted`"), &json!("quickfix")), "{actions}");
    let edit = &fix["edit"]["changes"][&bus][0];
    assert_eq!((&edit["newText"], &edit["range"]["start"]["character"]), (&json!("accepted"), &json!(10)));
    let line = u32::try_from(BUS.lines().position(|line| line == "Less to run.").expect("there")).expect("few");
    let actions = editor.ask(
        "textDocument/codeAction",
        ask(json!({ "start": { "line": line, "character": 0 }, "end": { "line": line, "character": 40 } })),
    );
    let allow = actions
        .as_array()
        .expect("a list")
        .iter()
        .find(|action| action["title"] == "Allow `broken-link` here, with a reason");
    let edit = &allow.expect("offered")["edit"]["changes"][&bus][0];
    assert_eq!(edit["newText"], "\r\n\r\n<!-- precedent: allow broken-link: TODO -->");
    assert_eq!(edit["range"]["start"]["line"], line - 2);
    let elsewhere = editor.ask("textDocument/codeAction", ask(range(12)));
    assert_eq!(elsewhere, json!([]));
    editor.leave();
}

#[test]
fn what_may_be_written_is_offered() {
    let project = project();
    let mut editor = Editor::open(&project, &able());
    let new = uri(&project, "content/adr/0003-new.md");
    // A file that is not saved yet.
    let text = "+++\nstatus = \"\"\nsupersedes = [\"\"]\nta\n[daci]\napprover = \"\"\n+++\n\n## \n\nSee ADR-0 and [x](0001) and [y](0001-bus.md#dec)\n";
    editor.edit(&new, text);
    assert!(offered(&mut editor, &new, 1, 10).starts_with(&["proposed".to_owned(), "accepted".to_owned()]));
    assert_eq!(offered(&mut editor, &new, 2, 15), ["ADR-0001", "ADR-0002"]);
    assert!(offered(&mut editor, &new, 3, 2).contains(&"tags".to_owned()));
    assert_eq!(offered(&mut editor, &new, 5, 12), ["bus-lead", "vp-platform"]);
    assert_eq!(
        offered(&mut editor, &new, 8, 3),
        ["Context", "Decision", "Alternatives Considered", "Consequences", "Confirmation"]
    );
    assert_eq!(offered(&mut editor, &new, 10, 9), ["ADR-0001", "ADR-0002"]);
    assert_eq!(offered(&mut editor, &new, 10, 22), ["0001-bus.md"]);
    assert_eq!(offered(&mut editor, &new, 10, 47), ["decision"]);
    // A status comes with what it means, and replaces what is typed of it.
    let list = editor.ask("textDocument/completion", at(&new, 2, 15));
    let item = &list["items"][0];
    assert_eq!(item["detail"], "One bus for all events");
    assert_eq!(item["textEdit"]["newText"], "ADR-0001");
    assert!(item["documentation"]["value"].as_str().expect("text").contains("Accepted"), "{item}");
    editor.leave();
}

#[test]
fn references_tell_lead_and_are_found() {
    let project = project();
    let mut editor = Editor::open(&project, &able());
    let (bus, cache) = (uri(&project, "content/adr/0001-bus.md"), uri(&project, "content/adr/0002-cache.md"));
    editor.edit(&cache, CACHE);
    let told = editor.ask("textDocument/hover", at(&cache, 13, 10));
    let words = told["contents"]["value"].as_str().expect("text").to_owned();
    assert!(words.starts_with("**ADR-0001: One bus for all events**\n\nADR · Accepted · two-way door"), "{words}");
    let key = editor.ask("textDocument/hover", at(&cache, 4, 3));
    assert!(key["contents"]["value"].as_str().expect("text").contains("has to do with"), "{key}");
    let status = editor.ask("textDocument/hover", at(&cache, 2, 12));
    assert!(status["contents"]["value"].as_str().expect("text").contains("in force"), "{status}");
    assert_eq!(editor.ask("textDocument/hover", at(&cache, 17, 3)), Value::Null);
    // A link leads to the part that it names, a mention to the title.
    let place = editor.ask("textDocument/definition", at(&cache, 13, 10));
    assert_eq!((&place["uri"], &place["range"]["start"]["line"]), (&json!(bus), &json!(15)));
    let place = editor.ask("textDocument/definition", at(&cache, 4, 16));
    assert_eq!((&place["uri"], &place["range"]["start"]["line"]), (&json!(bus), &json!(1)));
    let mut params = at(&cache, 4, 16);
    params["context"] = json!({ "includeDeclaration": true });
    let places = editor.ask("textDocument/references", params);
    let lines: Vec<String> = places
        .as_array()
        .expect("a list")
        .iter()
        .map(|place| {
            let name = place["uri"].as_str().expect("text").rsplit('/').next().expect("a name");
            format!("{name}:{}:{}", place["range"]["start"]["line"], place["range"]["start"]["character"])
        })
        .collect();
    assert_eq!(
        lines,
        [
            "0001-bus.md:1:8",
            "0002-cache.md:4:14",
            "0002-cache.md:13:4",
            "0002-cache.md:13:42",
            "0002-cache.md:13:63",
            "index.md:2:11"
        ]
    );
    let symbols = editor.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": cache } }));
    let names: Vec<&str> =
        symbols.as_array().expect("a list").iter().map(|symbol| symbol["name"].as_str().expect("text")).collect();
    assert_eq!(names, ["Context", "Decision", "Alternatives Considered", "Consequences", "Confirmation"]);
    assert_eq!(symbols[2]["children"].as_array().expect("a list").len(), 2);
    let found = editor.ask("workspace/symbol", json!({ "query": "cache" }));
    assert_eq!(found[0]["name"], "ADR-0002: A cache before the bus");
    editor.leave();
}

#[test]
fn an_id_is_renamed_wherever_it_stands() {
    let project = project();
    let mut editor = Editor::open(&project, &able());
    let (bus, cache) = (uri(&project, "content/adr/0001-bus.md"), uri(&project, "content/adr/0002-cache.md"));
    editor.edit(&cache, CACHE);
    let asked = editor.ask("textDocument/prepareRename", at(&cache, 13, 7));
    assert_eq!(asked["placeholder"], "ADR-0001");
    assert_eq!(editor.ask("textDocument/prepareRename", at(&cache, 17, 1)), Value::Null);
    let mut refused = |name: &str| {
        let mut params = at(&cache, 13, 7);
        params["newName"] = json!(name);
        editor.request("textDocument/rename", params)["error"]["message"].as_str().unwrap_or("").to_owned()
    };
    assert!(refused("ADR-2").contains("is the id of content/adr/0002-cache.md"));
    assert!(refused("RFC-7").contains("starts with ADR"));
    assert!(refused("seven").contains("no id"));
    let mut params = at(&cache, 13, 7);
    params["newName"] = json!("ADR-12");
    let edit = editor.ask("textDocument/rename", params);
    let mut texts = std::collections::BTreeMap::from([
        (cache.clone(), CACHE.to_owned()),
        (uri(&project, "content/index.md"), "# Handbook\n\nStart with ADR-0001.\n".to_owned()),
    ]);
    let operations = edit["documentChanges"].as_array().expect("a list");
    for operation in operations.iter().filter(|operation| operation.get("kind").is_none()) {
        let text = texts.get_mut(operation["textDocument"]["uri"].as_str().expect("text")).expect("a file");
        *text = applied(text, operation["edits"].as_array().expect("a list"));
    }
    let renamed = &operations[operations.len() - 1];
    assert_eq!((&renamed["kind"], &renamed["oldUri"]), (&json!("rename"), &json!(bus)));
    assert_eq!(renamed["newUri"], uri(&project, "content/adr/0012-bus.md"));
    assert!(texts[&cache].contains("relates-to = [\"ADR-0012\"]"), "{}", texts[&cache]);
    assert!(
        texts[&cache].contains("See [ADR-0012](0012-bus.md#decision), and ADR-0012 again. 😀 Then [how](0012-bus.md)."),
        "{}",
        texts[&cache]
    );
    assert!(texts.values().any(|text| text.contains("Start with ADR-0012.")));
    editor.leave();
    // An editor that renames no files is told what to do.
    let mut editor = Editor::open(&project, &json!({}));
    editor.edit(&cache, CACHE);
    let mut params = at(&cache, 13, 7);
    params["newName"] = json!("ADR-12");
    let answer = editor.request("textDocument/rename", params);
    assert!(
        answer["error"]["message"]
            .as_str()
            .expect("text")
            .contains("rename content/adr/0001-bus.md to 0012-bus.md yourself")
    );
    editor.leave();
}

#[test]
fn settings_that_make_no_sense_yet_leave_the_log_as_it_was() {
    let project = project();
    let mut editor = Editor::open(&project, &able());
    let (settings, bus) = (uri(&project, "precedent.toml"), uri(&project, "content/adr/0001-bus.md"));
    editor.edit(&bus, &BUS.replace("## Decision", "## Verdict"));
    let before = editor.findings(&bus);
    assert!(!before.is_empty());
    editor.edit(&settings, "[site\ntitle = \"Log\"\n");
    assert_eq!(editor.findings(&settings).len(), 1);
    assert_eq!(editor.findings(&bus), before);
    editor.change(&settings, 2, [0, 5, 0, 5], "]");
    editor.change(&settings, 3, [2, 0, 2, 0], "[rules]\nmissing-section = \"allow\"\n");
    assert_eq!(editor.findings(&settings), Vec::<String>::new());
    assert_ne!(editor.findings(&bus), before);
    editor.leave();
}

#[test]
fn files_that_others_change_are_seen() {
    let project = project();
    let mut capabilities = able();
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let mut editor = Editor::open(&project, &capabilities);
    let asked = loop {
        let message = editor.receive();
        if message["method"] == "client/registerCapability" {
            break message;
        }
    };
    assert_eq!(asked["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    editor.send_raw(b"Content-Length: 38\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}");
    let cache = uri(&project, "content/adr/0002-cache.md");
    assert_eq!(editor.findings(&cache), Vec::<String>::new());
    std::fs::remove_file(project.path("content/adr/0001-bus.md")).expect("removed");
    let change = json!({ "uri": uri(&project, "content/adr/0001-bus.md"), "type": 3 });
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    assert!(editor.findings(&cache).iter().any(|finding| finding.ends_with("broken-link")));
    editor.leave();
}

#[test]
fn nonsense_is_refused_and_the_talk_goes_on() {
    let project = project();
    let mut editor = Editor::open(&project, &able());
    let bus = uri(&project, "content/adr/0001-bus.md");
    assert_eq!(editor.request("textDocument/frobnicate", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.request("textDocument/hover", json!({ "position": 7 }))["error"]["code"], -32602);
    assert_eq!(editor.ask("textDocument/hover", at("file:///elsewhere/x.md", 0, 0)), Value::Null);
    assert_eq!(editor.ask("textDocument/hover", at("untitled:Untitled-1", 0, 0)), Value::Null);
    assert_eq!(editor.ask("textDocument/hover", at(&bus, 4_000_000_000, 4_000_000_000)), Value::Null);
    editor.tell("textDocument/didChange", json!({ "nothing": true }));
    editor.change("file:///elsewhere/x.md", 1, [0, 0, 0, 0], "x");
    editor.edit(&bus, BUS);
    editor.change(&bus, 2, [9999, 7, 3, 9], "x");
    // A request that is taken back before its turn is not worked on.
    let id = editor.send_request("workspace/symbol", json!({ "query": "" }));
    editor.tell("$/cancelRequest", json!({ "id": id }));
    editor.answer(id);
    editor.settle();
    assert_eq!(editor.leave(), Some(0));
    let editor = Editor::open(&project, &able());
    assert_eq!(editor.vanish(), Some(1));
    let mut editor = Editor::start(&project);
    editor.send_raw(b"GET / HTTP/1.1\r\n\r\n");
    assert_ne!(editor.vanish(), Some(0));
}

#[test]
fn a_text_that_belongs_to_no_project_is_left_alone() {
    let project = Project::of(&[
        ("notes/todo.md", "# x\n"),
        ("notes/inner/precedent.toml", ""),
        ("notes/inner/content/adr/0001-y.md", "# y\n"),
    ]);
    let mut editor = Editor::open(&project, &able());
    let loose = uri(&project, "notes/todo.md");
    editor.edit(&loose, "---\nstatus: frobnicated\n---\n");
    assert_eq!(editor.findings(&loose), Vec::<String>::new());
    // A project below the folder that is open is met with its first text.
    let inner = uri(&project, "notes/inner/content/adr/0001-y.md");
    editor.edit(&inner, "---\nstatus: frobnicated\n---\n");
    assert!(editor.findings(&inner).iter().any(|finding| finding.ends_with("unknown-status")));
    editor.leave();
}

#[test]
fn a_log_needs_no_settings() {
    let project = Project::of(&[("docs/adr/0001-bus.md", BUS)]);
    let mut editor = Editor::open(&project, &able());
    let bus = uri(&project, "docs/adr/0001-bus.md");
    editor.edit(&bus, &BUS.replace("accepted", "acepted"));
    assert!(editor.findings(&bus).iter().any(|finding| finding.ends_with("unknown-status")));
    editor.leave();
}
