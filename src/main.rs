//! Arguments in, exit code out.

use std::process::ExitCode;

// A build makes millions of short-lived strings on every core; the system's allocator spends a third of the time on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    precedent::cli::run(std::env::args_os())
}
