//! `precedent lsp`: the editor face.

use super::globals::Globals;
use super::outcome::Outcome;
use crate::date::Date;
use crate::error::{Error, Result};
use crate::lsp::{Ended, serve};

/// Speak with an editor: findings as you type, completion, navigation and renaming
///
/// An editor starts this and speaks the language server protocol over standard input and output. A text belongs to the nearest
/// folder upwards with a precedent.toml, else to one that shows a log; texts elsewhere are left alone.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Lsp {
    /// Understood for editors that always say so; there is no other way
    #[arg(long, hide = true)]
    stdio: bool,
}

impl Lsp {
    /// Speaks until the editor leaves.
    ///
    /// # Errors
    /// When the command line names a project, or what comes in is not the protocol at all.
    pub(super) fn run(&self, globals: &Globals) -> Result<Outcome> {
        if let Some(flag) = globals.names_project() {
            return Err(Error::Refused {
                message: format!(
                    "`{flag}` says nothing here: the editor opens the texts, and where a text lies says to which project it belongs; \
                     take it out"
                ),
            });
        }
        let first_day = globals.today()?;
        // An editor may be open for days.
        let today = || -> Date { globals.today().unwrap_or(first_day) };
        Ok(match serve(&today)? {
            Ended::Well => Outcome::Clean,
            Ended::Abruptly => Outcome::Deserted,
        })
    }
}
