//! `precedent complete`: what of the log may stand where a command line is being written, for shells to ask.

use super::globals::Globals;
use super::outcome::Outcome;
use super::project::Project;
use super::table::plain;
use super::{caching::Caching, console::Console};
use crate::author::find;
use crate::config::{Lifecycle, Status};
use crate::error::Result;
use crate::workspace::{Demand, Snapshot};
use clap::{Arg, Command};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Print what of the log may be written next
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Complete {
    /// The words of the command line behind the program's name; the last one is being written
    #[arg(last = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

/// The place in a command line that is being written.
#[derive(Debug, Default, PartialEq, Eq)]
struct Place {
    /// What stands there, as the help names it: `ID`, `KIND`.
    name: String,
    /// The words before it that are no flags, without the command's own.
    before: Vec<String>,
    /// The project's folder, where the line names one.
    root: Option<PathBuf>,
    /// The settings, where the line names some.
    config: Option<PathBuf>,
}

impl Complete {
    /// Prints one candidate to a line, each with a few words behind a tab; nothing where only the author knows.
    ///
    /// # Errors
    /// When the project cannot be read.
    pub(super) fn run(&self, globals: &Globals, command: Command, console: Console) -> Result<Outcome> {
        let place = place(command, &self.words);
        if !["ID", "KIND", "STATUS"].contains(&place.name.as_str()) {
            return Ok(Outcome::Clean);
        }
        let mut globals = globals.clone();
        globals.root = place.root.or(globals.root);
        globals.config = place.config.or(globals.config);
        let project = Project::find(&globals, &Caching::none())?;
        let snapshot = project.workspace_over(project.files()).snapshot(globals.today()?, Demand::Findings)?;
        let found = match place.name.as_str() {
            "ID" => ids(&snapshot),
            "KIND" => snapshot.config.kinds.iter().map(|kind| (kind.name.clone(), kind.label.clone())).collect(),
            _ => statuses(&snapshot, place.before.first()),
        };
        let lines = found.iter().map(|(word, about)| format!("{}\t{}\n", plain(word), plain(about)));
        console.exact(&lines.collect::<String>())?;
        Ok(Outcome::Clean)
    }
}

fn ids(snapshot: &Snapshot) -> Vec<(String, String)> {
    let records = snapshot.log.ids().filter_map(|(id, claims)| Some((id, snapshot.log.record(*claims.first()?)?)));
    records.map(|(id, record)| (id.to_string(), record.title.clone())).collect()
}

/// The statuses that a record may come to next; of no record in particular, all that there are.
fn statuses(snapshot: &Snapshot, record: Option<&String>) -> Vec<(String, String)> {
    let named = record.and_then(|words| find(&snapshot.log, words, None).ok());
    let record = named.and_then(|position| snapshot.log.record(position));
    let said = |status: &Status| (status.name.clone(), status.label.clone());
    let next = record.and_then(|record| {
        let next = record.kind.lifecycle.next(record.status.as_ref()?);
        Some(next.map(|status| said(status)).collect::<Vec<_>>())
    });
    let lifecycles = snapshot.config.kinds.iter().map(|kind| &kind.lifecycle);
    let all = |lifecycle: &Lifecycle| lifecycle.statuses.iter().map(|status| said(status)).collect::<Vec<_>>();
    // Many kinds share their statuses.
    next.unwrap_or_else(|| lifecycles.flat_map(all).collect::<BTreeMap<_, _>>().into_iter().collect())
}

/// Where the last of some words stands, by what the commands say of their arguments.
fn place(mut command: Command, words: &[String]) -> Place {
    command.build();
    let Some((typed, before)) = words.split_last() else { return Place::default() };
    let mut place = Place::default();
    let mut here = &command;
    let mut awaited: Option<&Arg> = None;
    for word in before {
        if let Some(arg) = awaited.take() {
            place.hear(arg, word);
        } else if let Some((arg, value)) = flag(here, word) {
            match value {
                Some(value) => place.hear(arg, value),
                None => awaited = Some(arg),
            }
        } else if word.starts_with('-') {
            // A flag without a value.
        } else if let Some(inner) = here.find_subcommand(word).filter(|_| place.before.is_empty()) {
            here = inner;
        } else {
            place.before.push(word.clone());
        }
    }
    let positional = || here.get_positionals().nth(place.before.len()).filter(|_| !typed.starts_with('-'));
    let name = awaited.or_else(positional).and_then(Arg::get_value_names).and_then(<[_]>::first);
    // A record that others are about is named before the title, which is anybody's guess.
    let name = name.map_or("", |name| if *name == "[ID] TITLE" && !typed.is_empty() { "ID" } else { name.as_str() });
    Place { name: name.to_owned(), ..place }
}

impl Place {
    /// Hears the value of a flag.
    fn hear(&mut self, arg: &Arg, value: &str) {
        match arg.get_id().as_str() {
            "root" => self.root = Some(PathBuf::from(value)),
            "config" => self.config = Some(PathBuf::from(value)),
            _ => {}
        }
    }
}

/// The flag that a word is, if it takes a value, and the value where it is in the same word.
fn flag<'a, 'b>(command: &'a Command, word: &'b str) -> Option<(&'a Arg, Option<&'b str>)> {
    let takes_value = |arg: &&Arg| arg.get_action().takes_values();
    let mut args = command.get_arguments().filter(takes_value);
    if let Some(long) = word.strip_prefix("--") {
        let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
        return args.find(|arg| arg.get_long() == Some(name)).map(|arg| (arg, value));
    }
    let mut letters = word.strip_prefix('-')?.chars();
    let letter = letters.next()?;
    let rest = Some(letters.as_str()).filter(|rest| !rest.is_empty());
    args.find(|arg| arg.get_short() == Some(letter)).map(|arg| (arg, rest))
}

#[cfg(test)]
mod tests {
    use super::super::Cli;
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn a_place_is_known_by_what_the_commands_say() {
        let name = |line: &str| place(Cli::command(), &line.split(' ').map(str::to_owned).collect::<Vec<_>>()).name;
        for (line, is) in [
            ("show ", "ID"),
            ("show RFC", "ID"),
            ("-q --root x show RF", "ID"),
            ("show --as-of 2026-01-01 RF", "ID"),
            ("advance RFC-7 ", "STATUS"),
            ("list --kind ", "KIND"),
            ("list -k ", "KIND"),
            ("list -s", ""),
            ("list --status=draft ", "WORD"),
            ("new ", "KIND"),
            ("new addendum RF", "ID"),
            ("new rfc ", "[ID] TITLE"),
            ("new rfc x --supersedes ", "ID"),
            ("sign RFC-7 --as ", "ROLE"),
            ("show RFC-7 ", ""),
            ("", ""),
        ] {
            assert_eq!(name(line), is, "{line}");
        }
        let words = ["--root=a", "show", "-cb", ""].map(str::to_owned);
        let place = place(Cli::command(), &words);
        assert_eq!((place.root, place.config), (Some(PathBuf::from("a")), Some(PathBuf::from("b"))));
    }
}
