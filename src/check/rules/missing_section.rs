//! A section that the kind asks for is not there.

use crate::check::demand::{in_sentence, reason};
use crate::check::rule::{Check, Context, Rule};
use crate::check::section::{asked, headed};
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
    found.extend(asked(record).filter(|rule| headed(record, rule).is_empty()).map(|rule| report(record, rule)));
}

fn report(record: &Record, rule: &SectionRule) -> Diagnostic {
    let (span, why) = reason(record, &rule.from);
    let message = format!("the section `{}` is missing", rule.name);
    let finding = Diagnostic::new(RULE.name, record.path(), span, message).with_label(why).with_help(advice(rule));
    match &rule.at {
        Some(at) => finding.with_related(at.clone(), "asked for here"),
        None => finding,
    }
}

fn advice(rule: &SectionRule) -> String {
    let guidance = rule.guidance.trim().trim_end_matches('.');
    match guidance {
        "" => format!("add the heading `## {}` and write under it", rule.name),
        guidance => format!("add `## {}`: {}", rule.name, in_sentence(guidance)),
    }
}
