//! The log, and what rules find that need it: joined anew, or as before but for what an edit has changed.

use super::examine::Examined;
use crate::check::{Context, by_file, check_among, check_log, is_of_sections, links_to_papers};
use crate::diagnostic::Diagnostic;
use crate::history::History;
use crate::log::{DecisionLog, Relation};
use crate::record::{Record, RelationKind};
use crate::source::{Asset, Files};
use crate::text::SourcePath;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many texts are looked at one by one, as after a change of branches; beyond that all are joined anew.
const MOST: usize = 200;

/// A log, and what was found by looking at more than one record.
pub(super) struct Joined {
    pub(super) log: Arc<DecisionLog>,
    /// By record: what rules find that look at it among the others.
    pub(super) among: Vec<Arc<[Diagnostic]>>,
    /// By file: what rules find that look at the whole log.
    pub(super) of_log: BTreeMap<SourcePath, Vec<Diagnostic>>,
}

/// How a joined log differs from the one before.
pub(super) struct Reach {
    /// Files of which something else may be found.
    pub(super) files: BTreeSet<SourcePath>,
    /// The records of which other pages have something else to say, by position.
    pub(super) outward: BTreeSet<usize>,
}

impl Joined {
    /// Joins all texts.
    pub(super) fn of(
        texts: &[Arc<Examined>],
        assets: &BTreeMap<SourcePath, Asset>,
        (history, files): (Arc<History>, &Arc<dyn Files>),
        context: &Context<'_>,
    ) -> Joined {
        let records = texts.iter().map(|examined| Arc::clone(&examined.record)).collect();
        let log = DecisionLog::link(records, assets.clone(), context.config).with_history(history);
        let log = Arc::new(log.in_project(Arc::clone(files)));
        let positions: Vec<usize> = (0..texts.len()).collect();
        let among = || positions.par_iter().map(|at| Arc::from(check_among(&log, *at, context))).collect();
        let (among, of_log) = rayon::join(among, || by_file(check_log(&log, context)));
        Joined { log, among, of_log }
    }

    /// The same for texts of which those at some places are others, by way of what was joined before; `None` where that says
    /// nothing: a text goes by another name now, or there are too many.
    pub(super) fn again(
        &self,
        texts: &[Arc<Examined>],
        places: &BTreeSet<usize>,
        context: &Context<'_>,
    ) -> Option<(Joined, Reach)> {
        let changed: Vec<(usize, &Arc<Record>)> =
            places.iter().filter_map(|at| Some((*at, &texts.get(*at)?.record))).collect();
        if changed.len() > MOST {
            return None;
        }
        let log = self.log.with(changed.iter().map(|(at, record)| (*at, Arc::clone(record))))?;
        let mut touched = places.clone();
        let mut are_headings_same = true;
        let mut outward = BTreeSet::new();
        for (at, record) in changed {
            let before = self.log.record(at)?;
            let has_face = record.has_face_of(before);
            if !has_face {
                outward.insert(at);
            }
            if !links_to_papers(record).eq(links_to_papers(before)) {
                // Whoever misses a paper is told where others find it.
                touched.extend(0..texts.len());
            }
            are_headings_same &= has_face && record.has_anchors_of(before);
            for log in [&self.log, &log] {
                touched.extend(log.mentions(at).map(|(to, _)| to));
                if !has_face {
                    replaced_by(log, at).into_iter().for_each(|old| touched.extend(neighbours(log, old)));
                } else if !record.has_anchors_of(before) {
                    touched.extend(neighbours(log, at));
                }
            }
        }
        let mut among = self.among.clone();
        for at in &touched {
            if let Some(place) = among.get_mut(*at) {
                *place = Arc::from(check_among(&log, *at, context));
            }
        }
        let of_log = by_file(check_log(&log, context));
        let touched = touched.iter().filter_map(|at| log.record(*at));
        let mut files: BTreeSet<SourcePath> = touched.flat_map(|record| record.source.paths()).cloned().collect();
        let all = self.of_log.keys().chain(of_log.keys());
        files.extend(all.filter(|path| self.of_log.get(*path) != of_log.get(*path)).cloned());
        if !are_headings_same {
            // What the log calls its sections may be something else now.
            let lack_sections = texts.iter().filter(|examined| examined.found.iter().any(is_of_sections));
            files.extend(lack_sections.map(|examined| examined.record.path().clone()));
        }
        Some((Joined { log: Arc::new(log), among, of_log }, Reach { files, outward }))
    }
}

/// Who names a record, and who is related to it.
fn neighbours(log: &DecisionLog, at: usize) -> impl Iterator<Item = usize> {
    let related = log.touching(at).flat_map(|relation| [relation.from, relation.to]);
    log.backlinks(at).iter().map(|backlink| backlink.from).chain(related)
}

/// A record, and those whose place it takes, or would take, and so on.
fn replaced_by(log: &DecisionLog, at: usize) -> BTreeSet<usize> {
    let mut replaced = BTreeSet::from([at]);
    let mut next = vec![at];
    while let Some(newer) = next.pop() {
        let replaces = |relation: &&Relation| relation.kind == RelationKind::Supersedes && relation.from == newer;
        next.extend(
            log.touching(newer).filter(replaces).map(|relation| relation.to).filter(|old| replaced.insert(*old)),
        );
    }
    replaced
}
