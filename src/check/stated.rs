//! What a body states about its record, in the ways that teams write it down.

use crate::record::Record;

/// Whether a body says `key: …` on a line of its own, in a list, a table or a heading.
pub(super) fn states(record: &Record, key: &str) -> bool {
    let body = record.text().get(record.body..).unwrap_or("");
    body.lines().map(|line| line.trim_start_matches(|c: char| !c.is_alphanumeric())).any(|line| {
        let word = line.get(..key.len()).filter(|word| word.eq_ignore_ascii_case(key));
        let rest = word.and_then(|_| line.get(key.len()..)).map(|rest| rest.trim_start_matches(['*', '_', ' ']));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '|']))
    })
}
