//! A record's next status: whether its lifecycle has such a step, and what is written for it.

use super::change::Change;
use super::find::name;
use super::literal::Literal;
use crate::config::{Decision, Kind, Lifecycle, Status};
use crate::date::Date;
use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::record::Record;

/// What takes a record to the status that a word names, on a day, and that status.
///
/// # Errors
/// When there is no such status, or no step to it from where the record stands.
pub fn advance<'a>(log: &DecisionLog, record: &'a Record, word: &str, on: Date) -> Result<(&'a Status, Vec<Change>)> {
    let lifecycle = &record.kind.lifecycle;
    let refused = |message: String| Err(Error::Refused { message });
    if lifecycle.statuses.is_empty() {
        return refused(format!("{} is a chapter, which has no status", name(record)));
    }
    let Some(to) = lifecycle.status(word) else {
        let names: Vec<&str> = lifecycle.statuses.iter().map(|status| status.name.as_str()).collect();
        let advice = lifecycle
            .nearest(word)
            .map_or_else(|| format!("it may be {}", listed(&names, "or")), |near| format!("did you mean `{near}`?"));
        return refused(format!(
            "`{}` is no status of its kind, `{}`; {advice}",
            word.escape_debug(),
            record.kind.name
        ));
    };
    may_go(record, to)?;
    let position = log.at_path(record.path());
    let has_successor = position.is_some_and(|position| !log.successors(position).is_empty());
    if to.decision == Decision::Superseded && !has_successor {
        let (named, kind) = (name(record), &record.kind.name);
        return refused(format!(
            "nothing that supersedes {named} is in force; draft it with `precedent new {kind} TITLE --supersedes {named}`, and have \
             it accepted first"
        ));
    }
    Ok((to, changes(record, to, on)))
}

/// What is written when a record comes to a status: the status, and a row of its history where it keeps one.
pub(super) fn changes(record: &Record, to: &Status, on: Date) -> Vec<Change> {
    let mut changes = vec![Change::Set { table: None, key: "status", to: Literal::text(&to.name) }];
    if !record.front.history.is_empty() {
        let row = vec![("status", Literal::text(&to.name)), ("on", Literal::day(on))];
        changes.push(Change::Append { list: "history", row });
    }
    changes
}

/// Whether a record may go to a status from where it stands.
pub(super) fn may_go(record: &Record, to: &Status) -> Result<()> {
    let lifecycle = &record.kind.lifecycle;
    let named = name(record);
    let is_elsewhere = record.raw_status.as_ref().is_some_and(|raw| !record.head.contains(raw.span));
    let message = match &record.status {
        _ if is_elsewhere => format!(
            "the status of {named} stands in its text, and only front matter is written here; change it by hand"
        ),
        Some(from) if from.name == to.name => format!("{named} is `{}` already", to.name),
        Some(from) if !lifecycle.transitions.is_empty() && !has_step(lifecycle, from, to) => {
            format!(
                "{named} is `{}`, and there is no step from there to `{}`; {}",
                from.name,
                to.name,
                onward(lifecycle, from)
            )
        }
        Some(_) => return Ok(()),
        None => match &record.raw_status {
            Some(raw) => {
                format!("the status of {named} is `{}`, which is none of its kind; correct it first", raw.value)
            }
            None if to.step == Some(0) || to.decision == Decision::Draft => return Ok(()),
            None => format!(
                "{named} has no status yet, and cannot begin with `{}`; begin with `{}`",
                to.name,
                beginning(lifecycle)
            ),
        },
    };
    Err(Error::Refused { message })
}

fn has_step(lifecycle: &Lifecycle, from: &Status, to: &Status) -> bool {
    lifecycle.transitions.iter().any(|(one, other)| *one == from.name && *other == to.name)
}

fn onward(lifecycle: &Lifecycle, from: &Status) -> String {
    match next(lifecycle, from).as_slice() {
        [] => "nothing follows it: write a new record that supersedes this one".to_owned(),
        next => format!("it goes on to {}", listed(next, "or")),
    }
}

fn next<'a>(lifecycle: &'a Lifecycle, from: &'a Status) -> Vec<&'a str> {
    lifecycle.next(from).map(|status| status.name.as_str()).collect()
}

/// The status on the main path that comes after one; of those that stand beside it only where none comes after.
pub fn onward_of<'a>(lifecycle: &'a Lifecycle, from: &'a Status) -> Option<&'a str> {
    let names = next(lifecycle, from);
    let ahead =
        lifecycle.statuses.iter().filter(|status| names.contains(&status.name.as_str()) && status.step >= from.step);
    let mut ahead: Vec<&Status> = ahead.filter(|status| status.step.is_some()).map(AsRef::as_ref).collect();
    ahead.sort_by_key(|status| status.step == from.step);
    ahead.first().map(|status| status.name.as_str())
}

/// The steps on the main path that lead from a status to the first at which an empty text is held up, the shortest way; none where
/// no status holds one up. Drafts are warned and let pass.
pub fn way_to_test<'a>(kind: &'a Kind, from: &'a Status) -> Vec<&'a str> {
    let mut way = Vec::new();
    let mut stands = from;
    while !kind.sections.is_empty() || !kind.fields.is_empty() {
        let ahead = || kind.lifecycle.next(stands).filter(|to| to.step > stands.step);
        let Some(to) = ahead().find(|to| to.decision != Decision::Draft).or_else(|| ahead().next()) else { break };
        way.push(to.name.as_str());
        if to.decision != Decision::Draft {
            return way;
        }
        stands = to;
    }
    Vec::new()
}

fn beginning(lifecycle: &Lifecycle) -> &str {
    let draft = lifecycle.statuses.iter().find(|status| status.decision == Decision::Draft);
    draft.or(lifecycle.statuses.first()).map_or("", |status| status.name.as_str())
}

/// `` `a`, `b` or `c` ``.
pub(super) fn listed(names: &[&str], last: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
        None => String::new(),
    }
}
