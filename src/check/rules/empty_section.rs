//! A section that the kind asks for has a heading and nothing under it.

use crate::check::demand::{in_sentence, owes_nothing};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::section::{asked, is_denied, is_empty, says_why_not};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::Section;
use crate::record::is_template;
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "empty-section",
    summary: "A section that the kind asks for holds nothing to read.",
    page: include_str!("../../../content/rules/empty-section.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // What was turned down or replaced is not written any further.
    if is_template(record.path()) || owes_nothing(record) {
        return;
    }
    for rule in asked(record) {
        let sections = record.headings().named(rule);
        let Some(first) = sections.first() else { continue };
        if !sections.iter().all(|section| is_empty(record, section, &rule.guidance)) {
            continue;
        }
        let is_told = |section: &Section| {
            (is_denied(record, section) && says_why_not(record, section)) || record.told().goes_on_below(rule, section)
        };
        if sections.iter().any(|section| is_told(section)) {
            continue;
        }
        let denied = sections.iter().find(|section| is_denied(record, section));
        let (section, message, label) = match denied {
            Some(denied) => (denied, "says that it does not apply, and not why", "an answer without its reason"),
            None => (first, "is empty", "nothing to read under this heading"),
        };
        let message = format!("the section `{}` {message}", section.title);
        let mut finding = Diagnostic::new(RULE.name, record.path(), section.heading, message).with_label(label);
        for other in sections.iter().filter(|other| other.heading != section.heading) {
            finding = finding.with_related(Location { path: record.path().clone(), span: other.heading }, "nor here");
        }
        found.push(match rule.guidance.trim().trim_end_matches('.') {
            "" => finding.with_help("write it; where it does not apply, say why in a sentence"),
            guidance => {
                finding.with_help(format!("{}; where it does not apply, say why in a sentence", in_sentence(guidance)))
            }
        });
    }
}
