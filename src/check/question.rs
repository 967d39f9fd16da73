//! Questions that a record leaves open.

use super::blank::is_definition;
use crate::markdown::items;
use crate::record::Headings;
use crate::text::{Span, Spanned, line_start};

/// Headings under which questions stand, by their [`section_key`](crate::config::section_key)s.
const TITLES: &[&str] =
    &["openquestion", "unresolvedquestion", "openissue", "outstandingquestion", "questionstoresolve"];

/// Words that show that a question was answered or put off on purpose.
const ANSWERS: &[&str] =
    &["resolved", "answer", "answers", "answered", "decided", "settled", "closed", "done", "deferred"];

/// Marks and phrases that show the same.
const MARKS: &[&str] = &["out of scope", "~~", "→", "->", "[x]"];

/// The questions that stand under such a heading without an answer, as written.
pub fn open_questions(headings: &Headings<'_>) -> Vec<Spanned<String>> {
    let sections = TITLES.iter().flat_map(|key| headings.titled(key));
    sections.flat_map(|section| unanswered(headings.record().text(), section.body)).collect()
}

/// The open questions of one section.
fn unanswered(text: &str, body: Span) -> Vec<Spanned<String>> {
    let items = items(text, body);
    let mut open = Vec::new();
    // Whether nothing but an item stands above the next: then what stands below the last is about all of them.
    let mut is_in_row = false;
    for (at, item) in items.iter().enumerate() {
        let next = items.get(at + 1);
        let end = next.map_or(body.range().end, |next| line_start(text, next.span.range().start));
        let is_followed = has_paragraph(text.get(item.span.range().end..end).unwrap_or(""));
        let by_list = next.is_some_and(|next| !is_open(next) && is_numbered(text, item) != is_numbered(text, next));
        if is_open(item) && (is_in_row || !(is_followed || by_list)) {
            open.push(item.clone());
        }
        is_in_row = !is_followed && is_open(item);
    }
    open
}

/// Whether below the line where an item ends, and a blank one, a paragraph stands that is no part of a list.
fn has_paragraph(below: &str) -> bool {
    let mut is_apart = false;
    for line in below.lines().skip(1) {
        if line.trim().is_empty() {
            is_apart = true;
        } else if is_apart {
            // A link's address, a comment and a rule across the page say nothing.
            return !line.starts_with([' ', '\t', '#', '<']) && !line.starts_with("---") && !is_definition(line);
        }
    }
    false
}

/// Whether an item has a number before it, and no bullet.
fn is_numbered(text: &str, item: &Spanned<String>) -> bool {
    let start = item.span.range().start;
    let before = text.get(line_start(text, start)..start).unwrap_or("");
    before.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// A question mark at the very end, or a box that is not ticked: what follows a question is its answer.
fn is_open(item: &Spanned<String>) -> bool {
    let text = item.value.trim();
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let is_answered = words.any(|word| ANSWERS.contains(&word)) || MARKS.iter().any(|mark| lower.contains(mark));
    (text.ends_with('?') || text.starts_with("[ ]")) && !is_answered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_word_of_its_own() {
        let open = |text: &str| is_open(&Spanned::new(text.to_owned(), Span::default()));
        for text in [
            "Who is paged at night?",
            "Is this still undecided?",
            "Unresolved: which bank?",
            "What of abandoned carts?",
            "Is the bug disclosed, and to whom?",
            "[ ] Ask the vendor",
        ] {
            assert!(open(text), "{text}");
        }
        for text in [
            "Resolved: who is paged?",
            "Which bank? Decided: ours.",
            "~~Which bank?~~",
            "[x] Ask the vendor?",
            "[ ] Out of scope: carts?",
            "Which bank (answered in ADR-7)?",
        ] {
            assert!(!open(text), "{text}");
        }
    }

    fn open(body: &str) -> Vec<String> {
        unanswered(body, Span::new(0, body.len()))
            .into_iter()
            .map(|question| question.value.trim().to_owned())
            .collect()
    }

    #[test]
    fn what_stands_below_a_question_answers_it() {
        assert!(open("1. Who pays?\n\nThe platform team pays.\n\n2. From when on?\n\nFrom May on.\n").is_empty());
        assert!(open("1. What has to be watched?\n\n* The length of the queue.\n* The age of jobs.\n").is_empty());
        assert!(open("- Who pays?\n\n  The platform team pays.\n").is_empty());
        assert_eq!(open("1. Who pays?\n\nThe platform team.\n\n2. From when on?\n"), ["From when on?"]);
    }

    #[test]
    fn what_stands_below_a_list_of_questions_answers_none() {
        assert_eq!(open("- Who pays?\n- From when on?\n\nBoth are for the next review.\n").len(), 2);
        assert_eq!(open("- Who pays for it,\n  and how?\n\n### Notes\n\nText.\n").len(), 1);
        assert_eq!(open("- Who pays for [it][1]?\n\n[1]: https://example.org\n").len(), 1);
        assert_eq!(open("- Who pays?\n- It starts in May.\n"), ["Who pays?"]);
    }
}
