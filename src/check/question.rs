//! Questions that a record leaves open.

use crate::markdown::items;
use crate::record::{Headings, Record};
use crate::text::Spanned;

/// Headings under which questions stand.
const TITLES: &[&str] =
    &["Open questions", "Unresolved questions", "Open issues", "Outstanding questions", "Questions to resolve"];

/// Words that show that a question was answered or put off on purpose.
const ANSWERS: &[&str] =
    &["resolved", "answer", "decided", "settled", "closed", "done", "deferred", "out of scope", "~~", "→", "->", "[x]"];

/// The questions that stand under such a heading without an answer, as written.
pub fn open_questions(record: &Record) -> Vec<Spanned<String>> {
    let headings = Headings::of(record);
    let sections = TITLES.iter().flat_map(|title| headings.titled(title));
    sections.flat_map(|section| items(record.text(), section.body)).filter(is_open).collect()
}

/// A question mark at the very end, or a box that is not ticked: what follows a question is its answer.
fn is_open(item: &Spanned<String>) -> bool {
    let text = item.value.trim();
    let lower = text.to_lowercase();
    (text.ends_with('?') || text.starts_with("[ ]")) && !ANSWERS.iter().any(|answer| lower.contains(answer))
}
