//! The status is none of its kind's.

use crate::check::demand::in_sentence;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::template::is_choice;
use crate::config::Level;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::record::Record;

pub(super) const RULE: Rule = Rule {
    name: "unknown-status",
    summary: "A record's status is none of those its kind may have.",
    page: include_str!("../../../content/rules/unknown-status.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(status) = &record.raw_status else { return };
    if record.status.is_some() || record.kind.is_chapter() || is_choice(&status.value) {
        return;
    }
    let word = status.value.trim();
    let message = match word {
        "" => format!("the status of this {} is empty", in_sentence(&record.kind.label)),
        word => format!("`{word}` is not a status of {}", in_sentence(&record.kind.plural)),
    };
    let finding = Diagnostic::new(RULE.name, record.path(), status.span, message).with_label("not a known status");
    found.push(with_advice(finding, record, word));
}

fn with_advice(finding: Diagnostic, record: &Record, word: &str) -> Diagnostic {
    let lifecycle = &record.kind.lifecycle;
    let names: Vec<&str> = lifecycle.statuses.iter().map(|status| status.name.as_str()).collect();
    let all = names.join(", ");
    let Some(near) = lifecycle.nearest(word).filter(|_| !word.is_empty()) else {
        return finding.with_help(format!("write one of {all}"));
    };
    let span = finding.primary.span;
    let written = span.of(record.text());
    let edit = written.find(word).map(|at| Edit {
        path: record.path().clone(),
        span: crate::text::Span::new(span.start as usize + at, span.start as usize + at + word.len()),
        text: near.to_owned(),
    });
    let finding = finding.with_help(format!("did you mean `{near}`? The statuses are {all}"));
    match edit {
        Some(edit) => finding.with_fix(Fix {
            title: format!("write `{near}`"),
            applicability: Applicability::Unsafe,
            edits: vec![edit],
        }),
        None => finding,
    }
}
