//! What has become of a record, in the words that programs are told.

use crate::log::DecisionLog;

/// The names of the records that have taken a record's place: their ids, else their titles.
pub(super) fn successors(position: usize, log: &DecisionLog) -> Vec<String> {
    let names = log.successors(position).into_iter().filter_map(|other| log.record(other));
    names.map(|record| record.id.as_ref().map_or_else(|| record.title.clone(), |id| id.value.to_string())).collect()
}
