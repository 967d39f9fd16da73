//! `precedent list`: the log in the terminal.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::outcome::Outcome;
use super::project::Project;
use super::table::table;
use crate::check::is_same_person;
use crate::config::{Config, Kind, Status};
use crate::date::Date;
use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::record::{Door, Record};
use crate::report::count;
use crate::site::records_json;
use crate::text::{Spanned, nearest};
use crate::workspace::{Demand, Snapshot};
use clap::ValueEnum;

/// List the records
///
/// Flags narrow the list; of a flag that is given several times, any will do.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct List {
    /// Words of the id or the title; all of them
    #[arg(value_name = "WORD")]
    words: Vec<String>,

    /// Of this kind: rfc
    #[arg(short, long, value_name = "KIND")]
    kind: Vec<String>,

    /// With this status; synonyms will do
    #[arg(short, long, value_name = "STATUS")]
    status: Vec<String>,

    /// One-way or two-way doors only
    #[arg(long, value_name = "DOOR", value_enum)]
    door: Option<DoorArgument>,

    /// With this tag
    #[arg(short, long, value_name = "TAG")]
    tag: Vec<String>,

    /// That somebody drives, decides or owns, or contributes to
    #[arg(long, value_name = "HANDLE")]
    owner: Vec<String>,

    /// Written on this day or later
    #[arg(long, value_name = "DATE", value_parser = super::today::date_argument)]
    since: Option<Date>,

    /// How the list is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DoorArgument {
    OneWay,
    TwoWay,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Table,
    /// For programs
    Json,
}

impl List {
    /// Writes the list.
    ///
    /// # Errors
    /// When the project cannot be read, or a kind, status, tag or handle is none that the log has.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let project = Project::find(globals, &Caching::none())?;
        let snapshot = seen(&project, globals.today()?, self.format)?;
        let (log, config) = (&snapshot.log, &snapshot.config);
        self.check_words(log, config)?;
        let kinds: Vec<&Kind> =
            self.kind.iter().filter_map(|kind| config.kind_called(kind)).map(AsRef::as_ref).collect();
        let all =
            || log.records().iter().map(AsRef::as_ref).enumerate().filter(|(_, record)| !record.kind.is_chapter());
        let mut records: Vec<(usize, &Record)> = all().filter(|(_, record)| self.takes(record, &kinds)).collect();
        let id = |record: &Record| record.id.as_ref().map(|id| id.value.clone());
        let place = |kind: &Kind| config.kinds.iter().position(|known| known.prefix == kind.prefix);
        records.sort_by_cached_key(|(_, record)| (place(&record.kind), id(record), record.path().clone()));
        match self.format {
            Format::Json => {
                let positions: Vec<usize> = records.iter().map(|(position, _)| *position).collect();
                console.exact(&records_json(log, &positions, &snapshot.diagnostics))?;
            }
            Format::Table => {
                if !records.is_empty() {
                    let rows: Vec<Vec<String>> = records.iter().map(|(_, record)| row(record)).collect();
                    console.data(&table(&["ID", "STATUS", "WRITTEN", "TITLE"], &rows, console.width()))?;
                }
                let total = all().count();
                let words = match records.len() {
                    0 if total > 0 => format!("None of {} is like that.", count(total, "record")),
                    shown if shown < total => format!("{shown} of {}.", count(total, "record")),
                    shown => format!("{}.", count(shown, "record")),
                };
                let unread = match snapshot.summary.unread {
                    0 => String::new(),
                    some => format!(" {} could not be read; `precedent check` says why.", count(some, "file")),
                };
                console.note(&format!("{words}{unread}"));
            }
        }
        Ok(Outcome::Clean)
    }

    fn takes(&self, record: &Record, kinds: &[&Kind]) -> bool {
        let front = &record.front;
        let name = record.name().to_lowercase();
        let is_among =
            |wanted: &[String], is: &dyn Fn(&str) -> bool| wanted.is_empty() || wanted.iter().any(|word| is(word));
        let status = record.status.as_deref();
        let is_status = |word: &str| {
            status.is_some_and(|status| record.kind.lifecycle.status(word).map(AsRef::as_ref) == Some(status))
        };
        let door = front.door.as_ref().map(|door| door.value);
        self.words.iter().all(|word| name.contains(&word.to_lowercase()))
            && (kinds.is_empty() || kinds.iter().any(|kind| kind.name == record.kind.name))
            && is_among(&self.status, &is_status)
            && self.door.is_none_or(|wanted| {
                door == Some(if wanted == DoorArgument::OneWay { Door::OneWay } else { Door::TwoWay })
            })
            && is_among(&self.tag, &|tag| front.tags.iter().any(|known| known.value.eq_ignore_ascii_case(tag)))
            && is_among(&self.owner, &|handle| people(record).any(|known| is_same_person(known, handle)))
            && self.since.is_none_or(|since| front.created.as_ref().is_some_and(|created| created.value >= since))
    }

    /// A word that nothing in the log could meet is a slip, and an empty list would hide it.
    fn check_words(&self, log: &DecisionLog, config: &Config) -> Result<()> {
        let kinds: Vec<&Kind> = config.kinds.iter().map(AsRef::as_ref).filter(|kind| !kind.is_chapter()).collect();
        for kind in &self.kind {
            let is_known = config.kind_called(kind).is_some_and(|kind| !kind.is_chapter());
            refuse_unknown("kind", kind, is_known, kinds.iter().map(|known| known.name.as_str()))?;
        }
        let statuses = || kinds.iter().flat_map(|kind| &kind.lifecycle.statuses);
        for status in &self.status {
            let is_known = kinds.iter().any(|kind| kind.lifecycle.status(status).is_some());
            refuse_unknown(
                "status",
                status,
                is_known,
                statuses().map(|known: &std::sync::Arc<Status>| known.name.as_str()),
            )?;
        }
        let tags = || log.records().iter().flat_map(|record| record.front.tags.iter().map(|tag| tag.value.as_str()));
        for tag in &self.tag {
            refuse_unknown("tag", tag, tags().any(|known| known.eq_ignore_ascii_case(tag)), tags())?;
        }
        let handles = || {
            let named = log.records().iter().flat_map(|record| people(record));
            named.chain(config.policy.people.keys().map(String::as_str))
        };
        for owner in &self.owner {
            refuse_unknown("owner", owner, handles().any(|known| is_same_person(known, owner)), handles())?;
        }
        Ok(())
    }
}

/// The log as a terminal shows it; git is asked only for the programs that read its days.
pub(super) fn seen(project: &Project, today: Date, format: Format) -> Result<Snapshot> {
    let mut workspace = match format {
        Format::Table => project.workspace_over(project.files()),
        Format::Json => project.workspace(None, None)?,
    };
    workspace.snapshot(today, Demand::Editing)
}

fn refuse_unknown<'a>(what: &str, word: &str, is_known: bool, known: impl Iterator<Item = &'a str>) -> Result<()> {
    if is_known {
        return Ok(());
    }
    let mut names: Vec<&str> = known.filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    let advice = match nearest(word, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => format!("the log names no {what} at all"),
        None if names.len() <= 24 => format!("there are {}", names.join(", ")),
        None => format!(
            "there are {}, and {} more",
            names.iter().take(24).copied().collect::<Vec<_>>().join(", "),
            names.len() - 24
        ),
    };
    Err(Error::Refused { message: format!("no record has the {what} `{}`; {advice}", word.escape_debug()) })
}

/// Those who answer for a record.
pub(super) fn people(record: &Record) -> impl Iterator<Item = &str> {
    let daci = record.front.daci.as_ref().map(|daci| &daci.value);
    let named = daci.into_iter().flat_map(|daci| daci.driver.iter().chain(&daci.approver).chain(&daci.contributors));
    let ending = record.front.deprecation.as_ref().and_then(|deprecation| deprecation.value.owner.as_ref());
    named.chain(ending).map(|handle: &Spanned<String>| handle.value.as_str())
}

fn row(record: &Record) -> Vec<String> {
    let id = record.id.as_ref().map_or_else(|| "–".to_owned(), |id| id.value.to_string());
    let status = match (&record.status, &record.raw_status) {
        (Some(status), _) => record.own_status_word().map_or_else(|| status.name.clone(), str::to_owned),
        (None, Some(raw)) => format!("{}?", raw.value),
        (None, None) => "–".to_owned(),
    };
    let status = if record.front.draft { format!("{status} (unpublished)") } else { status };
    let created = record.front.created.as_ref().map_or_else(|| "–".to_owned(), |created| created.value.to_string());
    vec![id, status, created, record.title.clone()]
}
