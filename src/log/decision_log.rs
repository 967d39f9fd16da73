//! Every record, joined.

use super::backlink::Backlink;
use super::relation::Relation;
use super::target::Target;
use crate::config::Config;
use crate::record::{Record, RecordId, RelationKind};
use crate::source::Asset;
use crate::text::SourcePath;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every record, joined. Records are named by their position, which follows their paths.
#[derive(Clone, Debug, Default)]
pub struct DecisionLog {
    records: Vec<Arc<Record>>,
    by_path: BTreeMap<SourcePath, usize>,
    by_id: BTreeMap<RecordId, Vec<usize>>,
    assets: BTreeMap<SourcePath, Asset>,
    relations: Vec<Relation>,
    /// By record: positions in `relations` that touch it.
    touching: Vec<Vec<usize>>,
    backlinks: Vec<Vec<Backlink>>,
}

impl DecisionLog {
    /// Joins records; what does not join is left for the checks to say.
    pub fn link(_records: Vec<Arc<Record>>, _assets: BTreeMap<SourcePath, Asset>, _config: &Config) -> DecisionLog {
        todo!()
    }

    /// All records, in the order of their paths.
    pub fn records(&self) -> &[Arc<Record>] {
        &self.records
    }

    /// One record by position.
    pub fn record(&self, position: usize) -> Option<&Record> {
        self.records.get(position).map(Arc::as_ref)
    }

    /// The position of a file's record.
    pub fn at_path(&self, path: &SourcePath) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The positions of the records that claim an id: one, unless two do.
    pub fn claims(&self, id: &RecordId) -> &[usize] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// Every id and who claims it.
    pub fn ids(&self) -> impl Iterator<Item = (&RecordId, &[usize])> {
        self.by_id.iter().map(|(id, claims)| (id, claims.as_slice()))
    }

    /// The record that a written id means (`ADR-7`, `adr 0007`, `RFC-7-A1`), whatever the padding.
    pub fn named(&self, _text: &str) -> Option<usize> {
        todo!()
    }

    /// Files that pages may link, by path.
    pub fn assets(&self) -> &BTreeMap<SourcePath, Asset> {
        &self.assets
    }

    /// All relations, in the order in which they were written.
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// The relations in which a record takes part, at either end.
    pub fn touching(&self, record: usize) -> impl Iterator<Item = &Relation> {
        self.touching.get(record).into_iter().flatten().filter_map(|position| self.relations.get(*position))
    }

    /// Who mentions or links a record, in the order of their paths.
    pub fn backlinks(&self, record: usize) -> &[Backlink] {
        self.backlinks.get(record).map_or(&[], Vec::as_slice)
    }

    /// The records that have taken a record's place, wholly, by a supersession in force.
    pub fn successors(&self, record: usize) -> Vec<usize> {
        let _ = (record, RelationKind::Supersedes);
        todo!()
    }

    /// What a target written in `from` means: a link's target, an image's, or a relation's.
    pub fn resolve(&self, _from: &Record, _target: &str) -> Target {
        todo!()
    }
}
