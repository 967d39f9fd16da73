//! Where a record stands, and since when.

use crate::config::{Decision, Delivery};
use crate::date::Date;
use crate::record::Record;

/// What was decided about a record; `None` when its status is not known.
pub(in crate::page) fn decision(record: &Record) -> Option<Decision> {
    record.status.as_ref().map(|status| status.decision)
}

/// Whether a record's decision is in force.
pub(in crate::page) fn is_in_force(record: &Record) -> bool {
    let is_abandoned = record.status.as_ref().is_some_and(|status| status.delivery == Delivery::Abandoned);
    decision(record) == Some(Decision::Accepted) && !is_abandoned
}

/// Whether what a record plans is still to be reckoned with: not turned down, taken back, put off, given up or replaced.
pub(in crate::page) fn stands(record: &Record) -> bool {
    let Some(status) = &record.status else { return true };
    let open = [Decision::Draft, Decision::InReview, Decision::Accepted, Decision::Deprecated];
    open.contains(&status.decision) && status.delivery != Delivery::Abandoned
}

/// Whether a decision was made, whichever way it went.
pub(in crate::page) fn is_decided(record: &Record) -> bool {
    let open = [Decision::Draft, Decision::InReview, Decision::Deferred, Decision::Withdrawn];
    decision(record).is_some_and(|decision| !open.contains(&decision))
}

/// When a decision was made, where the record says so: it came to a status that decides, else it was signed, else the
/// meeting was held.
pub(in crate::page) fn said_decided_on(record: &Record) -> Option<Date> {
    if !is_decided(record) {
        return None;
    }
    let front = &record.front;
    let decides = |word: &str| {
        let status = record.kind.lifecycle.status(word);
        status.is_some_and(|status| matches!(status.decision, Decision::Accepted | Decision::Rejected))
    };
    let passages = front.history.iter().map(|row| &row.value);
    let decided = passages.filter(|passage| passage.status.as_ref().is_some_and(|status| decides(&status.value)));
    let came = decided.filter_map(|passage| passage.on.as_ref()).map(|on| on.value).min();
    let signed = || front.sign_offs.iter().filter_map(|row| row.value.on.as_ref()).map(|on| on.value).max();
    let held = || front.review.as_ref()?.value.held.as_ref().map(|held| held.value.day());
    came.or_else(signed).or_else(held)
}

/// When a record was decided, as well as it tells: else when it was announced, changed or first written.
pub(in crate::page) fn decided_on(record: &Record) -> Option<Date> {
    let front = &record.front;
    let announced = || front.deprecation.as_ref()?.value.announced.as_ref().map(|on| on.value);
    let updated = || front.updated.as_ref().map(|updated| updated.value);
    let created = || front.created.as_ref().map(|created| created.value);
    said_decided_on(record).or_else(announced).or_else(updated).or_else(created)
}
