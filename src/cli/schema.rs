//! `precedent schema`: what the program's own formats look like, for editors and programs.

use super::console::Console;
use super::outcome::Outcome;
use crate::config::SETTINGS_SCHEMA;
use crate::error::Result;
use crate::record::FRONT_MATTER_SCHEMA;
use crate::report::FINDINGS_SCHEMA;
use crate::site::LOG_SCHEMA;
use clap::ValueEnum;

/// Print the JSON Schema of a format
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Schema {
    /// Which format
    #[arg(value_name = "FORMAT", value_enum)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// The head of a record
    FrontMatter,
    /// precedent.toml
    Settings,
    /// What `check --format json` writes
    Findings,
    /// The log.json of a site
    Log,
}

impl Schema {
    /// Prints the schema.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn run(&self, console: Console) -> Result<Outcome> {
        console.exact(match self.format {
            Format::FrontMatter => FRONT_MATTER_SCHEMA,
            Format::Settings => SETTINGS_SCHEMA,
            Format::Findings => FINDINGS_SCHEMA,
            Format::Log => LOG_SCHEMA,
        })?;
        Ok(Outcome::Clean)
    }
}
