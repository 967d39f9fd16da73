//! The text that somebody vouched for, found again by its fingerprint.

use crate::config::Config;
use crate::record::{Fingerprint, Record};
use crate::source::Source;
use std::fmt;

/// A fingerprint in a record, and what it stands for.
#[derive(Clone, Debug)]
pub struct Vouched {
    /// The fingerprint.
    pub fingerprint: Fingerprint,
    /// Whether it is that of a signature; else it is that of a pre-read.
    pub is_signed: bool,
    /// When: `2026-03-12`; empty where the record does not say.
    pub on: String,
}

impl fmt::Display for Vouched {
    /// `signed on 2026-03-12`, `circulated on 2026-03-10`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_signed { "signed" } else { "circulated" })?;
        if self.on.is_empty() { Ok(()) } else { write!(f, " on {}", self.on) }
    }
}

/// The fingerprint that a record is held to: of its newest signature, else of what was circulated. `None` where it has none that
/// can be read.
pub fn vouched(record: &Record) -> Option<Vouched> {
    let front = &record.front;
    let signed = front.sign_offs.iter().filter_map(|row| {
        let fingerprint = Fingerprint::parse(&row.value.digest.as_ref()?.value)?;
        Some((row.value.on.as_ref().map(|on| on.value), fingerprint))
    });
    if let Some((on, fingerprint)) = signed.max_by_key(|(on, _)| *on) {
        let on = on.map(|on| on.to_string()).unwrap_or_default();
        return Some(Vouched { fingerprint, is_signed: true, on });
    }
    circulated(record)
}

/// The fingerprint of what was circulated.
pub fn circulated(record: &Record) -> Option<Vouched> {
    let review = &record.front.review.as_ref()?.value;
    let fingerprint = Fingerprint::parse(&review.digest.as_ref()?.value)?;
    let on = review.circulated.as_ref().map(|at| at.value.day().to_string()).unwrap_or_default();
    Some(Vouched { fingerprint, is_signed: false, on })
}

/// The first of some texts that a fingerprint was taken of: whoever kept it and wherever, it is that text and no other.
pub fn former(
    record: &Record,
    fingerprint: &Fingerprint,
    texts: impl IntoIterator<Item = String>,
    config: &Config,
) -> Option<Record> {
    let parse = |text: String| Record::parse(&Source::new(record.path().clone(), text), config).0;
    texts.into_iter().map(parse).find(|then| fingerprint.drift(then).is_none())
}
