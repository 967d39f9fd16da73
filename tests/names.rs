//! Files that other tools lose, follow out of their folder or publish unasked: each is published as it is meant, or named.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and makes its own files"
)]

mod project;
mod tree;

use project::Project;
use std::path::PathBuf;
use tree::tree;

/// Names that a shell, an address, a disk or a reader takes for something else.
const ODD: &[&str] = &[
    "a b",
    "a%20b",
    "a%2fb",
    "a%",
    "a#b",
    "a&b",
    "a+b",
    "a;b",
    "a=b",
    "a'b",
    "a~",
    "~a",
    "-a",
    "--help",
    "a.b.c",
    "a..b",
    "a.",
    "é",
    "e\u{301}",
    "日本語",
    "😀",
    "a\u{200b}b",
    "@a",
    "$a",
    "$(x)",
    "`x`",
    "{a}",
    "[a]",
    "(a)",
    "a,b",
    "!a",
    "^a",
    "index",
    "404",
    "log",
    "search",
    "İ",
    "ß",
    "SS",
    "ﬁ",
    "１",
    "A",
    "a",
    "x.html",
    "x.md",
    "con",
    "aux.x",
    "__proto__",
    "constructor",
];

/// Nobody loses a text because of its name: it is published, or named.
#[test]
fn odd_names_are_published_or_named() {
    let mut names: Vec<String> = ODD.iter().map(|name| (*name).to_owned()).collect();
    names.extend(["n".repeat(190), "é".repeat(95), "n".repeat(230)]);
    if cfg!(unix) {
        names.extend(
            ["a?b", "a:b", "C:x", "a\"b", "a<b>", "a\\b", "a|b", "a*b", "a ", "\ta", "a\nb", "a\u{1b}b"]
                .map(str::to_owned),
        );
    }
    let project = Project::of(&[]);
    for (at, name) in names.iter().enumerate() {
        project.write(&format!("content/n/{name}.md"), &format!("# Text {at}\n\nNumber-{at}-here.\n"));
    }
    let run = project.run(&["build"]);
    let all = project.run(&["check", "--all", "--format", "json"]).out;
    let found: serde_json::Value = serde_json::from_str(&all).expect("JSON");
    let findings = found["findings"].as_array().expect("findings").clone();
    let site = tree(&project.path("public"));
    let mut published = 0;
    for (at, name) in names.iter().enumerate() {
        let mark = format!("Number-{at}-here.");
        let stands = site.iter().any(|(path, bytes)| {
            path.extension().is_some_and(|extension| extension == "html")
                && String::from_utf8_lossy(bytes).contains(&mark)
        });
        let path = format!("content/n/{name}.md");
        let is_named = findings.iter().any(|finding| {
            finding["severity"] == "error"
                && finding.to_string().contains(&serde_json::to_string(&path).expect("a text"))
        });
        assert!(stands || is_named, "{name:?} is lost: {}", run.out);
        published += usize::from(stands);
    }
    assert!(published > names.len() - 8, "{published} of {}", names.len());
    // Where an address has odd letters, a link to it has them encoded.
    let log = String::from_utf8_lossy(&site[&PathBuf::from("n/index.html")]).into_owned();
    assert!(!log.contains("href=\"a b.html\""), "{log}");
}

#[test]
fn what_lies_beside_the_texts_stays_there_unless_it_is_linked_and_safe() {
    let secrets = [
        ".env",
        ".git/config",
        "id_rsa",
        "a.md~",
        "a.md.bak",
        ".a.md.swp",
        "#a.md#",
        "Thumbs.db",
        "key.pem",
        "dump.sql",
        "x.php",
        "x.htm",
        "x.html",
        "x.xhtml",
        "x.xml",
        "x.js",
        "x.mjs",
        "x.css",
        "x.svgz",
        "x.wasm",
        "x.exe",
        "x.sh",
        "x.tar.gz",
        ".npmrc",
        "node_modules/x.json",
        ".ssh/id.txt",
        "x.PHP",
        "x.html.",
        "unlinked.png",
        "unlinked.txt",
    ];
    let links: String = secrets
        .iter()
        .filter(|name| !name.starts_with("unlinked"))
        .map(|name| format!("[a](<{name}>) ![b](<{name}>)\n"))
        .collect();
    let project = Project::of(&[
        ("content/k.md", &format!("# K\n\n{links}\n[fine](fine.txt)\n")),
        ("content/fine.txt", "fine\n"),
    ]);
    secrets.iter().for_each(|name| project.write(&format!("content/{name}"), "aubergine"));
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(1), "{}", run.out);
    for (path, bytes) in tree(&project.path("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("aubergine"), "{}", path.display());
    }
    assert!(project.path("public/fine.txt").exists());
}

#[cfg(unix)]
#[test]
fn nothing_behind_a_link_or_a_pipe_is_read() {
    use std::os::unix::fs::symlink;
    let project = Project::of(&[
        ("precedent.toml", ""),
        ("content/a.md", "# A\n\n[a](p.txt) [b](e.txt) ![c](z.png) ![d](f.png)\n"),
    ]);
    let to = |target: &str, at: &str| symlink(target, project.path(&format!("content/{at}"))).expect("a link");
    for (target, at) in [
        ("/etc/passwd", "p.md"),
        ("/etc/passwd", "p.txt"),
        ("/etc", "etc"),
        ("/", "root"),
        ("/proc/self", "proc"),
        ("/proc/self/environ", "e.txt"),
        ("/dev/zero", "z.md"),
        ("/dev/zero", "z.png"),
        ("nowhere.md", "dangling.md"),
        ("self.md", "self.md"),
        ("two.md", "one.md"),
        ("one.md", "two.md"),
        ("..", "parent"),
        (".", "here"),
        ("../precedent.toml", "s.toml"),
    ] {
        to(target, at);
    }
    for pipe in ["f.md", "f.png"] {
        assert!(
            std::process::Command::new("mkfifo")
                .arg(project.path(&format!("content/{pipe}")))
                .status()
                .expect("runs")
                .success()
        );
    }
    let _socket = std::os::unix::net::UnixListener::bind(project.path("content/sock.md")).expect("a socket");
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let all = project.run(&["check", "--all"]).out;
    for (at, says) in [
        ("p.md", "is a link to /etc/passwd, outside the project"),
        ("p.txt", "is a link to /etc/passwd, outside the project"),
        ("etc", "is a link to /etc, outside the project"),
        ("root", "is a link to /, outside the project"),
        ("proc", "is a link to /proc/self, outside the project"),
        ("z.md", "is a link to /dev/zero"),
        ("z.png", "is a link to /dev/zero"),
        ("dangling.md", "is a link to nowhere.md, which does not exist"),
        ("self.md", "is a link to self.md, which cannot be followed"),
        ("one.md", "is a link to two.md, which cannot be followed"),
        ("parent", "is a link to .., outside the content folder"),
        ("here", "is a link to ., a folder"),
        ("s.toml", "outside the content folder"),
        ("f.md", "is not a regular file"),
        ("f.png", "is not a regular file"),
        ("sock.md", "is not a regular file"),
    ] {
        let found = all.lines().any(|line| line.contains(&format!("`content/{at}` ")) && line.contains(says));
        assert!(found, "{at} {says}: {all}");
    }
    for (path, bytes) in tree(&project.path("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("root:x:"), "{}", path.display());
    }
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_named_by_its_bytes() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let project = Project::of(&[("content/a.md", "# A\n")]);
    let content = project.path("content");
    // Some disks take no such names.
    if std::fs::write(content.join(OsStr::from_bytes(b"caf\xe9.md")), "# B\n").is_err() {
        return;
    }
    let run = project.run(&["build"]);
    assert!(
        run.out.contains("`content/caf\\xE9.md` has a name that is not UTF-8") && run.code == Some(1),
        "{}",
        run.out
    );
}
