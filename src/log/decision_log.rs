//! Every record, joined.

use super::backlink::{Backlink, backlinks};
use super::index::Index;
use super::relation::{Relation, Strength, relations};
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
    index: Index,
    relations: Vec<Relation>,
    /// By record: positions in `relations` that touch it.
    touching: Vec<Vec<usize>>,
    backlinks: Vec<Vec<Backlink>>,
}

impl DecisionLog {
    /// Joins records; what does not join is left for the checks to say.
    pub fn link(records: Vec<Arc<Record>>, assets: BTreeMap<SourcePath, Asset>, config: &Config) -> DecisionLog {
        let index = Index::new(records, assets, &config.content);
        let relations = relations(&index);
        let mut touching = vec![Vec::new(); index.records.len()];
        for (position, relation) in relations.iter().enumerate() {
            for end in [relation.from, relation.to] {
                if let Some(of_record) = touching.get_mut(end) {
                    of_record.push(position);
                }
            }
        }
        let backlinks = backlinks(&index);
        DecisionLog { index, relations, touching, backlinks }
    }

    /// All records, in the order of their paths.
    pub fn records(&self) -> &[Arc<Record>] {
        &self.index.records
    }

    /// One record by position.
    pub fn record(&self, position: usize) -> Option<&Record> {
        self.index.records.get(position).map(Arc::as_ref)
    }

    /// The position of a file's record.
    pub fn at_path(&self, path: &SourcePath) -> Option<usize> {
        self.index.at_path(path)
    }

    /// The positions of the records that claim an id: one, unless two do.
    pub fn claims(&self, id: &RecordId) -> &[usize] {
        self.index.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// Every id and who claims it.
    pub fn ids(&self) -> impl Iterator<Item = (&RecordId, &[usize])> {
        self.index.by_id.iter().map(|(id, claims)| (id, claims.as_slice()))
    }

    /// The record that a written id means (`ADR-7`, `adr 0007`, `RFC-7-A1`), whatever the padding.
    pub fn named(&self, text: &str) -> Option<usize> {
        self.index.named(text)
    }

    /// The record that a relation's target means, and the part of it: `ADR-3#decision`, a number of the same series, a path.
    pub fn related(&self, from: &Record, target: &str) -> Option<(usize, Option<String>)> {
        self.index.related(from, target)
    }

    /// Files that pages may link, by path.
    pub fn assets(&self) -> &BTreeMap<SourcePath, Asset> {
        &self.index.assets
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
        self.touching(record)
            .filter(|relation| relation.kind == RelationKind::Supersedes && relation.to == record)
            .filter(|relation| relation.part.is_none() && relation.strength == Strength::InForce)
            .map(|relation| relation.from)
            .collect()
    }

    /// What a target written in `from` means: a link's target or an image's.
    pub fn resolve(&self, from: &Record, target: &str) -> Target {
        self.index.resolve(from, target)
    }
}
