//! `precedent queue`: what needs whom this week.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::list::Format;
use super::outcome::Outcome;
use super::project::Project;
use super::table::table;
use crate::check::is_same_person;
use crate::date::Date;
use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::page::{Errand, queue};
use crate::report::count;
use crate::text::{capitalised, nearest};
use crate::workspace::Demand;
use jiff::ToSpan;
use serde::Serialize;

/// The version of the JSON; it grows when something that was there changes or goes.
const VERSION: u32 = 1;

/// Show what needs whom: what is late, and what comes in the next days
///
/// Reviews, missing sign-offs, decisions to look at again, metrics and debts that are due, what is being taken away, waivers,
/// escalations, and what is stuck.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Queue {
    /// What waits on this person or team alone
    #[arg(long = "for", value_name = "HANDLE")]
    owner: Option<String>,

    /// How many days to look ahead
    #[arg(long, value_name = "N", default_value_t = 7)]
    days: u16,

    /// Everything that waits, whenever it is due
    #[arg(long, conflicts_with = "days")]
    all: bool,

    /// How it is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// The queue for programs.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Listing<'a> {
    version: u32,
    as_of: String,
    errands: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    /// `late`, `now` or `open`.
    state: &'static str,
    day: Option<String>,
    what: &'a str,
    who: &'a [String],
    id: Option<String>,
    title: &'a str,
    path: &'a str,
}

impl Queue {
    /// Writes the queue.
    ///
    /// # Errors
    /// When the project cannot be read, or nobody has the handle.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let project = Project::find(globals, &Caching::none())?;
        let today = globals.today()?;
        let snapshot = project.workspace(None, None)?.snapshot(today, Demand::Findings)?;
        let all = queue(&snapshot.log, &snapshot.diagnostics, &snapshot.config, today);
        if let Some(owner) = &self.owner {
            let handles: Vec<&str> = all.iter().flat_map(|errand| errand.who.iter().map(String::as_str)).collect();
            let known: Vec<&str> =
                handles.into_iter().chain(snapshot.config.policy.people.keys().map(String::as_str)).collect();
            if !known.iter().any(|handle| is_same_person(handle, owner)) {
                let advice = match nearest(owner, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`precedent queue` shows on whom things wait".to_owned(),
                };
                let message = format!(
                    "nothing waits on `{}`, and nobody is listed under that name; {advice}",
                    owner.escape_debug()
                );
                return Err(Error::Refused { message });
            }
        }
        let last = today.saturating_add(i64::from(self.days).days());
        let meant: Vec<&Errand> = all.iter().filter(|errand| self.takes(errand, last)).collect();
        match self.format {
            Format::Json => {
                let errands = meant.iter().filter_map(|errand| line(errand, &snapshot.log)).collect();
                let listing = Listing { version: VERSION, as_of: today.to_string(), errands };
                console.exact(&(serde_json::to_string_pretty(&listing).unwrap_or_default() + "\n"))?;
            }
            Format::Table => {
                if !meant.is_empty() {
                    let rows: Vec<Vec<String>> = meant.iter().filter_map(|errand| row(errand, &snapshot.log)).collect();
                    console.data(&table(&["WHEN", "WHO", "RECORD", "WHAT"], &rows, console.width()))?;
                }
                console.note(&self.verdict(&meant, all.len()));
            }
        }
        Ok(Outcome::Clean)
    }

    fn takes(&self, errand: &Errand, last: Date) -> bool {
        let is_near = self.all || errand.is_late || errand.is_now || errand.day.is_some_and(|day| day <= last);
        is_near && self.owner.as_ref().is_none_or(|owner| errand.who.iter().any(|handle| is_same_person(handle, owner)))
    }

    fn verdict(&self, meant: &[&Errand], all: usize) -> String {
        let late = meant.iter().filter(|errand| errand.is_late).count();
        let whose = self.owner.as_ref().map(|owner| format!(" for {owner}")).unwrap_or_default();
        let until = if self.all { String::new() } else { format!(" in the next {}", count(self.days.into(), "day")) };
        let more = match all - meant.len() {
            0 => String::new(),
            more if self.owner.is_none() => {
                let them = if more == 1 { "it" } else { "them" };
                format!(" {} later, or without a day; --all shows {them}.", capitalised(&count(more, "more thing")))
            }
            _ => String::new(),
        };
        match (meant.len(), late) {
            (0, _) => format!("Nothing waits{whose}{until}.{more}"),
            (all, 0) => format!("{} to do{whose}.{more}", count(all, "thing")),
            (all, late) => format!("{} to do{whose}, {late} of them late.{more}", count(all, "thing")),
        }
    }
}

fn row(errand: &Errand, log: &DecisionLog) -> Option<Vec<String>> {
    let record = log.record(errand.record)?;
    let day = errand.day.map(|day| day.to_string());
    let when = match (errand.is_late, day, errand.is_now) {
        (true, Some(day), _) => format!("{day} late"),
        (true, None, _) => "late".to_owned(),
        (false, _, true) => "now".to_owned(),
        (false, Some(day), false) => day,
        (false, None, false) => "–".to_owned(),
    };
    let who = match errand.who.as_slice() {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [one, others @ ..] => format!("{one} +{}", others.len()),
    };
    let id = record.id.as_ref().map_or_else(|| record.title.clone(), |id| id.value.to_string());
    Some(vec![when, who, id, capitalised(&errand.what)])
}

fn line<'a>(errand: &'a Errand, log: &'a DecisionLog) -> Option<Line<'a>> {
    let record = log.record(errand.record)?;
    Some(Line {
        state: match (errand.is_late, errand.is_now) {
            (true, _) => "late",
            (false, true) => "now",
            (false, false) => "open",
        },
        day: errand.day.map(|day| day.to_string()),
        what: &errand.what,
        who: &errand.who,
        id: record.id.as_ref().map(|id| id.value.to_string()),
        title: &record.title,
        path: record.path().as_str(),
    })
}
