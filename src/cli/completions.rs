//! `precedent completions` and `precedent man`: what shells and manual readers are given.

use super::console::Console;
use super::outcome::Outcome;
use crate::error::{Error, Result};
use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use std::io;
use std::path::PathBuf;

/// Print completions for a shell
///
/// For bash, in ~/.bashrc: source <(precedent completions bash)
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Completions {
    /// Which shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// Print the manual page
///
/// To read it: precedent man | man -l -
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Manual {}

impl Completions {
    /// Prints the completions of a command line.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(super) fn run(&self, mut command: Command, console: Console) -> Result<Outcome> {
        let mut bytes = Vec::new();
        clap_complete::generate(self.shell, &mut command, "precedent", &mut bytes);
        console.exact(&String::from_utf8_lossy(&bytes))?;
        Ok(Outcome::Clean)
    }
}

impl Manual {
    /// Prints the manual page of a command line, with those of its commands behind it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn run(&self, mut command: Command, console: Console) -> Result<Outcome> {
        command.build();
        let mut bytes = Vec::new();
        let render =
            |command: Command, title: String, bytes: &mut Vec<u8>| Man::new(command).title(title).render(bytes);
        let subcommands: Vec<Command> = command.get_subcommands().filter(|one| !one.is_hide_set()).cloned().collect();
        let written = render(command, "precedent".to_owned(), &mut bytes).and_then(|()| {
            let named = subcommands.into_iter().filter(|one| one.get_name() != "help");
            named.into_iter().try_for_each(|one| {
                let name = one.get_bin_name().unwrap_or(one.get_name()).replace(' ', "-");
                render(one, name, &mut bytes)
            })
        });
        let failed =
            |source: io::Error| Error::Io { doing: "could not write", path: PathBuf::from("the manual"), source };
        written.map_err(failed)?;
        console.exact(&String::from_utf8_lossy(&bytes))?;
        Ok(Outcome::Clean)
    }
}
