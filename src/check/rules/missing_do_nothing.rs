//! Doing nothing was not weighed.

use crate::check::alternative::alternatives;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-do-nothing",
    summary: "None of the alternatives is to do nothing.",
    page: include_str!("../../../content/rules/missing-do-nothing.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

/// Words by which a text weighs leaving things as they are.
const NOTHING: &[&str] = &[
    "do nothing",
    "doing nothing",
    "not doing",
    "not to do",
    "status quo",
    "keep ",
    "keeping ",
    "stay ",
    "staying ",
    "leave ",
    "leaving ",
    "as is",
    "as-is",
    "as it is",
    "as they are",
    "no change",
    "not chang",
    "unchanged",
    "as today",
    "as now",
    "continue",
    "carry on",
    "current ",
    "existing ",
    "remain",
];

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for alternatives in alternatives(record) {
        let section = alternatives.section;
        let said = section.body.of(record.text()).to_lowercase();
        let words = said.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
        if NOTHING.iter().any(|nothing| words.contains(nothing)) {
            continue;
        }
        let message = format!("the section `{}` does not weigh doing nothing", section.title);
        let finding = Diagnostic::new(RULE.name, record.path(), section.heading, message)
            .with_label("every one of them changes something")
            .with_help("add the alternative `Do nothing`, and say what it would cost to leave things as they are");
        found.push(finding);
    }
}
