//! Decided, with a question left open.

use crate::check::demand::is_accepted;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::items;
use crate::text::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "unresolved-question",
    summary: "An accepted record still asks a question.",
    page: include_str!("../../../content/rules/unresolved-question.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

/// Headings under which questions stand.
const TITLES: &[&str] =
    &["Open questions", "Unresolved questions", "Open issues", "Outstanding questions", "Questions to resolve"];

/// Words that show that a question was answered or put off on purpose.
const ANSWERS: &[&str] =
    &["resolved", "answer", "decided", "settled", "closed", "done", "deferred", "out of scope", "~~", "→", "->", "[x]"];

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !is_accepted(record) {
        return;
    }
    for section in TITLES.iter().flat_map(|title| record.headings().titled(title)) {
        let open = items(record.text(), section.body).into_iter().filter(is_open);
        found.extend(open.map(|question| {
            let message = format!("`{}` was left open", shortened(question.value.trim_start_matches("[ ] ").trim()));
            Diagnostic::new(RULE.name, record.path(), question.span, message)
                .with_label("not answered here")
                .with_help("write the answer behind it, or name the record that will answer it")
        }));
    }
}

/// A question mark at the very end, or a box that is not ticked: what follows a question is its answer.
fn is_open(item: &Spanned<String>) -> bool {
    let text = item.value.trim();
    let lower = text.to_lowercase();
    (text.ends_with('?') || text.starts_with("[ ]")) && !ANSWERS.iter().any(|answer| lower.contains(answer))
}

/// The first words of a long question.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.get(..9).filter(|_| words.len() > 10) {
        Some(first) => format!("{} …", first.join(" ")),
        None => words.join(" "),
    }
}
