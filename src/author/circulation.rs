//! A text goes out to its readers: when, for which meeting, and the fingerprint of what they get.

use super::change::Change;
use super::find::name;
use super::literal::Literal;
use super::step::{changes, may_go};
use crate::config::{Decision, Status};
use crate::date::Moment;
use crate::error::{Error, Result};
use crate::record::{Fingerprint, Record};

/// A moment, and the words in which somebody gave it; empty for the clock's.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// The moment.
    pub moment: Moment,
    /// As it was given.
    pub words: String,
}

/// What is written when a record is circulated for a meeting: `[review]`, and the status in review where its kind has one that it
/// is not in yet.
///
/// # Errors
/// When there is nothing left to review, or no step to the review.
pub fn circulation(record: &Record, circulated: &Spoken, held: &Spoken) -> Result<Vec<Change>> {
    let stamp = |key, to| Change::Set { table: Some("review"), key, to };
    let mut all = match review(record)? {
        Some(status) => changes(record, status, circulated.moment.day()),
        None => Vec::new(),
    };
    all.push(stamp("circulated", Literal::moment(circulated.moment, &circulated.words)));
    all.push(stamp("held", Literal::moment(held.moment, &held.words)));
    all.push(stamp("digest", Literal::text(Fingerprint::of(record).to_string())));
    Ok(all)
}

/// The status to which a record comes by being circulated; `None` where it stays.
fn review(record: &Record) -> Result<Option<&Status>> {
    let lifecycle = &record.kind.lifecycle;
    let status = record.status.as_ref();
    let decision = status.map(|status| status.decision);
    let is_past = !matches!(decision, None | Some(Decision::Draft | Decision::InReview | Decision::Deferred));
    if is_past || lifecycle.statuses.is_empty() {
        let stands = status.map_or_else(|| "is a chapter".to_owned(), |status| format!("is `{}`", status.name));
        let message = format!(
            "{} {stands}: there is no review before it; what was agreed to changes by an addendum or a new record",
            name(record)
        );
        return Err(Error::Refused { message });
    }
    let to = lifecycle.statuses.iter().find(|status| status.decision == Decision::InReview && status.step.is_some());
    match to {
        Some(to) if status.is_some_and(|status| status.name == to.name) => Ok(None),
        Some(to) => may_go(record, to).map(|()| Some(to.as_ref())),
        // A kind without a review: the draft is shown round.
        None => Ok(None),
    }
}
