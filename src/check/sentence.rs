//! Sentences by which a text of another process says what others say under headings.

use super::topic::speaks;
use crate::text::lines;

/// How a sentence opens by which a text without a decision of its own decides, in lower case.
const DECIDES: &[&str] =
    &["this adr proposes", "this record proposes", "this document proposes", "we decided to", "we have decided to"];

/// How the prose of another process decides, in lower case.
const SETTLES: &[&str] = &[
    "it was decided",
    "specification proposes",
    "the decision is to",
    "the decision was made",
    "we are going to use",
    "we chose to",
    "we have chosen",
    "we will use",
];

/// How a sentence of another process opens that draws its conclusion from what was weighed, in lower case.
const CONCLUDES: &[&str] =
    &["based on the ", "based on these ", "for these reasons", "for this reason", "given the above", "given these "];

/// How a paragraph of another process opens that says what forces its decision, in lower case.
const GROUNDS: &[&str] = &[
    "at present",
    "because ",
    "currently",
    "due to ",
    "in order to ",
    "since ",
    "so far",
    "to avoid ",
    "to ease ",
    "to keep ",
    "to make ",
    "to reduce ",
    "to simplify ",
];

/// The fewest words of a sentence that says what a text is about.
const SENTENCE: usize = 8;

/// Whether a line opens with a sentence that decides.
pub(super) fn decides(line: &str) -> bool {
    DECIDES.iter().any(|opening| starts_with(line.trim_start(), opening))
}

/// Whether a line opens with some words, in any case.
fn starts_with(line: &str, opening: &str) -> bool {
    line.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening))
}

/// Whether prose decides somewhere in a sentence, or draws a conclusion at the start of a line.
pub(super) fn settles(text: &str) -> bool {
    let concludes = |line: &str| CONCLUDES.iter().any(|opening| starts_with(line.trim_start(), opening));
    let lower = text.to_lowercase();
    lines(text).any(concludes) || SETTLES.iter().any(|phrase| speaks(&lower, phrase))
}

/// Whether a line opens with what forces a decision.
pub(super) fn gives_grounds(line: &str) -> bool {
    GROUNDS.iter().any(|opening| starts_with(line.trim_start(), opening))
}

/// Whether a text opens a line with a sentence: no list, no table, no `key: value`.
pub(super) fn has_sentence(text: &str) -> bool {
    lines(text).map(str::trim).any(|line| {
        let key = line.split_once(": ").map(|(key, _)| key);
        let is_field = key.is_some_and(|key| key.split_whitespace().count() < 4);
        let opens = line.starts_with(|c: char| c.is_alphabetic() || "`[\"“_*".contains(c));
        let is_item = line.starts_with("* ") || line.starts_with("**") || line.starts_with("- ");
        opens && !is_item && !is_field && line.split_whitespace().count() >= SENTENCE
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_and_grounds_are_told_in_sentences() {
        assert!(decides("This ADR proposes a queue.") && !decides("It proposes a queue."));
        assert!(settles("This technical specification proposes a queue.") && settles("Here, we will use a queue."));
        assert!(settles("Based on the load, jobs were moved to a queue.") && !settles("It is based on the queue."));
        assert!(!settles("The users will use a queue.") && !settles("- Based on [ADR-3](0003-queue.md)"));
        assert!(gives_grounds("To avoid two rotas, there is one queue.") && !gives_grounds("There is one queue."));
    }

    #[test]
    fn sentences_are_told_from_fields_and_lists() {
        assert!(has_sentence("Invoices go to a queue, and workers send them at night."));
        for text in [
            "Too slow.",
            "- Invoices go to a queue, and workers send them at night.",
            "Technical story: the mail that was not sent on the last night of March",
            "| Invoices | go | to | a | queue | and | workers | send |",
        ] {
            assert!(!has_sentence(text), "{text}");
        }
    }
}
