//! Arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    precedent::cli::run(std::env::args_os())
}
