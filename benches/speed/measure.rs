//! What a process took: time on the wall, time of processors, and memory at its peak.

use std::io;
use std::process::Command;

/// What a process took.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Taken {
    /// Seconds from its start to its end.
    pub(crate) wall: f64,
    /// Seconds of all processors, its own and the system's for it.
    pub(crate) cpu: f64,
    /// The largest resident set, in KiB.
    pub(crate) memory: u64,
}

/// Runs a program and returns what it took, and its exit code. It is started by a small process of ours that starts
/// nothing else: the system counts for all children of a process together, and its peak may be that of the parent.
///
/// # Errors
/// When it cannot be run, or what it took cannot be read.
pub(crate) fn measure(command: &mut Command) -> io::Result<(Taken, Option<i32>)> {
    let mut wrapped = Command::new(std::env::current_exe()?);
    wrapped.arg("measure").arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        wrapped.current_dir(folder);
    }
    let output = wrapped.output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    parse(&text).ok_or_else(|| io::Error::other(format!("{text}{}", String::from_utf8_lossy(&output.stderr))))
}

fn parse(text: &str) -> Option<(Taken, Option<i32>)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [wall, cpu, memory, code] = words.as_slice() else { return None };
    let taken = Taken { wall: wall.parse().ok()?, cpu: cpu.parse().ok()?, memory: memory.parse().ok()? };
    Some((taken, code.parse().ok()))
}

/// The small process: runs what stands behind `measure`, and prints what it took.
///
/// # Errors
/// When it cannot be run.
#[cfg(unix)]
pub(crate) fn run(arguments: &[String]) -> io::Result<()> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    use std::process::Stdio;
    use std::time::Instant;

    let (program, rest) = arguments.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let start = Instant::now();
    let status = Command::new(program).args(rest).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    let wall = start.elapsed().as_secs_f64();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = |time: nix::sys::time::TimeVal| time.num_microseconds() as f64 / 1e6;
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    // Systems of the BSD family count in bytes.
    let memory = usage.max_rss() / if cfg!(target_vendor = "apple") { 1024 } else { 1 };
    println!("{wall} {cpu} {memory} {}", status.code().map_or_else(|| "none".to_owned(), |code| code.to_string()));
    Ok(())
}

/// What a process took is only known on Unix.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub(crate) fn run(_: &[String]) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}
