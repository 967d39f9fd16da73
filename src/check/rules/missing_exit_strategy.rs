//! A dependency on others without a way out.

use crate::check::absence::absent_sections;
use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::section::{is_empty, own_sections};
use crate::check::topic::{Topic, listed, untouched};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-exit-strategy",
    summary: "A record that buys, or leans on others, does not say how it would leave.",
    page: include_str!("../../../content/rules/missing-exit-strategy.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

/// What an exit strategy says.
const TOPICS: &[Topic] = &[
    (
        "what would make us leave",
        &["if ", "when ", "trigger", "should ", "unless", "raise", "acquired", "threshold", "in case"],
    ),
    (
        "what leaving costs",
        &[
            "cost",
            "price",
            "budget",
            "$",
            "€",
            "£",
            "usd",
            "eur",
            "engineer",
            "person",
            "effort",
            "free of charge",
            "nothing to pay",
        ],
    ),
    ("how long it takes", &["day", "week", "month", "quarter", "year", "hour", "sprint", "minute"]),
    (
        "how the data comes out",
        &["data", "export", "dump", "backup", "archive", "migrat", "copy", "copies", "format", "file"],
    ),
    (
        "who does it",
        &["team", "owner", "owns", "lead", "we ", "who ", "responsib", "@", "platform", "engineer", "maintainer"],
    ),
];

/// One or two topics may go without saying; a strategy that lacks three is a wish.
const TOO_MANY: usize = 3;

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(absent_sections(RULE.name, record));
    if !is_held(record) {
        return;
    }
    for (rule, section) in own_sections(RULE.name, record) {
        let missing = untouched(record.text(), section.body, TOPICS);
        if missing.len() < TOO_MANY || is_empty(record, section, &rule.guidance) {
            continue;
        }
        let message = format!("the section `{}` leaves most of an exit open", section.title);
        let finding = Diagnostic::new(RULE.name, record.path(), section.heading, message)
            .with_label("says too little to leave by")
            .with_help(format!("say {}", listed(&missing)));
        found.push(finding);
    }
}
