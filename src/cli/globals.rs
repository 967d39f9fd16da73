//! The flags of every command.

use super::console::{Console, Voice};
use super::today::{date_argument, moment, today};
use crate::date::{Date, Moment};
use crate::error::{Error, Result};
use crate::stack::STACK;
use anstream::ColorChoice;
use clap::{ArgAction, Args, ValueEnum, value_parser};
use std::path::PathBuf;

/// The flags of every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Globals {
    /// The project's folder [default: the nearest upwards with a precedent.toml, else one that shows a log, else this one]
    #[arg(short, long, global = true, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,

    /// Another settings file than precedent.toml, relative to the project's folder
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// How many threads work at a time [default: one for each core]
    #[arg(short, long, global = true, value_name = "N", value_parser = value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,

    /// The day that rules on dates take for today [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, global = true, value_name = "DATE", value_parser = date_argument)]
    as_of: Option<Date>,

    /// Say nothing but findings and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,

    /// Also say which folder, settings and date are used
    #[arg(short, long, global = true, action = ArgAction::SetTrue)]
    verbose: bool,

    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are heard for `auto`
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Colour::Auto)]
    color: Colour,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

impl Globals {
    /// The terminal as the flags want it; sets the colours for all that is written from now on.
    pub(super) fn console(&self) -> Console {
        let choice = match self.color {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        };
        choice.write_global();
        let voice = match (self.quiet, self.verbose) {
            (true, _) => Voice::Quiet,
            (_, true) => Voice::Verbose,
            _ => Voice::Normal,
        };
        Console { voice }
    }

    /// The flag that names a project or its settings, where one does.
    pub(super) fn names_project(&self) -> Option<&'static str> {
        let root = self.root.as_ref().map(|_| "--root");
        root.or_else(|| self.config.as_ref().map(|_| "--config"))
    }

    /// Sets the number of threads, and the room that each has.
    ///
    /// # Errors
    /// When the threads cannot be started.
    pub(super) fn set_threads(&self) -> Result<()> {
        // Without a number there are as many as processors.
        let jobs = self.jobs.map_or(0, usize::from);
        let threads = rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build_global();
        threads.map_err(|error| Error::Refused { message: format!("could not start the threads: {error}") })
    }

    /// The day that rules take for today.
    ///
    /// # Errors
    /// When `SOURCE_DATE_EPOCH` makes no sense.
    #[allow(clippy::disallowed_methods, reason = "the environment is read in cli")]
    pub(super) fn today(&self) -> Result<Date> {
        let epoch = std::env::var_os("SOURCE_DATE_EPOCH").map(|epoch| epoch.to_string_lossy().into_owned());
        today(self.as_of, epoch.as_deref())
    }

    /// The moment that a command stamps: the day of `--as-of`, else the second of `SOURCE_DATE_EPOCH`, else of the clock.
    ///
    /// # Errors
    /// When `SOURCE_DATE_EPOCH` makes no sense.
    #[allow(clippy::disallowed_methods, reason = "the environment is read in cli")]
    pub(super) fn now(&self) -> Result<Moment> {
        let epoch = std::env::var_os("SOURCE_DATE_EPOCH").map(|epoch| epoch.to_string_lossy().into_owned());
        moment(self.as_of, epoch.as_deref())
    }
}
