//! `precedent migrate`: records in a form that a team brought along get a head of another.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::outcome::Outcome;
use super::project::Project;
use crate::author::{Form, Refusal, find, migrated};
use crate::error::{Error, Result};
use crate::line::LineIndex;
use crate::log::{DecisionLog, Strength};
use crate::record::{Record, RelationKind};
use crate::report::{count, diff};
use crate::source::{Expected, Files, Overlay};
use crate::text::SourcePath;
use crate::workspace::{Demand, Snapshot};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Move what records say of themselves into a head of another form
///
/// Shows what would change as a diff, and writes it with `--write`. Only the head changes, and the list, the table or the section
/// that has become the head. Each record has to say afterwards what it said before, and so has the log; one that would not stays
/// as it is, with the reason.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Migrate {
    /// Records by id or file, and folders [default: all]
    #[arg(value_name = "ID|PATH")]
    records: Vec<PathBuf>,

    /// The form
    #[arg(long, value_name = "FORM", value_enum)]
    to: To,

    /// Write what the diff shows
    #[arg(long)]
    write: bool,
}

/// A form by its name.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum To {
    /// A head with the keys of this tool
    Native,
    /// MADR 4: a head of YAML with status, date and decision-makers
    Madr4,
}

/// What is to be written, and what is not.
struct Plan {
    texts: BTreeMap<SourcePath, String>,
    refused: Vec<(SourcePath, Refusal)>,
}

impl Migrate {
    /// Shows the diff, and writes it if asked to.
    ///
    /// # Errors
    /// When the project cannot be read, a record is not there, or a file cannot be written.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let project = Project::find(globals, &Caching::none())?;
        let today = globals.today()?;
        let files = project.files();
        let snapshot = project.workspace_over(Arc::clone(&files)).snapshot(today, Demand::Findings)?;
        let meant = self.meant(&project, &snapshot.log)?;
        let plan = self.plan(&snapshot, &meant);
        let laid = plan.texts.iter().map(|(path, text)| (path.clone(), Arc::from(text.as_bytes()))).collect();
        let over: Arc<dyn Files> = Arc::new(Overlay::new(Arc::clone(&files), laid));
        let after = project.workspace_over(over).snapshot(today, Demand::Findings)?;
        if let Some(lost) = lost(&snapshot.log, &after.log) {
            let message = format!("{lost}; nothing was written: move these records by themselves, by naming them");
            return Err(Error::Refused { message });
        }
        for (path, text) in &plan.texts {
            // What was read at the start is what was moved; another text by now is not written over.
            let old = snapshot.source(path).and_then(|source| source.text()).unwrap_or_default();
            if self.write {
                project.disk().put(path, Expected::Bytes(old.as_bytes()), text.as_bytes())?;
            }
            console.exact(&diff(path, old, text))?;
        }
        for (path, refusal) in &plan.refused {
            console.warn(&stays(path, refusal, &snapshot));
        }
        console.note(&self.verdict(&plan, (&snapshot, &after)));
        Ok(if plan.refused.is_empty() { Outcome::Clean } else { Outcome::Denied })
    }

    /// The positions of the records that are meant.
    fn meant(&self, project: &Project, log: &DecisionLog) -> Result<BTreeSet<usize>> {
        let all = || log.records().iter().enumerate();
        if self.records.is_empty() {
            return Ok(all().map(|(at, _)| at).collect());
        }
        let mut meant = BTreeSet::new();
        for words in &self.records {
            let path = project.relative(words).ok();
            let is_below = |record: &Record| {
                path.as_ref().is_some_and(|folder| folder.is_empty() || record.path().below(folder).is_some())
            };
            let below: Vec<usize> = all().filter(|(_, record)| is_below(record)).map(|(at, _)| at).collect();
            match below.is_empty() {
                true => drop(meant.insert(find(log, &words.to_string_lossy(), path.as_deref())?)),
                false => meant.extend(below),
            }
        }
        Ok(meant)
    }

    fn plan(&self, snapshot: &Snapshot, meant: &BTreeSet<usize>) -> Plan {
        let form = match self.to {
            To::Native => Form::Native,
            To::Madr4 => Form::Madr,
        };
        let mut plan = Plan { texts: BTreeMap::new(), refused: Vec::new() };
        for record in meant.iter().filter_map(|at| snapshot.log.record(*at)) {
            let naming = |target: &str| named(&snapshot.log, record, target);
            match migrated(record, form, &snapshot.config, &naming) {
                Ok(Some(text)) => drop(plan.texts.insert(record.path().clone(), text)),
                Ok(None) => {}
                Err(refusal) => plan.refused.push((record.path().clone(), refusal)),
            }
        }
        plan
    }

    fn verdict(&self, plan: &Plan, (before, after): (&Snapshot, &Snapshot)) -> String {
        let refused = match plan.refused.len() {
            0 => String::new(),
            some => format!(" {} as before; why is said above.", stay(some)),
        };
        if plan.texts.is_empty() {
            return format!("Nothing to move.{refused}");
        }
        let files = count(plan.texts.len(), "file");
        let done = if self.write {
            format!("Moved {files}.")
        } else {
            format!("Would move {files}. Nothing was written; `--write` writes it.")
        };
        let more = after.diagnostics.len().saturating_sub(before.diagnostics.len());
        let asked = match more {
            0 => String::new(),
            more => {
                format!(" Heads are held to more rules: `precedent check` then has {} more.", count(more, "finding"))
            }
        };
        format!("{done}{refused}{asked}")
    }
}

fn stay(records: usize) -> String {
    match records {
        1 => "1 record stays".to_owned(),
        some => format!("{some} records stay"),
    }
}

/// A record that stays as it is, where and why.
fn stays(path: &SourcePath, refusal: &Refusal, snapshot: &Snapshot) -> String {
    let text = snapshot.source(path).and_then(|source| source.text()).unwrap_or_default();
    let (line, column) = LineIndex::new(text).line_column(text, refusal.span.start);
    format!("{path}:{line}:{column}: not moved: {}; {}", refusal.message, refusal.help)
}

/// How a record is named in a head: by its id, where that leads to it as surely as what was written.
fn named(log: &DecisionLog, from: &Record, target: &str) -> String {
    let written = || target.to_owned();
    let Some((position, part)) = log.related(from, target) else { return written() };
    let Some(id) = log.record(position).and_then(|record| record.id.as_ref()) else { return written() };
    let part = part.as_ref().map_or_else(String::new, |part| format!("#{part}"));
    let name = format!("{}{part}", id.value);
    let leads_there = log.claims(&id.value).len() == 1 && log.related(from, &name) == log.related(from, target);
    if leads_there { name } else { written() }
}

/// What one log says of its records and their relations and the other does not.
fn lost(before: &DecisionLog, after: &DecisionLog) -> Option<String> {
    type Edge = (SourcePath, RelationKind, SourcePath, Option<String>, bool);
    let edges = |log: &DecisionLog| -> BTreeSet<Edge> {
        let path =
            |at: usize| log.record(at).map(|record| record.path().clone()).unwrap_or_else(|| SourcePath::new(""));
        let edge = |relation: &crate::log::Relation| {
            let holds = relation.strength == Strength::InForce;
            (path(relation.from), relation.kind, path(relation.to), relation.part.clone(), holds)
        };
        log.relations().iter().map(edge).collect()
    };
    let (old, new) = (edges(before), edges(after));
    let edge = old.symmetric_difference(&new).next()?;
    let (from, kind, to, ..) = edge;
    Some(format!("afterwards the log would not say in the same way that {from} {} {to}", kind.forward().to_lowercase()))
}
