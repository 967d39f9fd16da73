//! The preview follows every change, keeps the last good site up, and ends in order.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and makes its own files"
)]

mod wire;

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};
use wire::preview::{Preview, wait_for};
use wire::{connect_to, hear, send_to};

const PROJECT: [(&str, &str); 3] = [
    ("precedent.toml", "[site]\ntitle = \"Our log\"\n"),
    ("content/index.md", "# Our decisions\n\nFirst words.\n"),
    ("content/handbook/first.md", "# First chapter\n\nText.\n"),
];

#[test]
fn a_saved_file_reaches_the_open_page() {
    let preview = Preview::start(&PROJECT);
    assert!(preview.get("/").body.contains("First words."));
    let mut events = preview.listen();
    preview.write("content/index.md", "# Our decisions\n\nOther words.\n");
    hear(&mut events, &mut String::new(), 1);
    assert!(preview.get("/").body.contains("Other words."));

    // New folders, new settings, and the way editors save: aside, then renamed.
    fs::create_dir_all(preview.folder.path().join("content/handbook/new/deep")).expect("made");
    preview.write("content/handbook/new/deep/page.md", "# Deep page\n\nDeep words.\n");
    hear(&mut events, &mut String::new(), 1);
    preview.write("content/index.tmp", "# Our decisions\n\nWords moved in.\n");
    let (aside, place) = ("content/index.tmp", "content/index.md");
    fs::rename(preview.folder.path().join(aside), preview.folder.path().join(place)).expect("moved");
    wait_for(|| preview.get("/").body.contains("Words moved in."));
    preview.write("precedent.toml", "[site]\ntitle = \"Another title\"\n");
    wait_for(|| preview.get("/").body.contains("Another title"));

    // The content folder may go and come back.
    let content = preview.folder.path().join("content");
    fs::rename(&content, preview.folder.path().join("away")).expect("moved");
    fs::create_dir(&content).expect("made");
    preview.write("content/index.md", "# Our decisions\n\nWords from a new folder.\n");
    wait_for(|| preview.get("/").body.contains("Words from a new folder."));
    preview.write("content/index.md", "# Our decisions\n\nStill followed.\n");
    wait_for(|| preview.get("/").body.contains("Still followed."));
    assert!(!preview.folder.path().join("public").exists(), "the preview writes nothing");
}

#[test]
fn another_base_url_has_its_address_told() {
    let preview = Preview::start(&PROJECT);
    preview.write("precedent.toml", "[site]\nbase-url = \"https://docs.example.org/log/\"\n");
    let told = || preview.said().matches("/log/ now.").count();
    wait_for(|| told() == 1);
    preview.write("content/index.md", "# Our decisions\n\nOther words.\n");
    wait_for(|| preview.get("/log/").body.contains("Other words."));
    assert_eq!(told(), 1, "{}", preview.said());
}

#[test]
fn settings_that_call_everything_output_do_not_blind_the_preview() {
    let mut files = PROJECT.to_vec();
    files[0].1 = "[paths]\noutput = \".\"\n";
    let preview = Preview::start(&files);
    preview.write("content/index.md", "# Our decisions\n\nOther words.\n");
    wait_for(|| preview.get("/").body.contains("Other words."));
}

#[cfg(unix)]
#[test]
fn what_is_behind_a_link_is_followed_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |path: &str| folder.path().join(path);
    fs::create_dir_all(path("docs/below")).expect("made");
    fs::create_dir(path("settings")).expect("made");
    fs::write(path("docs/index.md"), "# Home\n").expect("written");
    fs::write(path("settings/log.toml"), "").expect("written");
    std::os::unix::fs::symlink("docs", path("content")).expect("linked");
    std::os::unix::fs::symlink("settings/log.toml", path("precedent.toml")).expect("linked");
    let preview = Preview::of(folder);
    preview.write("docs/index.md", "# Home\n\nOther words.\n");
    wait_for(|| preview.get("/").body.contains("Other words."));
    preview.write("settings/log.toml", "[site]\ntitle = \"Another title\"\n");
    wait_for(|| preview.get("/").body.contains("Another title"));
}

#[test]
fn words_that_have_changed_since_a_record_was_circulated_are_named() {
    let text = "+++\ntitle = \"x\"\nstatus = \"draft\"\ndoor = \"two-way\"\n\n[daci]\napprover = \"a\"\n+++\n\n## Context\n\nIt waits for sixty seconds.\n\n\
        ## Decision\n\nIt is queued.\n\n## Alternatives Considered\n\nDoing nothing was not chosen, for it costs money.\n\n## Consequences\n\nIt is quick.\n";
    let preview = Preview::start(&[("content/adr/0001-x.md", text), ("precedent.toml", "")]);
    let mut circulate = Command::new(env!("CARGO_BIN_EXE_precedent"));
    circulate.args(["circulate", "1", "--sent", "2026-06-01T09:00:00Z", "--held", "2026-06-04T09:00:00Z"]);
    assert!(circulate.current_dir(preview.folder.path()).output().expect("starts").status.success());
    let changes = || -> serde_json::Value {
        let reply = preview.get("/_precedent/state?page=/adr/0001-x.html");
        let state: serde_json::Value = serde_json::from_str(&reply.body).expect("JSON");
        state["record"]["changes"].clone()
    };
    let sent = fs::read_to_string(preview.folder.path().join("content/adr/0001-x.md")).expect("UTF-8");
    preview.write("content/adr/0001-x.md", &sent.replace("sixty", "ninety"));
    let end = Instant::now() + Duration::from_secs(10);
    while changes().is_null() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
    }
    let changes = changes();
    assert_eq!(changes["since"], "circulated on 2026-06-01");
    let pieces =
        serde_json::json!([["same", "It waits for"], ["gone", "sixty"], ["new", "ninety"], ["same", "seconds."]]);
    assert_eq!((&changes["passages"][0]["section"], &changes["passages"][0]["pieces"]), (&"Context".into(), &pieces));
}

#[test]
fn the_log_as_data_has_its_address() {
    let preview =
        Preview::start(&[("content/a.md", "# A\n\n[data](log.json)\n"), ("content/log.json", "{\"mine\": 1}")]);
    let data = preview.get("/log.json").body;
    assert!(data.contains("\"records\""), "{data}");
}

#[test]
fn many_quick_saves_end_in_the_last_state() {
    let preview = Preview::start(&PROJECT);
    for number in 1..=20 {
        preview.write("content/index.md", &format!("# Our decisions\n\nSave {number}.\n"));
        std::thread::sleep(Duration::from_millis(number * 7 % 60));
    }
    wait_for(|| preview.get("/").body.contains("Save 20."));
}

#[test]
fn fifty_open_tabs_follow_a_save_and_wait_for_no_slow_one() {
    let preview = Preview::start(&PROJECT);
    // These ask, and take nothing of the answer.
    let mut slow: Vec<TcpStream> = (0..4).map(|_| connect_to(&preview.host)).collect();
    for (stream, target) in slow.iter_mut().zip(["/_precedent/events", "/", "/log.html", "/search/index.js"]) {
        let request = format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host);
        stream.write_all(request.as_bytes()).expect("takes a request");
    }
    let tabs: Vec<TcpStream> = (0..50).map(|_| preview.listen()).collect();
    let start = Instant::now();
    preview.write("content/index.md", "# Our decisions\n\nWords for all.\n");
    std::thread::scope(|scope| {
        for mut tab in tabs {
            let preview = &preview;
            scope.spawn(move || {
                hear(&mut tab, &mut String::new(), 1);
                assert!(preview.get("/").body.contains("Words for all."));
                assert_eq!(preview.get("/_precedent/state?page=/").status, 200);
            });
        }
    });
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
    drop(slow);
}

#[test]
fn lists_follow_a_save_and_what_is_not_there_is_not_found() {
    let mut files = PROJECT.to_vec();
    files.push((
        "content/adr/0001-x.md",
        "+++\ntitle = \"Old name\"\nstatus = \"accepted\"\naliases = [\"old.html\"]\n+++\n",
    ));
    let preview = Preview::start(&files);
    let lists = [
        "/",
        "/log.html",
        "/kind/adr.html",
        "/log/status/accepted.html",
        "/log/board.html",
        "/health.html",
        "/log.json",
    ];
    for list in lists {
        assert!(preview.get(list).body.contains("Old name"), "{list}");
    }
    preview.write(
        "content/adr/0001-x.md",
        "+++\ntitle = \"New name\"\nstatus = \"accepted\"\naliases = [\"old.html\"]\n+++\n",
    );
    wait_for(|| preview.get("/adr/0001-x.html").body.contains("New name"));
    for list in lists {
        let body = preview.get(list).body;
        assert!(body.contains("New name") && !body.contains("Old name"), "{list}");
    }
    assert!(preview.get("/old.html").body.contains("adr/0001-x.html"));
    for (target, status) in [
        ("/favicon.ico", 404),
        ("/log.2.html", 404),
        ("/kind/adr.2.html", 404),
        ("/log/owner/nobody.html", 404),
        ("/rules/no-rule.html", 404),
        ("/search/none.js", 404),
        ("/none.xml", 404),
        ("/rules/broken-link.html", 200),
        ("/log/graph.html", 200),
        ("/log/timeline.html", 200),
        ("/log/registers.html", 200),
        ("/log/owners.html", 200),
        ("/tags.html", 200),
        ("/search/index.js", 200),
        ("/sitemap.xml", 404),
        ("/robots.txt", 200),
        ("/log.json", 200),
    ] {
        assert_eq!(preview.get(target).status, status, "{target}");
    }
}

#[test]
fn the_last_good_site_stays_up() {
    let mut files = PROJECT.to_vec();
    files[0].1 = "[site]\ntitle = \"Our log\"\n[paths]\ntheme = \"theme\"\n";
    files.push(("theme/static/own.css", "p {}"));
    let preview = Preview::start(&files);
    fs::create_dir_all(preview.folder.path().join("theme/templates")).expect("made");
    preview.write("theme/templates/base.html", "{% if %}");
    preview.write("theme/static/own.css", "p { color: teal }");
    preview.write("content/index.md", "# Our decisions\n\nBehind a broken theme.\n");
    std::thread::sleep(Duration::from_millis(800));
    assert!(preview.get("/").body.contains("First words."));
    let state = |preview: &Preview| preview.get("/_precedent/state?page=/").body;
    assert!(state(&preview).contains("theme/templates/base.html:1:7"), "{}", state(&preview));
    fs::remove_file(preview.folder.path().join("theme/templates/base.html")).expect("removed");
    wait_for(|| preview.get("/").body.contains("Behind a broken theme."));
    assert!(state(&preview).contains("\"failure\":null"), "{}", state(&preview));
}

#[test]
fn what_is_to_be_said_of_a_page_is_asked_by_its_path() {
    let mut files = PROJECT.to_vec();
    files.push((
        "content/rfc/0001-x.md",
        "+++\ntitle = \"X\"\nstatus = \"draft\"\ndraft = true\n+++\n\n[a](<gone <b>.md>)\n",
    ));
    let preview = Preview::start(&files);
    let state = |page: &str| -> serde_json::Value {
        let reply = preview.get(&format!("/_precedent/state?page={page}"));
        assert_eq!(reply.header("Content-Type"), Some("application/json; charset=utf-8"));
        assert_eq!((reply.status, reply.header("Access-Control-Allow-Origin")), (200, None));
        serde_json::from_str(&reply.body).expect("JSON")
    };
    let record = state("/rfc/0001-x.html");
    assert_eq!(record["record"]["status"], "Draft");
    assert_eq!(record["record"]["draft"], true);
    assert_eq!(record["record"]["next"][1]["status"], "Formal review");
    assert!(record["record"]["next"][1]["asks"].as_array().is_some_and(|asks| asks.len() > 2), "{record}");
    assert_eq!(record["record"]["pre-read"]["hours"], 48.0);
    let first = &record["findings"][0];
    assert_eq!(
        (&first["place"], &first["href"]),
        (&"content/rfc/0001-x.md:2:9".into(), &serde_json::Value::Null),
        "{record}"
    );
    // Other pages have nothing of it, and what is no page has nothing at all.
    for page in ["/", "/rfc/", "/nowhere", "", "/%2e%2e/%00", "//", "%"] {
        let state = state(page);
        assert_eq!((&state["findings"], state["record"]["status"].as_str()), (&serde_json::json!([]), None), "{page}");
    }
    // A page that is gone says so, and where its record is now.
    fs::rename(
        preview.folder.path().join("content/rfc/0001-x.md"),
        preview.folder.path().join("content/rfc/0001-<y>.md"),
    )
    .expect("renamed");
    wait_for(|| preview.get("/rfc/0001-x.html").status == 404);
    let gone = preview.get("/rfc/0001-x.html").body;
    assert!(gone.contains("<code>content/rfc/0001-x.md</code> is gone"), "{gone}");
    assert!(gone.contains("now <a href=\"/rfc/0001-%3Cy%3E.html\">RFC-0001: X</a>"), "{gone}");
    let request =
        format!("GET /_precedent/state HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: cross-site\r\n\r\n", preview.host);
    assert_eq!(send_to(&preview.host, request.as_bytes()).status, 403);
}

#[test]
fn a_finding_opens_the_editor_that_was_named() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("content/adr")).expect("made");
    fs::write(folder.path().join("content/adr/0001 a.md"), "# X\n\n[a](gone.md)\n").expect("written");
    let run = |arguments: &[&str], variable: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_precedent"));
        command.arg("serve").args(arguments).current_dir(folder.path()).env("PRECEDENT_EDITOR", variable);
        let output = command.output().expect("runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = run(&["--editor", "javascript:alert('{file}')"], "");
    assert!(code == Some(2) && said.contains("--editor") && said.contains("vscode://file/{file}"), "{said}");
    let (code, said) = run(&[], "vim");
    assert!(code == Some(2) && said.contains("PRECEDENT_EDITOR"), "{said}");

    let preview = Preview::with(folder, &["--editor", "x-edit://open?at={file}:{line}:{column}"]);
    let state = preview.get("/_precedent/state?page=/adr/0001%20a.html").body;
    assert!(state.contains("/content/adr/0001%20a.md:3:5\""), "{state}");
}

#[test]
fn nothing_of_the_preview_is_in_a_built_site() {
    let preview = Preview::start(&PROJECT);
    assert!(preview.get("/").body.contains("/_precedent/"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_precedent"));
    command.args(["build", "--quiet", "-o", "site"]).current_dir(preview.folder.path());
    assert!(command.output().expect("runs").status.code().is_some_and(|code| code < 2));
    let mut folders = vec![preview.folder.path().join("site")];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let text = fs::read(&entry).expect("read");
            assert!(!String::from_utf8_lossy(&text).contains("_precedent/"), "{}", entry.display());
            count += 1;
        }
    }
    assert!(count > 10);
}

#[cfg(unix)]
#[test]
fn an_interrupted_preview_ends_in_order() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
        let mut preview = Preview::start(&PROJECT);
        let _open: Vec<TcpStream> = (0..20).map(|_| preview.listen()).collect();
        let start = Instant::now();
        preview.signal(signal);
        assert_eq!(preview.child.wait().expect("ends").code(), Some(code), "{signal}");
        assert!(start.elapsed() < Duration::from_secs(2), "{signal}: {:?}", start.elapsed());
        assert!(!preview.folder.path().join("public").exists());
        let mut rest = String::new();
        preview.out.read_to_string(&mut rest).expect("UTF-8");
        assert_eq!(rest, "", "no finding was made");
    }
}

#[test]
fn visitors_are_held_to_what_the_settings_say() {
    let limits = "[limits]\nrequest-fields = 2\nrequest-line-bytes = 40\nrequest-seconds = 1\n";
    let mut files = PROJECT.to_vec();
    files.push(("precedent.toml", limits));
    let preview = Preview::start(&files);
    let status = |target: &str, more: &str| {
        let request = format!("GET {target} HTTP/1.1\r\nHost: {}\r\n{more}\r\n", preview.host);
        send_to(&preview.host, request.as_bytes()).status
    };
    let long = format!("/{}", "a".repeat(40));
    assert_eq!([status("/", ""), status("/", "A: b\r\n"), status("/", "A: b\r\nC: d\r\n")], [200, 200, 431]);
    assert_eq!(status(&long, ""), 414);
    let mut slow = connect_to(&preview.host);
    let (start, mut answer) = (Instant::now(), String::new());
    slow.write_all(b"GET / HTTP/1.1\r\n").expect("takes a request");
    slow.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 408 ") && start.elapsed() < Duration::from_secs(5), "{answer}");

    // Others hold from the next build on.
    preview.write("precedent.toml", "[limits]\nvisitors = 2\n");
    wait_for(|| status(&long, "") == 404);
    let silent = [connect_to(&preview.host), connect_to(&preview.host)];
    let is_turned_away = || {
        let mut third = connect_to(&preview.host);
        third.set_read_timeout(Some(Duration::from_millis(300))).expect("a timeout");
        let mut answer = [0; 12];
        third.read_exact(&mut answer).is_ok_and(|()| answer == *b"HTTP/1.1 503")
    };
    wait_for(is_turned_away);
    drop(silent);
}
