//! What a record is to programs: the name it keeps, and whether it still holds.

use crate::config::{Config, Decision, Delivery};
use crate::log::DecisionLog;
use crate::page::encode_fragment;
use crate::record::Record;

/// How far a record's word still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is being decided.
    Open,
    /// It holds; so does a chapter of the handbook.
    InForce,
    /// It was put off.
    Deferred,
    /// It was turned down, taken back, given up or replaced, or is no longer advised.
    Over,
}

/// Whether a record still holds; one that another has replaced does not, whatever its own status says.
pub(super) fn standing(position: usize, record: &Record, log: &DecisionLog) -> Standing {
    if record.kind.is_chapter() {
        return Standing::InForce;
    }
    if !log.successors(position).is_empty() {
        return Standing::Over;
    }
    let Some(status) = &record.status else { return Standing::Open };
    match (status.decision, status.delivery) {
        (Decision::Draft | Decision::InReview, _) => Standing::Open,
        (Decision::Accepted, Delivery::Abandoned) => Standing::Over,
        (Decision::Accepted, _) => Standing::InForce,
        (Decision::Deferred, _) => Standing::Deferred,
        (Decision::Rejected | Decision::Withdrawn | Decision::Deprecated | Decision::Superseded, _) => Standing::Over,
    }
}

/// The name that a record keeps when its file is renamed: its id; its path where it has none, or another record claims the
/// same. As it stands in a fragment.
pub(super) fn name(position: usize, record: &Record, log: &DecisionLog, config: &Config) -> String {
    let id = record.id.as_ref().filter(|id| log.claims(&id.value) == [position]);
    match id {
        Some(id) => encode_fragment(&id.value.to_string()),
        None => encode_fragment(&config.roots.below(record.path())),
    }
}

/// The names of the records that have taken a record's place: their ids, else their titles.
pub(super) fn successors(position: usize, log: &DecisionLog) -> Vec<String> {
    let names = log.successors(position).into_iter().filter_map(|other| log.record(other));
    names.map(|record| record.id.as_ref().map_or_else(|| record.title.clone(), |id| id.value.to_string())).collect()
}
