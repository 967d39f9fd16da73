//! A section that the kind asks for is not there.

use crate::check::demand::{Asked, absence, in_sentence};
use crate::check::rule::{Check, Context, Rule};
use crate::check::section::{Headings, asked};
use crate::config::{Level, SectionRule};
use crate::diagnostic::Diagnostic;
use crate::record::Record;

pub(super) const RULE: Rule = Rule {
    name: "missing-section",
    summary: "A record lacks a section that its kind asks for at this status.",
    page: include_str!("../../../content/rules/missing-section.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Record, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let headings = Headings::of(record);
    found.extend(asked(record).filter(|rule| headings.named(rule).is_empty()).map(|rule| report(record, rule)));
}

fn report(record: &Record, rule: &SectionRule) -> Diagnostic {
    let asked = Asked { from: &rule.from, when: &rule.when, at: rule.at.as_ref() };
    absence(RULE.name, record, format!("the section `{}` is missing", rule.name), &asked).with_help(advice(rule))
}

fn advice(rule: &SectionRule) -> String {
    let guidance = rule.guidance.trim().trim_end_matches('.');
    match guidance {
        "" => format!("add the heading `## {}` and write under it", rule.name),
        guidance => format!("add `## {}`: {}", rule.name, in_sentence(guidance)),
    }
}
