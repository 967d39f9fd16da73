//! No text takes much memory or time, however it was made, and none needs more stack than a system gives.

#![cfg(unix)]
#![allow(
    dead_code,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and makes its own files"
)]

mod project;
mod tree;

use nix::sys::resource::{UsageWho, getrusage};
use precedent::config::Config;
use precedent::record::Record;
use precedent::source::Source;
use precedent::text::SourcePath;
use project::Project;
use std::process::Command;
use tree::tree;

/// Memory in KiB that a check or a build may take, and seconds of processor time: an unoptimised build takes many times as long as
/// the program that is given away, for which two seconds are the aim.
const MEMORY: usize = 1024 * 1024;
const SECONDS: usize = 60;

/// Bytes of a text of the families.
const SIZE: usize = 128 * 1024;

/// The program under limits of the system: on memory, on processor time, and `stack` KiB for the first thread and for those of whoever
/// asks for no more. Returns how it ended, and what it said.
fn limited(project: &Project, arguments: &str, stack: usize) -> (Option<i32>, String) {
    let program = env!("CARGO_BIN_EXE_precedent");
    // Memory that is reserved and not used counts here, too: a thread's stack, above all.
    let memory = 4 * MEMORY;
    let script = format!(
        "ulimit -v {memory}; ulimit -t {SECONDS}; ulimit -s {stack}; exec '{program}' {arguments} --as-of 2026-06-01 --jobs 2"
    );
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(project.path("")).env("RUST_MIN_STACK", (stack * 1024).to_string());
    let output = command.output().expect("starts");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    (output.status.code(), said)
}

/// As many of a unit as fit into the size of a family.
fn many(unit: &str) -> String {
    unit.repeat(SIZE / unit.len())
}

/// The same, each with its number in place of `#`.
fn numbered(unit: &str) -> String {
    (0..SIZE / unit.len()).map(|number| unit.replace('#', &number.to_string())).collect()
}

fn families() -> Vec<(&'static str, String)> {
    let deep = |open: &str, close: &str| open.repeat(30_000) + "x" + &close.repeat(30_000);
    vec![
        ("headings", many("# a\n")),
        ("quotes", many("> ")),
        ("lists", many("- ")),
        ("links", many("[a](b.md) ")),
        ("anchors", "## x\n\n".to_owned() + &numbered("[a](#h#) ").replace("#h#", "#h")),
        ("anchors and links to them", numbered("<a id=\"x#\"></a>[l](#x#) ").replace("(x", "(#x")),
        ("images", many("![](a) ")),
        ("images in images", "![".repeat(50_000) + &"](x)".repeat(50_000)),
        ("mentions", many("ADR-7 [ADR-8] ")),
        ("footnotes", numbered("[^#]\n\n[^#]: x\n\n")),
        ("cells", "|a|b|\n|-|-|\n".to_owned() + &many("|1|2|\n")),
        ("emphasis", many("*a ")),
        ("brackets", many("[")),
        ("comments", many("x <!-- a --> ")),
        ("allowing comments", many("<!-- precedent: allow broken-link: why not -->\n\n")),
        ("open comments", many("<!-- ")),
        ("entities", many("&amp;")),
        ("elements", many("<b>")),
        ("one line", many("word ")),
        ("code", many("```rust\nlet a = 1;\n```\n")),
        ("diagrams", numbered("```mermaid\nflowchart LR\nA#-->B\n```\n")),
        ("a diagram of many nodes", format!("```mermaid\nflowchart LR\n{}```\n", numbered("A#-->B\n"))),
        ("a diagram of groups", format!("```mermaid\nflowchart LR\n{}A-->B\n```\n", "subgraph s\n".repeat(4_000))),
        ("formulas", many("$x^2$ ")),
        ("placeholders", many("TBD {what is it} ")),
        (
            "aliases",
            format!(
                "---\na: &a [x, x]\n{}---\n",
                ('b'..='z')
                    .zip('a'..)
                    .map(|(next, of)| { format!("{next}: &{next} [*{of}, *{of}, *{of}, *{of}, *{of}, *{of}]\n") })
                    .collect::<String>()
            ),
        ),
        ("YAML", format!("---\na: {}\n---\n", deep("[", "]"))),
        ("TOML", format!("+++\na = {}\n+++\n", deep("[", "]"))),
        ("TOML in TOML", format!("+++\na = {}\n+++\n", deep("{a = ", "}"))),
        ("tags", format!("---\ntags: [{}]\n---\n", (0..9_000).map(|tag| format!("t{tag},")).collect::<String>())),
        ("a title", format!("# {}\n", "x".repeat(SIZE))),
    ]
}

#[test]
fn no_text_takes_long_or_much() {
    for (name, text) in families() {
        let project = Project::of(&[("content/adr/0001-x.md", &text)]);
        for command in ["check", "build"] {
            let (code, said) = limited(&project, command, 512);
            assert!(
                matches!(code, Some(0 | 1)),
                "{command} of {name} ends with {code:?}: {}",
                &said[..said.len().min(2_000)]
            );
            assert!(said.len() < 64 * 1024, "{command} of {name} says {} bytes", said.len());
        }
        match std::fs::metadata(project.path("public/adr/0001-x.html")) {
            Ok(page) => assert!(page.len() < 40 * 1024 * 1024, "{name} becomes {} bytes", page.len()),
            // A head of which nothing can be read might have kept its record back.
            Err(_) => {
                assert!(limited(&project, "check", 512).1.contains("record is not published"), "{name} has no page")
            }
        }
    }
}

/// Milliseconds of processor time that a record's text takes this thread to be read.
fn time_to_read(text: &str) -> i64 {
    let now = || {
        let usage = getrusage(UsageWho::RUSAGE_THREAD).expect("known");
        let (user, system) = (usage.user_time(), usage.system_time());
        (user.tv_sec() + system.tv_sec()) * 1_000 + (user.tv_usec() + system.tv_usec()) / 1_000
    };
    let start = now();
    let source = Source::new(SourcePath::new("content/adr/0001-x.md"), text);
    drop(Record::parse(&source, &Config::builtin()));
    now() - start
}

/// A name, and a text of so many bytes.
type Family = (&'static str, fn(usize) -> String);

/// A section of a record that says what others have in a head: some words, and as many of a unit as fit into a size.
fn section(title: &str, before: &str, unit: &str, size: usize) -> String {
    format!("# A\n\n## {title}\n\n{before}{}\n", unit.repeat(size / unit.len()))
}

/// Such sections are read apart from the Markdown.
#[test]
fn what_a_record_says_of_itself_takes_no_square_of_time() {
    let families: [Family; 14] = [
        ("phrases", |size| section("Status", "", "superseded by ", size)),
        ("states", |size| section("Status", "", "accepted, ", size)),
        ("links", |size| section("Status", "", "Superseded by [x](y.md)\n", size)),
        ("phrases of their own", |size| section("Status", "", "Clarifies [x](y.md)\n", size)),
        ("open links", |size| section("Status", "", "[a](", size)),
        ("open tags", |size| section("Status", "", "x <", size)),
        ("days", |size| section("Status", "", "superseded by ADR 3 2020-01-01 ", size)),
        ("a word", |size| section("Status", "", "is ", size)),
        ("lines that go on", |size| section("Meta", "Authors:\n", "  - A B\n", size)),
        ("semicolons", |size| section("Meta", "Authors: ", "a;", size)),
        ("tags in names", |size| section("Meta", "Authors: ", "<", size)),
        ("handles", |size| section("Meta", &format!("Authors: b,{}x", " ".repeat(size)), " @", size)),
        ("keys on a line", |size| section("Meta", "Status: ", "x | Date: ", size)),
        ("rows", |size| section("Meta", "| Key | Value |\n|---|---|\n", "| Status | accepted |\n", size)),
    ];
    for (name, text) in families {
        let (once, four_times) = (time_to_read(&text(SIZE)), time_to_read(&text(4 * SIZE)));
        assert!(four_times < 8 * once + 300, "{name}: {once} ms, and four times as much {four_times} ms");
    }
}

#[test]
fn a_chain_a_hub_and_a_mesh_are_read() {
    let record = |status: &str, relations: &str, text: &str| {
        format!(
            "+++\ntitle = \"A\"\nstatus = \"{status}\"\ncreated = 2026-01-02\n{relations}+++\n\n## Context\n\n{text}\n"
        )
    };
    let chain = |count: usize| {
        let project = Project::of(&[]);
        for number in 1..=count {
            let status = if number < count { "superseded" } else { "accepted" };
            let relation = if number > 1 { format!("supersedes = [\"ADR-{}\"]\n", number - 1) } else { String::new() };
            project.write(&format!("content/adr/{number:04}-x.md"), &record(status, &relation, "See ADR-1."));
        }
        project
    };
    let (code, said) = limited(&chain(5_000), "check", 512);
    assert!(matches!(code, Some(0 | 1)), "{code:?}: {}", &said[..said.len().min(2_000)]);
    let mesh = chain(150);
    let all: Vec<String> = (1..=150).map(|number| format!("\"ADR-{number}\"")).collect();
    for number in 1..=150 {
        let relations = format!("relates-to = [{}]\n", all.join(", "));
        mesh.write(&format!("content/adr/{number:04}-x.md"), &record("accepted", &relations, &all.join(" ")));
    }
    let (code, said) = limited(&mesh, "build", 512);
    assert!(matches!(code, Some(0 | 1)), "{code:?}: {}", &said[..said.len().min(2_000)]);
    assert!(mesh.path("public/adr/0150-x.html").exists());
}

/// Every sort of page, of records that are related to many others.
#[test]
fn a_small_stack_is_enough() {
    let project = Project::of(&[]);
    for number in 1..=30 {
        let before = number - 1;
        let head = "+++\ntitle = \"A\"\nstatus = \"accepted\"\ncreated = 2026-01-02\ntags = [\"x\"]\n";
        let related = format!("supersedes = [\"ADR-{before:04}\"]\nrelates-to = [\"ADR-0001\", \"RFC-0001\"]\n+++\n\n");
        let text = "## Context\n\nSee ADR-0001, ADR-0002 and [x](0001-x.md).\n\n> - a\n>   - b\n\n|a|\n|-|\n|b|\n\n\
            ```rust\nlet a = 1;\n```\n\n```mermaid\nflowchart LR\n subgraph s\n A --> B\n end\n```\n\n$\\frac{1}{2}$\n";
        project.write(&format!("content/adr/{number:04}-x.md"), &format!("{head}{related}{text}"));
    }
    project.write(
        "content/rfc/0001-y.md",
        "+++\ntitle = \"Y\"\nstatus = \"formal-review\"\n[daci]\ndriver = \"a\"\n+++\n\n## Summary\n\nY.\n",
    );
    project.write("content/handbook/a.md", "# A\n\nText.\n");
    let site = |out: &str, stack| {
        let (code, said) = limited(&project, &format!("build -o {out} --no-cache"), stack);
        assert!(matches!(code, Some(0 | 1)), "{stack} KiB: {code:?}: {}", &said[said.len().saturating_sub(2_000)..]);
        tree(&project.path(out))
    };
    let small = site("small", 512);
    assert!(small.len() > 100 && small == site("usual", 8192), "{} files", small.len());
}
