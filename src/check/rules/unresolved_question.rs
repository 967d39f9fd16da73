//! Decided, with a question left open.

use crate::check::demand::is_accepted;
use crate::check::question::open_questions;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "unresolved-question",
    summary: "An accepted record still asks a question.",
    page: include_str!("../../../content/rules/unresolved-question.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !is_accepted(record) {
        return;
    }
    found.extend(open_questions(record.headings()).into_iter().map(|question| {
        let message = format!("`{}` was left open", shortened(question.value.trim_start_matches("[ ] ").trim()));
        Diagnostic::new(RULE.name, record.path(), question.span, message)
            .with_label("not answered here")
            .with_help("write the answer behind it, or name the record that will answer it")
    }));
}

/// The first words of a long question.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.get(..9).filter(|_| words.len() > 10) {
        Some(first) => format!("{} …", first.join(" ")),
        None => words.join(" "),
    }
}
