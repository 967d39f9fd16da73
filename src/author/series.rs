//! Which number a new record gets, and in which folder it stands.

use crate::config::{Config, Kind, Root};
use crate::log::DecisionLog;
use crate::record::{Numbered, Record, RecordId};
use crate::text::SourcePath;

/// Where chapters are written.
const CHAPTERS: &str = "handbook";

/// The next free number of a series: one more than the highest, in the log and among the ids that are taken elsewhere.
pub(super) fn next_number(log: &DecisionLog, prefix: &str, elsewhere: &[RecordId]) -> u32 {
    let ours = log.ids().map(|(id, _)| id);
    let of_series = ours.chain(elsewhere).filter(|id| id.prefix.eq_ignore_ascii_case(prefix));
    of_series.map(|id| id.number).max().unwrap_or(0).saturating_add(1)
}

/// The next free number of an addendum to a record.
pub(super) fn next_addendum(log: &DecisionLog, of: &RecordId, elsewhere: &[RecordId]) -> u32 {
    let is_of = |id: &&RecordId| id.prefix == of.prefix && id.number == of.number;
    let numbers = log.ids().map(|(id, _)| id).chain(elsewhere).filter(is_of).filter_map(|id| id.addendum);
    numbers.max().unwrap_or(0).saturating_add(1)
}

/// The folder in which a kind's newest record stands; for its first one the folder that the kind names.
pub(super) fn folder(log: &DecisionLog, kind: &Kind, config: &Config) -> String {
    let newest = newest(log, kind).filter(|_| !kind.is_chapter());
    let folder = newest.map(|record| match record.is_index() {
        true => parent(record.path().folder()).to_owned(),
        false => record.path().folder().to_owned(),
    });
    let is_named = |path: &str| kind.folders.iter().any(|folder| Some(folder.as_str()) == path.rsplit('/').next());
    let is_its_own = |root: &&Root| root.prefix.is_empty() && (root.kind == kind.name || is_named(&root.path));
    let own_root = || config.roots.iter().find(is_its_own).map(|root| root.path.clone());
    folder.or_else(own_root).unwrap_or_else(|| {
        let own =
            if kind.is_chapter() { CHAPTERS } else { kind.folders.first().map_or(kind.name.as_str(), String::as_str) };
        joined(config.roots.top(), own)
    })
}

/// How many digits numbers have in the names of a kind's files.
pub(super) fn width(log: &DecisionLog, kind: &Kind) -> usize {
    let digits = newest(log, kind).and_then(|record| {
        let name = if record.is_index() {
            record.path().folder().rsplit('/').next().unwrap_or("")
        } else {
            record.path().stem()
        };
        Numbered::parse(name).map(|numbered| numbered.digits)
    });
    digits.unwrap_or(kind.width)
}

/// The record of a kind with the highest number.
pub(super) fn newest<'a>(log: &'a DecisionLog, kind: &Kind) -> Option<&'a Record> {
    // Those of a root with a prefix are numbered by themselves.
    let is_bare = |id: &RecordId| id.prefix.eq_ignore_ascii_case(&kind.prefix) || id.series() == id.prefix;
    let is_unscoped = |record: &Record| record.id.as_ref().is_some_and(|id| is_bare(&id.value));
    let of_kind = log.records().iter().filter(|record| record.kind.name == kind.name && is_unscoped(record));
    of_kind.max_by_key(|record| record.id.as_ref().map(|id| id.value.clone())).map(AsRef::as_ref)
}

/// A path below a folder, which may be the root.
pub(super) fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The folder above.
pub(super) fn parent(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The ids that files have by their names alone.
pub fn ids_of(paths: impl IntoIterator<Item = SourcePath>, config: &Config) -> Vec<RecordId> {
    let id = |path| Record::parse(&crate::source::Source::new(path, ""), config).0.id.map(|id| id.value);
    paths.into_iter().filter_map(id).collect()
}
