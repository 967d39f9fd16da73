//! Records that hang together by their relations, group by group.

use crate::log::{DecisionLog, Relation, Strength};
use std::collections::{BTreeMap, BTreeSet};

/// Records of which each is related to another of them, and their relations. No relation leads out of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// Positions of the records.
    pub(super) records: Vec<usize>,
    /// What each does to the others, by the two records.
    pub(super) ties: BTreeMap<(usize, usize), Vec<Tie>>,
}

/// What one record does to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tie {
    /// In words, as seen from the record that does it: `Supersedes`.
    pub(super) words: &'static str,
    /// The key in the front matter.
    pub(super) key: &'static str,
    pub(super) strength: Strength,
    /// Whether it is about a part of the other alone.
    pub(super) in_part: bool,
}

/// The groups of all records that relations join, or of those with a relation that fits; the largest first.
pub(super) fn groups(log: &DecisionLog, fits: impl Fn(&Relation) -> bool) -> Vec<Group> {
    let is_record = |position: usize| log.record(position).is_some_and(|record| !record.kind.is_chapter());
    let shown = log.relations().iter().filter(|relation| relation.from != relation.to);
    let shown = shown.filter(|relation| is_record(relation.from) && is_record(relation.to) && fits(relation));
    let mut ties: BTreeMap<(usize, usize), Vec<Tie>> = BTreeMap::new();
    let mut neighbours: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for relation in shown {
        let (words, key) = (relation.kind.forward(), relation.kind.key());
        let tie = Tie { words, key, strength: relation.strength, in_part: relation.part.is_some() };
        let between = ties.entry((relation.from, relation.to)).or_default();
        if !between.contains(&tie) {
            between.push(tie);
        }
        neighbours.entry(relation.from).or_default().insert(relation.to);
        neighbours.entry(relation.to).or_default().insert(relation.from);
    }
    let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for start in neighbours.keys() {
        if group_of.contains_key(start) {
            continue;
        }
        let mut open = vec![*start];
        let mut records = BTreeSet::new();
        while let Some(record) = open.pop() {
            if records.insert(record) {
                group_of.insert(record, groups.len());
                open.extend(neighbours.get(&record).into_iter().flatten());
            }
        }
        groups.push(Group { records: records.into_iter().collect(), ties: BTreeMap::new() });
    }
    for (ends, between) in ties {
        if let Some(group) = group_of.get(&ends.0).and_then(|group| groups.get_mut(*group)) {
            group.ties.insert(ends, between);
        }
    }
    groups.sort_by_key(|group| (std::cmp::Reverse(group.records.len()), group.records.first().copied()));
    groups
}
