//! A project in a git repository of its own.

use crate::project::Project;
use crate::tool::need;
use std::process::Command;

/// Who does what no test asks about, and when.
const SOMEBODY: (&str, &str) = ("Ada", "2024-01-10");

/// Makes the project's folder a repository, and gives what runs git in it.
///
/// # Panics
/// When git fails, or is missing and cannot be installed.
pub(crate) fn start(project: &Project) -> impl Fn(&[&str]) {
    need("git", "git");
    let git = move |arguments: &[&str]| drop(git(project, "", SOMEBODY, arguments));
    git(&["init", "--quiet"]);
    git
}

/// Runs git in a folder of the project, as an author and on a day, and gives what it writes; the settings of whoever runs the test
/// have no say.
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
