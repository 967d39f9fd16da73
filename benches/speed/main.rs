//! How long builds and checks take, beside the least that any generator must do, on logs of several sizes.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark makes its own files, prints, and may stop where something is wrong"
)]

mod corpus;
mod floor;
mod forms;
mod measure;

use measure::{Taken, measure};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Command;

const USAGE: &str = "cargo bench -- [SIZE ...] [--runs N]      measures; without sizes, 100 and 1000 records\n\
                     cargo bench -- corpus SIZE FOLDER          only writes the records, for other tools\n\
                     cargo bench -- forms SIZE [--runs N]       parses records of many forms beside those of this tool\n\
                     Sizes of 10000 and 100000 take minutes and gigabytes.";

/// The day on which it is always run: findings depend on the date.
const TODAY: [&str; 2] = ["--as-of", "2026-06-01"];

/// What is measured, in the order in which each round runs it.
const SCENARIOS: [Scenario; 8] = [
    Scenario { name: "floor: read, parse, write one HTML file each", work: Work::Floor },
    Scenario { name: "build, nothing remembered", work: Work::Build { fresh: true, cache: false } },
    Scenario {
        name: "build into an empty folder, with the cache of a run before",
        work: Work::Build { fresh: true, cache: true },
    },
    Scenario { name: "build again, nothing changed", work: Work::Build { fresh: false, cache: true } },
    Scenario { name: "build again, one record changed", work: Work::Change },
    Scenario { name: "build again, one record changed, without the cache", work: Work::ChangeAlone },
    Scenario { name: "check, nothing remembered", work: Work::Check { cache: false } },
    Scenario { name: "check, with the cache of a run before", work: Work::Check { cache: true } },
];

struct Scenario {
    name: &'static str,
    work: Work,
}

#[derive(Clone, Copy)]
enum Work {
    Floor,
    Build { fresh: bool, cache: bool },
    Change,
    ChangeAlone,
    Check { cache: bool },
}

fn main() -> io::Result<()> {
    // `cargo bench` adds a flag of its own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["measure", ..] => measure::run(&arguments[1..]),
        ["floor", content, out] => floor::convert(Path::new(content), Path::new(out)).map(drop),
        ["corpus", size, folder] => corpus::write(Path::new(folder), number(size)?),
        ["forms", size] => forms_of(number(size)?, 5),
        ["forms", size, "--runs", runs] => forms_of(number(size)?, number(runs)?),
        ["--help" | "-h", ..] => {
            println!("{USAGE}");
            Ok(())
        }
        [sizes @ .., "--runs", runs] => all(sizes, Some(number(runs)?)),
        sizes => all(sizes, None),
    }
}

fn forms_of(size: usize, runs: usize) -> io::Result<()> {
    println!("{}", forms::compare(size, runs));
    Ok(())
}

fn number(word: &str) -> io::Result<usize> {
    let plain = word.replace([',', '_'], "");
    let number = plain.parse().ok().filter(|number| (1..=999_999).contains(number));
    number.ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, format!("`{word}` is no number of records\n{USAGE}")))
}

fn all(sizes: &[&str], runs: Option<usize>) -> io::Result<()> {
    let sizes = if sizes.is_empty() { &["100", "1000"] } else { sizes };
    let sizes: Vec<usize> = sizes.iter().map(|size| number(size)).collect::<io::Result<_>>()?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{cores} cores; medians; processor seconds are of all cores together.");
    let mut folders = Vec::new();
    for size in sizes {
        let runs = runs.unwrap_or(match size {
            0..10_000 => 5,
            10_000..100_000 => 3,
            _ => 1,
        });
        folders.push(tempfile::tempdir()?);
        let folder = folders.last().map_or(Path::new(""), |folder| folder.path());
        table(folder, size, runs)?;
    }
    // Only now are they removed: making files takes some systems far longer while others were removed just before.
    drop(folders);
    Ok(())
}

/// Measures one size, and prints it as a table in Markdown.
fn table(folder: &Path, size: usize, runs: usize) -> io::Result<()> {
    let project = Project { root: folder.join("log"), size };
    corpus::write(&project.root, size)?;
    project.prepare()?;
    let mut rounds: Vec<Vec<Taken>> = Vec::new();
    for round in 0..runs {
        rounds.push(SCENARIOS.iter().map(|scenario| project.run(scenario, round)).collect::<io::Result<_>>()?);
    }
    println!("\n| {size} records, {runs} rounds | wall | processor | memory | processor, times the floor |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for (at, scenario) in SCENARIOS.iter().enumerate() {
        let of = |figure: &dyn Fn(&Taken) -> f64| median(rounds.iter().map(|round| figure(&round[at])).collect());
        let (wall, cpu) = (of(&|taken| taken.wall), of(&|taken| taken.cpu));
        let memory = of(&|taken| taken.memory as f64) / 1024.0;
        // Ratios are taken within a round: another round may have met a busier machine.
        let ratio = median(rounds.iter().map(|round| round[at].cpu / round[0].cpu).collect());
        println!("| {} | {wall:.3} s | {cpu:.3} s | {memory:.0} MiB | {ratio:.1} |", scenario.name);
    }
    Ok(())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// A generated log, and where things are made of it.
struct Project {
    root: PathBuf,
    size: usize,
}

impl Project {
    /// Fills the cache, and the folder that is built into again and again.
    fn prepare(&self) -> io::Result<()> {
        for command in ["build", "check"] {
            let out = if command == "build" { &["-o", "again"][..] } else { &[] };
            let status = self.command(command).args(out).output()?;
            let words = String::from_utf8_lossy(&status.stderr);
            assert!(status.status.code().is_some_and(|code| code < 2), "precedent {command} failed: {words}");
        }
        Ok(())
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_precedent"));
        command.arg(name).args(TODAY).current_dir(&self.root);
        command
    }

    fn run(&self, scenario: &Scenario, round: usize) -> io::Result<Taken> {
        let mut command = match scenario.work {
            Work::Floor => {
                let mut command = Command::new(std::env::current_exe()?);
                command.args(["floor", "content", &format!("floor-{round}")]).current_dir(&self.root);
                command
            }
            Work::Build { fresh: true, cache } => {
                let mut command = self.command("build");
                command.args(["-o", &format!("fresh-{round}-{cache}")]);
                command
            }
            Work::Build { .. } | Work::Change | Work::ChangeAlone => {
                let mut command = self.command("build");
                command.args(["-o", "again"]);
                command
            }
            Work::Check { .. } => self.command("check"),
        };
        if let Work::Change | Work::ChangeAlone = scenario.work {
            // One in the middle, with other code each time.
            let number = self.size.div_ceil(2);
            let name = if matches!(scenario.work, Work::Change) { "change" } else { "alone" };
            let more = format!("\nWords of round {round}.\n\n```rust\nfn {name}_{round}() -> u8 {{ 7 }}\n```\n");
            fs::write(self.root.join(corpus::path(number)), corpus::text(number) + &more)?;
        }
        if let Work::Build { cache: false, .. } | Work::Check { cache: false } | Work::ChangeAlone = scenario.work {
            command.arg("--no-cache");
        }
        let (taken, code) = measure(&mut command)?;
        assert!(code.is_some_and(|code| code < 2), "{}: the program ended with {code:?}", scenario.name);
        Ok(taken)
    }
}
