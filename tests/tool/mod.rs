//! Programs from outside that a test needs: found, or installed where that is allowed.

use std::process::{Command, Stdio};

/// Makes sure that `program` runs; on Debian, for root, it is installed from `package`.
///
/// # Panics
/// With what to do, when it is missing and cannot be installed.
pub(crate) fn need(program: &str, package: &str) {
    if runs(program, &["--version"]) {
        return;
    }
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if is_root && runs("apt-get", &["--version"]) {
        let install = ["install", "--yes", "--no-install-recommends", package];
        let is_there = runs("apt-get", &install) || (runs("apt-get", &["update"]) && runs("apt-get", &install));
        if is_there && runs(program, &["--version"]) {
            return;
        }
    }
    panic!(
        "this test needs `{program}`, which is not there: install the package `{package}` (apt-get install {package})"
    );
}

fn runs(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
