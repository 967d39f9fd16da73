//! What the program tells of itself: the process, completions for shells, and the manual.

#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a test may fail, and writes files")]

mod project;

use project::Project;
use regex::Regex;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

#[test]
fn the_process_is_explained_by_the_projects_own_settings() {
    let settings = "[kinds.runbook]\nbased-on = \"adr\"\nprefix = \"RUN\"\nsummary = \"What to do at night.\"\n";
    let project = Project::of(&[("precedent.toml", settings)]);
    let list = project.run(&["explain", "process"]).out;
    assert!(list.contains("runbook") && list.contains("What to do at night."), "{list}");
    let life = project.run(&["explain", "process", "rfc"]).out;
    assert!(life.contains("may become: revision, approved"), "{life}");
    assert!(life.contains("asks for sign-offs: principal-engineer*"), "{life}");
    let diagram = project.run(&["explain", "process", "runbook", "--format", "mermaid"]).out;
    assert!(diagram.starts_with("stateDiagram-v2\n") && diagram.contains("proposed_ --> accepted_"), "{diagram}");
    for (arguments, words) in [
        (&["explain", "process", "rfcs"][..], "did you mean `rfc`?"),
        (&["explain", "process", "--format", "mermaid"], "say of which kind"),
        (&["explain", "broken-link", "rfc"], "belong to `precedent explain process`"),
        (&["explain", "proces"], "did you mean `process`?"),
    ] {
        let run = project.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(run.err.contains(words), "{}", run.err);
    }
}

#[test]
fn shells_complete_commands_and_flags() {
    let project = Project::of(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = project.run(&["completions", shell]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(run.out.contains("write-baseline") && run.out.contains("explain"), "{shell}");
    }
    project.write("completions.bash", &project.run(&["completions", "bash"]).out);
    project.write("content/adr/0001-bus.md", "+++\ntitle = \"One bus\"\nstatus = \"proposed\"\n+++\n");
    project.write("content/adr/0002-cache.md", "+++\ntitle = \"A cache\"\nstatus = \"draft\"\n+++\n");
    project.write("elsewhere/content/rfc/0007-x.md", "+++\nstatus = \"draft\"\n+++\n");
    let bin = Path::new(env!("CARGO_BIN_EXE_precedent")).parent().expect("a folder");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").expect("a path"));
    let completed = |words: &str, last: usize| {
        let script = format!(
            "source ./completions.bash; COMP_WORDS=(precedent {words}); COMP_CWORD={last}; \
             _precedent_log precedent \"${{COMP_WORDS[$COMP_CWORD]}}\" \"${{COMP_WORDS[$COMP_CWORD-1]}}\"; echo \"${{COMPREPLY[@]}}\""
        );
        let mut bash = Command::new("bash");
        bash.args(["-c", &script]).current_dir(project.path("")).env("PATH", &path);
        let output = bash.output().expect("bash");
        String::from_utf8(output.stdout).expect("UTF-8").trim_end().to_owned()
    };
    assert_eq!(completed("ch", 1), "check");
    assert_eq!(completed("check --fix-d", 2), "--fix-dry-run");
    assert_eq!(completed("check --format s", 3), "sarif");
    // And what is in the log.
    assert_eq!(completed("show ''", 2), "ADR-0001 ADR-0002");
    assert_eq!(completed("show ADR-0002", 2), "ADR-0002");
    assert_eq!(completed("--root elsewhere show R", 4), "RFC-0007");
    assert_eq!(completed("new wa", 2), "waiver");
    assert_eq!(completed("new adr x --supersedes ADR-0001", 5), "ADR-0001");
    assert_eq!(completed("list --status prop", 3), "proposed");
    assert_eq!(completed("advance ADR-2 ''", 3), "proposed withdrawn");
    assert_eq!(completed("advance --dry", 2), "--dry-run");
    // A log may be anybody's: nothing of what is in it is run.
    project.write(
        "precedent.toml",
        "[kinds.\"$(touch${IFS}planted)`touch planted`\"]\nbased-on = \"adr\"\nprefix = \"PWN\"\n",
    );
    assert!(completed("list --kind ''", 3).contains("planted"));
    assert!(!project.path("planted").exists());
    assert!(!project.run(&["--help"]).out.contains("complete "), "it is not for people");
}

#[test]
fn the_manual_has_every_command() {
    let manual = Project::of(&[]).run(&["man"]).out;
    for words in [".TH precedent 1", ".TH precedent-check 1", "\\-\\-write\\-baseline", "Exit codes"] {
        assert!(manual.contains(words), "{words} is not in {manual}");
    }
}

#[test]
fn the_task_for_vs_code_reads_what_the_program_writes() {
    let chapter = include_str!("../content/handbook/editors.md");
    let blocks = chapter.split("```json\n").skip(1).map(|rest| rest.split("```").next().expect("a block"));
    let blocks: Vec<Value> = blocks.map(|block| serde_json::from_str(block).expect("JSON")).collect();
    let task = &blocks.iter().find(|block| block.get("tasks").is_some()).expect("a task")["tasks"][0];
    let project = Project::of(&[
        (
            "content/adr/0001-a.md",
            "+++\ntitle = [1]\nstatus = \"accepted\"\ncreated = 2026-01-01\n+++\n\n[x](gone.md)\n",
        ),
        ("content/adr/0002 b.md", "+++\nstatus = \"acepted\"\n+++\n\n# B\n"),
        ("content/handbook/\u{e9}.md", "# \u{e9}\n\n[x](gone.md)\n"),
    ]);
    assert_eq!(task["command"], "precedent");
    let arguments: Vec<&str> =
        task["args"].as_array().expect("a list").iter().map(|word| word.as_str().expect("text")).collect();
    let lines = project.run(&arguments).out;
    let patterns = &task["problemMatcher"]["pattern"];
    let [first, second] =
        [0, 1].map(|at| Regex::new(patterns[at]["regexp"].as_str().expect("text")).expect("a pattern"));
    let group = |at: usize, name: &str| usize::try_from(patterns[at][name].as_u64().expect("a number")).expect("few");
    let mut read = Vec::new();
    let mut lines = lines.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(head) = first.captures(line) else { continue };
        let place = second.captures(lines.peek().expect("a place")).expect("a place");
        let of_head = ["severity", "code", "message"].map(|name| head[group(0, name)].to_owned());
        let of_place = ["file", "line", "column"].map(|name| place[group(1, name)].to_owned());
        read.push([&of_head[..], &of_place[..]].concat().join("|"));
    }
    let whole: Value = serde_json::from_str(&project.run(&["check", "--format", "json"]).out).expect("JSON");
    let told = |finding: &Value| {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let (start, file) = (&finding["place"]["start"], &finding["place"]["path"]);
        let parts =
            [&finding["severity"], &finding["rule"], &finding["message"], file, &start["line"], &start["column"]];
        parts.map(text).join("|")
    };
    let wanted: Vec<String> = whole["findings"].as_array().expect("a list").iter().map(told).collect();
    assert!(wanted.len() > 5, "{wanted:?}");
    assert_eq!(read, wanted);
}
