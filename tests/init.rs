//! A new log: it checks clean, publishes, and leaves alone what was there.

#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a test may fail, and reads what was written")]

mod project;

use project::Project;
use std::fs;
use std::process::Command;

#[test]
fn a_starter_checks_clean_and_publishes_at_once() {
    let project = Project::of(&[]);
    let run = project.run(&["init"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("precedent.toml\n") && run.out.contains(".gitlab-ci.yml\n"), "{}", run.out);
    assert!(run.err.contains("precedent serve"), "{}", run.err);
    let check = project.run(&["check", "--strict"]);
    assert_eq!((check.code, check.out.as_str()), (Some(0), ""), "{}", check.err);
    let build = project.run(&["build", "--strict"]);
    assert_eq!(build.code, Some(0), "{}", build.err);
    for page in ["index.html", "rfc/0001-decide-in-writing.html", "handbook/how-we-decide.html"] {
        assert!(project.path("public").join(page).is_file(), "{page}");
    }
    // It is an example, and does not begin to nag when it is left alone.
    let mut later = Command::new(env!("CARGO_BIN_EXE_precedent"));
    let later = later.args(["check", "--strict", "--as-of", "2029-06-01"]).current_dir(project.path("")).output();
    let later = later.expect("starts");
    assert_eq!((later.status.code(), later.stdout.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn its_workflow_names_what_others_have_written_by_its_commit() {
    let project = Project::of(&[]);
    assert_eq!(project.run(&["init"]).code, Some(0));
    let workflow = fs::read_to_string(project.path(".github/workflows/decisions.yml")).expect("written");
    let used: Vec<&str> = workflow.lines().filter_map(|line| line.split_once("uses: ")).map(|(_, used)| used).collect();
    assert!(used.len() > 2, "{workflow}");
    for used in used {
        let commit = used.split(['@', ' ']).nth(1).unwrap_or("");
        let is_whole = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(is_whole && used.contains(" # v"), "{used}");
    }
    assert!(!workflow.contains("pull_request_target") && workflow.contains("persist-credentials: false"), "{workflow}");
}

#[test]
fn what_is_there_is_left_as_it_is() {
    let project = Project::of(&[("precedent.toml", "[site]\ntitle = \"Ours\"\n"), (".gitignore", "/x/\n")]);
    let run = project.run(&["init"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("precedent.toml is there already and was left as it is"), "{}", run.err);
    assert_eq!(fs::read_to_string(project.path("precedent.toml")).expect("there"), "[site]\ntitle = \"Ours\"\n");
    assert_eq!(fs::read_to_string(project.path(".gitignore")).expect("there"), "/x/\n");
    assert!(project.path("content/index.md").is_file());
    let again = project.run(&["init"]);
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""));
    assert_eq!(again.err, "Nothing was written: all of it is there.\n");
}

#[test]
fn a_folder_is_made_and_one_within_a_log_is_refused() {
    let project = Project::of(&[]);
    let run = project.run(&["init", "new/log"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("cd new/log"), "{}", run.err);
    assert!(project.path("new/log/precedent.toml").is_file());
    let inner = project.run(&["init", "new/log/inner"]);
    assert_eq!(inner.code, Some(2));
    assert!(inner.err.contains("lies in the project"), "{}", inner.err);
}

#[test]
fn records_that_are_there_are_taken_up_and_not_passed_by() {
    let project = Project::of(&[("docs/adr/0001-x.md", "# 1. X\n\n## Status\n\nAccepted\n")]);
    let run = project.run(&["init"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("there are records in `docs/adr`: take them up with `precedent init --adopt`"),
        "{}",
        run.err
    );
    assert!(!project.path("precedent.toml").exists());
}

#[cfg(unix)]
#[test]
fn the_hook_can_be_run() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::of(&[]);
    project.run(&["init"]);
    let mode = fs::metadata(project.path(".githooks/pre-commit")).expect("there").permissions().mode();
    assert_eq!(mode & 0o111, 0o111, "{mode:o}");
}
