//! `precedent show`: one record in the terminal.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::list::{Format, seen};
use super::outcome::Outcome;
use super::project::Project;
use super::table::plain;
use super::words::short_findings;
use crate::author::find;
use crate::check::Findings;
use crate::date::Date;
use crate::error::Result;
use crate::log::{DecisionLog, Relation, Strength};
use crate::record::{Dissent, Record};
use crate::report::count;
use crate::site::records_json;
use crate::text::{capitalised, wrapped};
use crate::workspace::Snapshot;
use anstyle::Style;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

const HEADING: Style = Style::new().bold();

/// Show one record: where it stands, what it is to others, and what was found in it
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Show {
    /// Its id, its number or its title where only one record has it, or its file: RFC-7
    #[arg(value_name = "ID")]
    id: String,

    /// How it is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl Show {
    /// Writes the record.
    ///
    /// # Errors
    /// When the project cannot be read, or there is no such record.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let project = Project::find(globals, &Caching::none())?;
        let today = globals.today()?;
        let snapshot = seen(&project, today, self.format)?;
        let path = project.relative(Path::new(&self.id)).ok();
        let position = find(&snapshot.log, &self.id, path.as_deref())?;
        match self.format {
            Format::Json => console.exact(&records_json(&snapshot.log, &[position], &snapshot.diagnostics))?,
            Format::Table => console.data(&text(&snapshot, position, (today, console.width().unwrap_or(100))))?,
        }
        Ok(Outcome::Clean)
    }
}

fn text(snapshot: &Snapshot, position: usize, (today, width): (Date, usize)) -> String {
    let log = &snapshot.log;
    let Some(record) = log.record(position) else { return String::new() };
    let mut text = format!(
        "{}\n{}\n\n",
        wrapped("", &format!("{HEADING}{}{HEADING:#}", plain(&record.name())), width),
        record.path()
    );
    for (name, words) in facts(record, today) {
        let _ = writeln!(text, "{}", wrapped(&format!("{name:<14}"), &plain(&words), width));
    }
    let elsewhere = record.references.iter().filter_map(|reference| {
        let address = reference.address()?;
        Some((reference.kind.forward().to_owned(), plain(address)))
    });
    let other = |relation: &&Relation| if relation.from == position { relation.to } else { relation.from };
    let mut touching: Vec<&Relation> = log.telling(position).collect();
    touching.sort_by_key(|relation| log.record(other(relation)).map(Record::rank));
    let mut said = BTreeSet::new();
    let told = touching.into_iter().filter_map(|relation| words(log, position, relation)).chain(elsewhere);
    // Two records may each say the same of the other.
    let relations: Vec<(String, String)> = told.filter(|words| said.insert(words.clone())).collect();
    let widest = relations.iter().map(|(lead, _)| lead.chars().count()).max().unwrap_or(0).max(12);
    let relations: Vec<String> =
        relations.iter().map(|(lead, other)| wrapped(&format!("  {lead:<widest$}  "), other, width) + "\n").collect();
    if !relations.is_empty() {
        let _ = write!(text, "\n{HEADING}Relations{HEADING:#}\n{}", relations.concat());
    }
    let mentions = log.backlinks(position);
    let mut from: Vec<usize> = mentions.iter().map(|link| link.from).collect();
    from.dedup();
    from.sort_by_key(|at| log.record(*at).map(Record::rank));
    if !from.is_empty() {
        let names = from
            .iter()
            .filter_map(|at| log.record(*at))
            .map(|record| record.id.as_ref().map_or_else(|| record.path().to_string(), |id| id.value.to_string()));
        let names = names.collect::<Vec<_>>().join(", ");
        let _ = writeln!(text, "\n{HEADING}Mentioned in{HEADING:#}\n{}", wrapped("  ", &names, width));
    }
    let found = Findings::from(snapshot.diagnostics.of(record.path()).to_vec());
    if !found.is_empty() {
        let _ = write!(
            text,
            "\n{HEADING}{}{HEADING:#}\n{}",
            capitalised(&count(found.len(), "finding")),
            short_findings(&found, snapshot)
        );
    }
    text
}

/// What a record says of itself, by name.
fn facts(record: &Record, today: Date) -> Vec<(&'static str, String)> {
    let front = &record.front;
    let text =
        |text: &Option<crate::text::Spanned<String>>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let list = |texts: &[crate::text::Spanned<String>]| {
        texts.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join(", ")
    };
    let day = |day: &Option<crate::text::Spanned<crate::date::Date>>| {
        day.as_ref().map(|day| day.value.to_string()).unwrap_or_default()
    };
    let status = match (&record.status, &record.raw_status) {
        (Some(status), _) => match record.own_status_word() {
            Some(word) => format!("{} ({}: {})", capitalised(word), status.label, status.meaning()),
            None => format!("{} ({})", status.label, status.meaning()),
        },
        (None, Some(raw)) => format!("{}, which is not a known status", raw.value),
        (None, None) => String::new(),
    };
    let door = front.door.as_ref().map(|door| door.value.name().to_owned()).unwrap_or_default();
    let reasons = list(&front.door_reasons);
    let door = if reasons.is_empty() { door } else { format!("{door}: {reasons}") };
    let daci = front.daci.as_ref().map(|daci| &daci.value);
    let of_daci = |pick: &dyn Fn(&crate::record::Daci) -> String| daci.map(pick).unwrap_or_default();
    let review = front.review.as_ref().map(|review| &review.value);
    let moment = |moment: Option<&crate::text::Spanned<crate::date::Moment>>| {
        moment.map(|moment| moment.value.to_string()).unwrap_or_default()
    };
    let signed = front
        .sign_offs
        .iter()
        .filter_map(|row| Some(format!("{} ({})", row.value.by.as_ref()?.value, row.value.role.as_ref()?.value)));
    let held = review.and_then(|review| review.held.as_ref());
    let is_ahead = held.is_some_and(|held| held.value.day() > today);
    let dissents = front.dissent.iter().map(|row| dissent(&row.value));
    let published = match (front.draft, &record.doubt) {
        (false, _) => "",
        (true, None) => "no: `draft = true`",
        (true, Some(_)) => "no: it may be meant to be a draft",
    };
    let all = [
        ("Kind", record.kind.label.clone()),
        ("Status", status),
        ("Published", published.to_owned()),
        ("Door", door),
        ("Driver", of_daci(&|daci| text(&daci.driver))),
        ("Approver", of_daci(&|daci| list(&daci.approver))),
        ("Contributors", of_daci(&|daci| list(&daci.contributors))),
        ("Informed", of_daci(&|daci| list(&daci.informed))),
        ("Signed off", signed.collect::<Vec<_>>().join(", ")),
        ("Written", day(&front.created)),
        ("Circulated", moment(review.and_then(|review| review.circulated.as_ref()))),
        (if is_ahead { "Review on" } else { "Reviewed" }, moment(held)),
        ("Dissent", dissents.collect::<Vec<_>>().join("; ")),
        ("Look again by", day(&front.review_by)),
        ("Tracking", list(&front.tracking)),
        ("Tags", list(&front.tags)),
        ("Summary", record.summary().into_owned()),
    ];
    all.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

/// Who would have done otherwise, and whether they commit to what was decided.
fn dissent(dissent: &Dissent) -> String {
    let text = |text: &Option<crate::text::Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    let who = text(&dissent.who).unwrap_or_else(|| "nobody named".to_owned());
    let position = text(&dissent.position).map(|position| format!(": {position}")).unwrap_or_default();
    let committed = match &dissent.committed {
        Some(day) => format!("committed on {}", day.value),
        None => "not committed yet".to_owned(),
    };
    format!("{who}{position} ({committed})")
}

/// A relation as seen from a record: what it is, and to which other.
fn words(log: &DecisionLog, position: usize, relation: &Relation) -> Option<(String, String)> {
    let is_ours = relation.from == position;
    let other = log.record(if is_ours { relation.to } else { relation.from })?;
    let lead = if is_ours { relation.kind.forward() } else { relation.kind.backward() };
    let part = relation.part.as_ref().map(|part| format!(", in part: {part}")).unwrap_or_default();
    let strength = match relation.strength {
        Strength::InForce => "",
        Strength::Proposed => " (proposed)",
        Strength::Void => " (void)",
    };
    Some((lead.to_owned(), plain(&format!("{}{part}{strength}", other.name()))))
}
