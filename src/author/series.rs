//! Which number a new record gets, and in which folder it stands.

use crate::config::{Config, Kind, Root};
use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::record::{Numbered, Record, RecordId};
use crate::text::SourcePath;

/// Where chapters are written.
const CHAPTERS: &str = "handbook";

/// The records of one kind in one root, which are numbered together with those of the other kinds of their prefix.
#[derive(Clone, Copy)]
pub(super) struct Series<'a> {
    /// The log.
    pub(super) log: &'a DecisionLog,
    /// The settings.
    pub(super) config: &'a Config,
    /// The kind.
    pub(super) kind: &'a Kind,
    /// The root.
    pub(super) root: &'a Root,
}

impl<'a> Series<'a> {
    /// The next free id: one more than the highest, in the log and among the ids that are taken elsewhere.
    pub(super) fn next(&self, elsewhere: &[RecordId]) -> RecordId {
        let prefix = self.kind.prefix.to_uppercase();
        let first = RecordId { prefix, number: 1, addendum: None, width: self.kind.width }.within(&self.root.scope());
        let ids = self.log.ids().map(|(id, _)| id).chain(elsewhere);
        let numbers = ids.filter(|id| id.prefix.eq_ignore_ascii_case(&first.prefix)).map(|id| id.number);
        RecordId { number: numbers.max().unwrap_or(0).saturating_add(1), ..first }
    }

    /// Whether a record is one of these, and has a number.
    pub(super) fn is_ours(&self, record: &Record) -> bool {
        let is_in = self.config.roots.holding(record.path()) == Some(self.root);
        record.kind.name == self.kind.name && record.id.is_some() && is_in
    }

    /// The record with the highest number.
    pub(super) fn newest(&self) -> Option<&'a Record> {
        let records = self.log.records().iter().map(AsRef::as_ref);
        let ours = records.filter(|record| self.is_ours(record));
        ours.max_by_key(|record| record.id.as_ref().map(|id| id.value.clone()))
    }

    /// The folder in which the newest record stands; for the first one the folder that the kind names.
    pub(super) fn folder(&self) -> String {
        let newest = self.newest().filter(|_| !self.kind.is_chapter());
        let folder = newest.map(|record| match record.is_index() {
            true => parent(record.path().folder()).to_owned(),
            false => record.path().folder().to_owned(),
        });
        folder.unwrap_or_else(|| {
            let named = self.kind.folders.first().map_or(self.kind.name.as_str(), String::as_str);
            let own = match self.kind.is_chapter() {
                true => CHAPTERS,
                // A root may be of one kind, without a folder for it.
                false if self.root.kind == self.kind.name => "",
                false => named,
            };
            if own.is_empty() { self.root.path.clone() } else { joined(&self.root.path, own) }
        })
    }

    /// How many digits numbers have in the names of files.
    pub(super) fn width(&self) -> usize {
        let named = self.newest().and_then(|record| Numbered::parse(record.path().record_name()));
        named.map_or(self.kind.width, |numbered| numbered.digits)
    }
}

/// The root for a record that is asked for in a folder: the one that holds it, or the only one, or the one without a prefix.
///
/// # Errors
/// When there are several, and none of them is meant more than the others.
pub(super) fn root<'a>(config: &'a Config, here: &str) -> Result<&'a Root> {
    let roots = &config.roots;
    let holding = roots.holding(&SourcePath::new(joined(here, "x")));
    let mut all = roots.iter();
    let only = all.next().filter(|_| all.next().is_none());
    holding.or(only).or_else(|| roots.iter().find(|root| root.prefix.is_empty())).ok_or_else(|| Error::Refused {
        message: format!(
            "records lie in {}: say in which it goes with `--in`, or give the command in one of them",
            roots.in_words()
        ),
    })
}

/// The next free number of an addendum to a record.
pub(super) fn next_addendum(log: &DecisionLog, of: &RecordId, elsewhere: &[RecordId]) -> u32 {
    let is_of = |id: &&RecordId| id.prefix == of.prefix && id.number == of.number;
    let numbers = log.ids().map(|(id, _)| id).chain(elsewhere).filter(is_of).filter_map(|id| id.addendum);
    numbers.max().unwrap_or(0).saturating_add(1)
}

/// A path below a folder, which may be the root.
pub(super) fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The folder above.
pub(super) fn parent(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(parent, _)| parent)
}
