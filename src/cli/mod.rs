//! The terminal face: arguments, and one file per command.

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program: 0 clean, 1 findings, 2 could not run.
pub fn run(_args: impl IntoIterator<Item = OsString>) -> ExitCode {
    todo!()
}
