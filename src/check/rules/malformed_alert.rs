//! An alert that is shown as an ordinary quotation.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::record::Record;
use crate::text::{Span, nearest};

pub(super) const RULE: Rule = Rule {
    name: "malformed-alert",
    summary: "An alert is not one of the five, or is not written as one.",
    page: include_str!("../../../content/rules/malformed-alert.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

/// The alerts there are.
const ALERTS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let body = record.text().get(record.body..).unwrap_or("");
    if !body.contains("[!") {
        return;
    }
    let mut at = record.body;
    let mut is_inside = false;
    for line in body.split_inclusive('\n') {
        let is_quote = line.trim_start().starts_with('>');
        if is_quote && !is_inside {
            found.extend(fault(record, line, at));
        }
        (is_inside, at) = (is_quote, at + line.len());
    }
}

/// What is wrong with the first line of a block quote, if it is meant as an alert.
fn fault(record: &Record, line: &str, start: usize) -> Option<Diagnostic> {
    let inner = line.trim_start().strip_prefix('>')?.trim_start();
    let word = inner.strip_prefix("[!")?.split_once(']').map(|(word, _)| word)?;
    let lead = start + line.len() - inner.len();
    let marker = Span::new(lead, lead + word.len() + 3);
    let rest = inner.get(word.len() + 3..)?.trim();
    let is_code = record.outline.code.iter().any(|code| code.contains(marker));
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '_');
    if is_code || !is_word || rest.starts_with('(') {
        return None;
    }
    let known = ALERTS.iter().find(|known| known.eq_ignore_ascii_case(word));
    if known.is_some() && rest.is_empty() {
        return None;
    }
    if known.is_some() {
        let place = Span::new(lead, lead + inner.trim_end().len());
        let finding = Diagnostic::new(
            RULE.name,
            record.path(),
            place,
            format!("`[!{word}]` is followed by text on its own line"),
        );
        return Some(finding.with_label("shown as a quotation").with_help("put the text on the next line, after `> `"));
    }
    let message = format!("there is no alert `{word}`");
    let finding = Diagnostic::new(RULE.name, record.path(), marker, message).with_label("shown as a quotation");
    let Some(near) = nearest(word, ALERTS.iter().copied()) else {
        return Some(finding.with_help("write one of NOTE, TIP, IMPORTANT, WARNING and CAUTION"));
    };
    let edit = Edit { path: record.path().clone(), span: marker, text: format!("[!{near}]") };
    let fix = Fix { title: format!("write `[!{near}]`"), applicability: Applicability::Safe, edits: vec![edit] };
    Some(finding.with_help(format!("did you mean `[!{near}]`?")).with_fix(fix))
}
