//! The days that a record is known by.

use super::parse::Record;
use crate::date::Date;

impl Record {
    /// The last day on which something is known to have happened to this record; `None` when it names no day.
    ///
    /// Days that may still lie ahead do not count: a meeting, what is due, when something is to be looked at again.
    pub fn last_change(&self) -> Option<Date> {
        let front = &self.front;
        let written = front.created.iter().chain(&front.updated).map(|day| day.value);
        let circulated = front.review.iter().filter_map(|review| review.value.circulated.as_ref());
        let circulated = circulated.map(|moment| moment.value.day());
        let passed = front.history.iter().filter_map(|row| row.value.on.as_ref());
        let signed = front.sign_offs.iter().filter_map(|row| row.value.on.as_ref());
        let committed = front.dissent.iter().filter_map(|row| row.value.committed.as_ref());
        let measured = front.metrics.iter().filter_map(|row| row.value.measured.as_ref());
        let paid = front.debts.iter().filter_map(|row| row.value.paid.as_ref());
        let attested = passed.chain(signed).chain(committed).chain(measured).chain(paid).map(|day| day.value);
        written.chain(circulated).chain(attested).max()
    }
}
