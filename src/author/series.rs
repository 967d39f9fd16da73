//! Which number a new record gets, and in which folder it stands.

use super::naming::Naming;
use crate::config::{Config, Kind, Root};
use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::record::{Numbered, Record, RecordId, day_of};
use crate::text::SourcePath;
use std::collections::BTreeMap;

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
    /// Whether the names of its files open with the day on which a record was written, and nothing numbers them.
    pub(super) is_dated: bool,
}

impl<'a> Series<'a> {
    /// The series of a kind in a root.
    pub(super) fn of(log: &'a DecisionLog, config: &'a Config, kind: &'a Kind, root: &'a Root) -> Series<'a> {
        let numbered = Series { log, config, kind, root, is_dated: false };
        let dated = Series { is_dated: true, ..numbered };
        let is_dated = !kind.is_chapter() && dated.records().count() > numbered.records().count();
        Series { is_dated, ..numbered }
    }

    /// The next free id: one more than the highest, in the log and among the ids that are taken elsewhere.
    pub(super) fn next(&self, elsewhere: &[RecordId]) -> RecordId {
        let prefix = self.kind.prefix.to_uppercase();
        let first = RecordId { prefix, number: 1, addendum: None, width: self.kind.width }.within(&self.root.scope());
        let ids = self.log.ids().map(|(id, _)| id).chain(elsewhere);
        let numbers = ids.filter(|id| id.prefix.eq_ignore_ascii_case(&first.prefix)).map(|id| id.number);
        RecordId { number: numbers.max().unwrap_or(0).saturating_add(1), ..first }
    }

    /// The records of this kind that have a number, or where the series is dated those that have none and a day.
    pub(super) fn records(&self) -> impl Iterator<Item = &'a Record> {
        let Series { log, config, kind, root, is_dated } = *self;
        let is_placed = move |record: &Record| match is_dated {
            true => record.id.is_none() && day_of(record.path()).is_some(),
            false => record.id.is_some(),
        };
        let is_ours = move |record: &&Record| {
            let is_in = config.roots.holding(record.path()) == Some(root);
            record.kind.name == kind.name && is_placed(record) && is_in
        };
        log.records().iter().map(AsRef::as_ref).filter(is_ours)
    }

    /// The record with the highest number, or the latest day.
    pub(super) fn newest(&self) -> Option<&'a Record> {
        self.records().max_by_key(|record| age(record))
    }

    /// How most of its files are named.
    pub(super) fn naming(&self) -> Naming {
        let mut of_naming: BTreeMap<Naming, (usize, Age<'_>)> = BTreeMap::new();
        for record in self.records() {
            if let Some(naming) = Naming::of(record.path()) {
                let (count, newest) = of_naming.entry(naming).or_insert((0, age(record)));
                (*count, *newest) = (*count + 1, age(record).max(*newest));
            }
        }
        of_naming.into_iter().max_by_key(|(_, rank)| *rank).map(|(naming, _)| naming).unwrap_or_default()
    }

    /// The folder in which the newest record stands; for the first one the folder that the kind names.
    pub(super) fn folder(&self) -> String {
        let newest = self.newest().filter(|_| !self.kind.is_chapter());
        newest.map(|record| record.path().record_folder().to_owned()).unwrap_or_else(|| {
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

/// Which of two records of a series is the newer.
pub(super) type Age<'a> = (Option<&'a RecordId>, &'a str);

/// The number of a record, else what the day in its name says.
pub(super) fn age(record: &Record) -> Age<'_> {
    (record.id.as_ref().map(|id| &id.value), record.path().record_name())
}

/// The root for a record that is asked for in a folder: the one that holds it, or the only one in it, such as that of a package, or
/// the only one at all, or the one without a prefix.
///
/// # Errors
/// When there are several, and none of them is meant more than the others.
pub(super) fn root<'a>(config: &'a Config, here: &str) -> Result<&'a Root> {
    let roots = &config.roots;
    let holding = roots.holding(&SourcePath::new(joined(here, "x")));
    let only = |all: &mut dyn Iterator<Item = &'a Root>| all.next().filter(|_| all.next().is_none());
    // The project's own folder is above all of them, and means none.
    let inside = |root: &&Root| !here.is_empty() && SourcePath::new(&root.path).below(here).is_some();
    let within = || only(&mut roots.iter().filter(inside));
    holding
        .or_else(within)
        .or_else(|| only(&mut roots.iter()))
        .or_else(|| roots.iter().find(|root| root.prefix.is_empty()))
        .ok_or_else(|| Error::Refused {
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
