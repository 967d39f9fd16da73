//! What the program tells of itself: the process, completions for shells, and the manual.

#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a test may fail, and writes files")]

mod project;

use project::Project;
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
    let completed = |words: &str, last: usize| {
        let script = format!(
            "source ./completions.bash; COMP_WORDS=(precedent {words}); COMP_CWORD={last}; \
             _precedent precedent \"${{COMP_WORDS[$COMP_CWORD]}}\" \"${{COMP_WORDS[$COMP_CWORD-1]}}\"; echo \"${{COMPREPLY[@]}}\""
        );
        let output = Command::new("bash").args(["-c", &script]).current_dir(project.path("")).output().expect("bash");
        String::from_utf8(output.stdout).expect("UTF-8").trim_end().to_owned()
    };
    assert_eq!(completed("ch", 1), "check");
    assert_eq!(completed("check --fix-d", 2), "--fix-dry-run");
    assert_eq!(completed("check --format s", 3), "sarif");
}

#[test]
fn the_manual_has_every_command() {
    let manual = Project::of(&[]).run(&["man"]).out;
    for words in [".TH precedent 1", ".TH precedent-check 1", "\\-\\-write\\-baseline", "Exit codes"] {
        assert!(manual.contains(words), "{words} is not in {manual}");
    }
}
