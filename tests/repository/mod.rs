//! A project in a git repository of its own.

use crate::project::Project;
use std::process::Command;

/// Runs git in a folder of the project, as an author and on a day, and gives what it writes.
///
/// # Panics
/// When git fails.
pub(crate) fn git(project: &Project, folder: &str, (author, day): (&str, &str), arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(project.path(folder)).args([
        "-c",
        "init.defaultBranch=main",
        "-c",
        "protocol.file.allow=always",
    ]);
    command.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), author).env(format!("GIT_{role}_EMAIL"), "author@example.org");
        command.env(format!("GIT_{role}_DATE"), format!("{day}T12:00:00 +0000"));
    }
    let output = command.output().expect("git runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "git {arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// Commits everything in the project's folder.
pub(crate) fn commit(project: &Project, who: (&str, &str), message: &str) {
    git(project, "", who, &["add", "--all"]);
    git(project, "", who, &["commit", "--quiet", "--allow-empty", "--message", message]);
}

/// A record that checks without findings.
pub(crate) fn record(title: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nstatus = \"proposed\"\n+++\n\n## Context\n\nOrders are lost when the broker restarts.\n\n\
         ## Decision\n\nWe keep them in a table until they are sent.\n\n## Alternatives Considered\n\n\
         A larger broker was not chosen, since it would restart all the same.\n\n## Consequences\n\nA table to look after.\n"
    )
}
