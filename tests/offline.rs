//! What publishes and checks asks nothing of any network: the system ends whatever asks it for a socket.
#![cfg(target_os = "linux")]
#![allow(
    dead_code,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may fail, runs programs, and says what it did not try"
)]

mod project;
mod repository;
mod tool;

use project::Project;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tool::need;

/// How the runner says that there is no such filter here.
const NO_FILTER: i32 = 125;
/// The signal by which the system ends what asks for a socket.
const REFUSED: i32 = 31;

/// Makes the runner, whose source lies beside this file: a build needs a C compiler, and so there is one.
fn runner(folder: &Path) -> PathBuf {
    need("cc", "build-essential");
    let runner = folder.join("without-sockets");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/offline/without_sockets.c");
    let made = Command::new("cc").arg("-o").arg(&runner).arg(source).status().expect("cc runs");
    assert!(made.success());
    runner
}

#[test]
fn neither_a_build_nor_a_check_opens_a_socket() {
    let folder = tempfile::tempdir().expect("a folder");
    let runner = runner(folder.path());
    let project = Project::of(&[
        ("precedent.toml", "[site]\nbase-url = \"https://log.example.org/\"\n[markdown]\nremote-images = true\n"),
        ("content/index.md", "# Home\n\n![a](https://e.example/a.png) <https://e.example> a@e.example\n"),
        (
            "content/adr/0001-x.md",
            "+++\ntitle = \"X\"\nstatus = \"accepted\"\ncreated = 2026-01-02\n+++\n\n## Context\n\n```mermaid\nflowchart LR\nA --> B\n\
             click A \"https://e.example\"\n```\n\n```rust\nfn main() {}\n```\n\n$x^2$ [y](https://e.example/y) [z](0009-none.md)\n",
        ),
        ("content/rfc/0001-y.md", "+++\ntitle = \"Y\"\nstatus = \"draft\"\n+++\n\n## Summary\n\nY.\n"),
    ]);
    let git = repository::start(&project);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "One"]);
    git(&["remote", "add", "origin", "https://e.example/log.git"]);
    let run = |arguments: &[&str]| -> Output {
        let mut command = Command::new(&runner);
        command.arg(env!("CARGO_BIN_EXE_precedent")).args(arguments).current_dir(project.path("."));
        command.args(["--as-of", "2026-06-01"]).output().expect("starts")
    };
    let said = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();

    // That it would be seen: a preview listens.
    let serve = run(&["serve", "--port", "0"]);
    if serve.status.code() == Some(NO_FILTER) {
        return eprintln!("not tried: the system takes no filter here: {}", said(&serve));
    }
    assert_eq!(serve.status.signal(), Some(REFUSED), "{}", said(&serve));
    for arguments in [
        &["check"][..],
        &["check", "--changed", "HEAD"],
        &["check", "--fix-dry-run"],
        &["build"],
        &["build"],
        &["build", "--strict", "--drafts", "--no-cache"],
        &["list"],
    ] {
        let output = run(arguments);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {:?} {}", output.status, said(&output));
    }
    assert!(project.path("public/adr/0001-x.html").exists());
}
