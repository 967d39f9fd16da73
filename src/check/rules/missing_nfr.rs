//! The design does not say how it behaves in operation.

use crate::check::absence::absent_sections;
use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::section::{is_empty, own_sections};
use crate::check::topic::{Topic, listed, untouched};
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-nfr",
    summary: "A record does not say how it scales, how fast it is, how consistent, or how it fails.",
    page: include_str!("../../../content/rules/missing-nfr.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

/// What a design says of its operation.
const TOPICS: &[Topic] = &[
    (
        "scalability",
        &[
            "scal",
            "10x",
            "10×",
            "ten times",
            "throughput",
            "capacity",
            "load",
            "volume",
            "per second",
            "limit",
            "size",
            "grow",
        ],
    ),
    (
        "latency",
        &[
            "latency",
            "ms",
            "p99",
            "p95",
            "response time",
            "fast",
            "slow",
            "seconds",
            "delay",
            "speed",
            "time budget",
            "time",
        ],
    ),
    (
        "consistency",
        &[
            "consisten",
            "transaction",
            "acid",
            "stale",
            "atomic",
            "eventual",
            "durab",
            "lost",
            "same ",
            "duplicate",
            "order",
            "reproduc",
        ],
    ),
    (
        "failure modes",
        &[
            "fail",
            "degrad",
            "fallback",
            "outage",
            "retry",
            "retries",
            "down",
            "crash",
            "error",
            "broken",
            "recover",
            "unavailab",
            "disaster",
        ],
    ),
];

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(absent_sections(RULE.name, record));
    if !is_held(record) {
        return;
    }
    for (rule, section) in own_sections(RULE.name, record) {
        let missing = untouched(record.text(), section.body, TOPICS);
        if missing.is_empty() || is_empty(record, section, &rule.guidance) {
            continue;
        }
        let message = format!("the section `{}` says nothing of {}", section.title, listed(&missing));
        let finding = Diagnostic::new(RULE.name, record.path(), section.heading, message)
            .with_label("not all of it")
            .with_help("say it in a sentence each; where one does not apply, say why");
        found.push(finding);
    }
}
