//! How long ago something happened.

use crate::date::Date;
use crate::record::Record;

/// Days from one day to another; negative when it is still to come.
pub(super) fn days_since(day: Date, today: Date) -> i64 {
    (today - day).get_days().into()
}

/// How long ago a day was, in words: `1 day ago`.
pub(super) fn ago(day: Date, today: Date) -> String {
    match days_since(day, today) {
        1 => "1 day ago".to_owned(),
        days => format!("{days} days ago"),
    }
}

/// The last day on which anything is known to have happened to a record; `None` when it names no day.
pub(super) fn latest(record: &Record) -> Option<Date> {
    let front = &record.front;
    let review = front.review.as_ref().map(|review| &review.value);
    let moments = review.into_iter().flat_map(|review| review.circulated.iter().chain(&review.held));
    let moments = moments.map(|moment| moment.value.day());
    let passages = front.history.iter().filter_map(|row| row.value.on.as_ref()).map(|on| on.value);
    let dates = front.created.iter().chain(&front.updated).map(|date| date.value);
    moments.chain(passages).chain(dates).max()
}
