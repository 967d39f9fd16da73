//! Ids that a branch has taken, and that its base has given away meanwhile: no file of either shows it, and no merge stops at it.

use super::demand::title_or_start;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::record::{Record, RecordId, id_of_path};
use crate::text::{SourcePath, Span};
use std::collections::BTreeSet;

/// The rule that reports ids which two records claim.
const RULE: &str = "duplicate-id";

/// A branch and its base, as far as their files go.
#[derive(Clone, Copy, Debug)]
pub struct Merge<'a> {
    /// The base's name.
    pub base: &'a str,
    /// Files that the branch has changed or brought.
    pub changed: &'a BTreeSet<SourcePath>,
    /// Files that the base has got since the branch left it.
    pub new_in_base: &'a BTreeSet<SourcePath>,
    /// Files that any branch has, whose numbers are not to be taken either.
    pub elsewhere: &'a BTreeSet<SourcePath>,
}

/// Records of a branch whose ids its base has given to other files.
pub fn clashes(log: &DecisionLog, merge: Merge<'_>, config: &Config) -> Vec<Diagnostic> {
    let named = |paths: &'_ BTreeSet<SourcePath>| {
        let markdown = paths.iter().filter(|path| path.is_markdown());
        let inside = markdown.filter(|path| config.roots.holding(path).is_some());
        inside.filter_map(|path| Some((id_of_path(path, config)?, path.clone()))).collect::<Vec<_>>()
    };
    let theirs: Vec<_> = named(merge.new_in_base).into_iter().filter(|(_, path)| log.at_path(path).is_none()).collect();
    if theirs.is_empty() {
        return Vec::new();
    }
    let mut taken: Vec<RecordId> = log.ids().map(|(id, _)| id.clone()).collect();
    taken.extend(theirs.iter().map(|(id, _)| id.clone()));
    taken.extend(named(merge.elsewhere).into_iter().map(|(id, _)| id));
    let mut found = Vec::new();
    for record in log.records().iter().filter(|record| merge.changed.contains(record.path())) {
        let Some(id) = record.id.as_ref().map(|id| &id.value) else { continue };
        let Some((_, path)) = theirs.iter().find(|(theirs, _)| theirs == id) else { continue };
        let free = next_free(taken.iter(), id);
        taken.push(free.clone());
        let message = format!("{id} is also the id of `{path}` on `{}`", merge.base);
        let finding = Diagnostic::new(RULE, record.path(), place(record), message);
        let finding = finding.with_label(format!("`{}` has given {id} away since this branch left it", merge.base));
        found.push(finding.with_help(format!("give this record the next id that no branch has, {free}")));
    }
    found
}

/// Where a record says its id, else its title.
pub(super) fn place(record: &Record) -> Span {
    record.id.as_ref().map(|id| id.span).filter(|span| !span.is_empty()).unwrap_or_else(|| title_or_start(record))
}

/// The id after the highest of its series: of all records, or of one record's addenda.
pub(super) fn next_free<'a>(taken: impl Iterator<Item = &'a RecordId>, id: &RecordId) -> RecordId {
    let series = taken.filter(|known| known.prefix == id.prefix);
    let mut next = id.clone();
    if id.addendum.is_some() {
        let highest = series.filter(|known| known.number == id.number).filter_map(|known| known.addendum).max();
        next.addendum = highest.map(|highest| highest.saturating_add(1));
    } else {
        next.number = series.map(|known| known.number).max().unwrap_or(id.number).saturating_add(1);
    }
    next
}
