//! The terminal face: arguments, and one file per command.

mod advance;
mod build;
mod caching;
mod check;
mod circulate;
mod complete;
mod completions;
mod console;
mod diff;
mod dissent;
mod explain;
mod fix;
mod globals;
mod init;
mod interruption;
mod list;
mod lsp;
mod manual;
mod meant;
mod measure;
mod migrate;
mod named;
mod new;
mod outcome;
mod process;
mod project;
mod queue;
mod revision;
mod schema;
mod serve;
mod show;
mod sign;
mod starter;
mod table;
mod today;
mod understood;
mod words;

use crate::error::Result;
use crate::stack::roomy;
use clap::{CommandFactory, Parser, Subcommand};
use console::Console;
use globals::Globals;
use outcome::{FAILED, Outcome};
use std::ffi::OsString;
use std::process::ExitCode;

/// Publish and check a strategy handbook and its decision log
#[derive(Debug, Parser)]
#[command(name = "precedent", version, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 nothing is denied, 1 a finding is denied, 2 the work could not be done.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    globals: Globals,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Build),
    #[command(visible_alias = "lint")]
    Check(check::Check),
    Serve(serve::Serve),
    List(list::List),
    Show(show::Show),
    Queue(queue::Queue),
    New(new::New),
    Circulate(circulate::Circulate),
    Diff(diff::Diff),
    Sign(sign::Sign),
    Dissent(dissent::Dissent),
    Measure(measure::Measure),
    Advance(advance::Advance),
    Explain(explain::Explain),
    Init(init::Init),
    Migrate(migrate::Migrate),
    Lsp(lsp::Lsp),
    Schema(schema::Schema),
    Completions(completions::Completions),
    #[command(hide = true)]
    Complete(complete::Complete),
    #[command(name = "man")]
    Manual(completions::Manual),
}

/// Runs the program: 0 clean, 1 findings, 2 could not run.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    std::thread::scope(|scope| match roomy("work").spawn_scoped(scope, || work(&args)) {
        Ok(work) => work.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        // Where no thread can be had, there may still be room enough here.
        Err(_) => work(&args),
    })
}

fn work(args: &[OsString]) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(answer) => {
            // Help is printed this way, too; nobody reading it is no error.
            let _ = answer.print();
            return ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(FAILED));
        }
    };
    let console = cli.globals.console();
    match dispatch(&cli, console) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            console.error(&error);
            ExitCode::from(FAILED)
        }
    }
}

fn dispatch(cli: &Cli, console: Console) -> Result<Outcome> {
    cli.globals.set_threads()?;
    match &cli.command {
        Command::Build(build) => build.run(&cli.globals, console),
        Command::Check(check) => check.run(&cli.globals, console),
        Command::Serve(serve) => serve.run(&cli.globals, console),
        Command::Init(init) => init.run(&cli.globals, console),
        Command::Migrate(migrate) => migrate.run(&cli.globals, console),
        Command::List(list) => list.run(&cli.globals, console),
        Command::Show(show) => show.run(&cli.globals, console),
        Command::Queue(queue) => queue.run(&cli.globals, console),
        Command::Explain(explain) => explain.run(&cli.globals, console),
        Command::Lsp(lsp) => lsp.run(&cli.globals),
        Command::Schema(schema) => schema.run(console),
        Command::Completions(completions) => completions.run(Cli::command(), console),
        Command::Complete(complete) => complete.run(&cli.globals, Cli::command(), console),
        Command::Manual(manual) => manual.run(Cli::command(), console),
        Command::New(new) => new.run(&cli.globals, console),
        Command::Circulate(circulate) => circulate.run(&cli.globals, console),
        Command::Diff(diff) => diff.run(&cli.globals, console),
        Command::Sign(sign) => sign.run(&cli.globals, console),
        Command::Dissent(dissent) => dissent.run(&cli.globals, console),
        Command::Measure(measure) => measure.run(&cli.globals, console),
        Command::Advance(advance) => advance.run(&cli.globals, console),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_do_not_clash() {
        Cli::command().debug_assert();
    }
}
