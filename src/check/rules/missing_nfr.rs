//! The design does not say how it behaves in operation.

use crate::check::absence::absent_sections;
use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::section::{is_empty, own_sections};
use crate::check::topic::{Topic, listed, speaks, untouched};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::Section;

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
const TOPICS: &[Topic] =
    &[("scalability", SCALABILITY), ("latency", LATENCY), ("consistency", CONSISTENCY), ("failure modes", FAILURE)];

const SCALABILITY: &[&str] = &[
    "scal",
    "autoscal",
    "10x",
    "10×",
    "ten times",
    "tenfold",
    "throughput",
    "capacity",
    "load",
    "overload",
    "volume",
    "per second",
    "qps",
    "rps",
    "tps",
    "peak",
    "traffic",
    "concurren",
    "headroom",
    "limit",
    "size",
    "grow",
    "cap ",
    "caps ",
];

const LATENCY: &[&str] = &[
    "latenc",
    "ms ",
    "millisecond",
    "p50",
    "p90",
    "p95",
    "p99",
    "response time",
    "response-time",
    "time budget",
    "fast",
    "slow",
    "seconds ",
    "delay",
    "speed",
    "quick",
    "performance",
    "real time",
    "real-time",
    "instant",
];

const CONSISTENCY: &[&str] = &[
    "consisten",
    "inconsisten",
    "transaction",
    "acid ",
    "stale",
    "atomic",
    "eventual",
    "durab",
    "lost ",
    "same ",
    "duplicate",
    "deduplicat",
    "ordering",
    "ordered",
    "order of",
    "out of order",
    "reproduc",
    "idempot",
    "exactly once",
    "exactly-once",
    "at least once",
    "at-least-once",
    "at most once",
    "isolation",
    "integrity",
    "linear",
    "source of truth",
];

const FAILURE: &[&str] = &[
    "fail",
    "degrad",
    "fallback",
    "fall back",
    "falls back",
    "falling back",
    "fell back",
    "outage",
    "retry",
    "retries",
    "retried",
    "down ",
    "downtime",
    "crash",
    "error",
    "broken",
    "breaks ",
    "recover",
    "unavailab",
    "disaster",
    "resilien",
    "redundan",
    "timeout",
    "time-out",
    "time out",
    "times out",
    "circuit breaker",
    "goes wrong",
    "go wrong",
];

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(absent_sections(RULE.name, record));
    if !is_held(record) {
        return;
    }
    let sections = own_sections(RULE.name, record);
    let Some((rule, first)) = sections.first().copied() else { return };
    if sections.iter().any(|(rule, section)| is_empty(record, section, &rule.guidance)) {
        return;
    }
    // A design may give one of them a heading of its own, wherever it stands; a title for the whole text is none.
    let told =
        record.outline.sections.iter().filter(|section| section.level > 1).map(|section| section.title.to_lowercase());
    let told: Vec<String> = told.collect();
    let is_told = |topic: &str| {
        let words = TOPICS.iter().find(|(name, _)| *name == topic).map_or(&[][..], |(_, words)| *words);
        told.iter().any(|title| words.iter().any(|word| speaks(title, word)))
    };
    let sections: Vec<&Section> = sections.iter().map(|(_, section)| *section).collect();
    let mut missing = untouched(record, &sections, TOPICS);
    missing.retain(|topic| !is_told(topic));
    if missing.is_empty() {
        return;
    }
    let message = format!("the section `{}` says nothing of {}", first.title, listed(&missing));
    let finding = Diagnostic::new(RULE.name, record.path(), first.heading, message)
        .with_label("not all of it")
        .with_help("say it in a sentence each; where one does not apply, say why");
    found.push(rule.at.iter().fold(finding, |finding, at| finding.with_related(at.clone(), "asked for here")));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    const SCALE: &str = "- Ten times the load: the writer caps at 9,000 events per second.\n";
    const BUDGET: &str = "- Latency: 20 ms of the budget of the checkout.\n";
    const TRUTH: &str = "- Consistency: eventual, within a minute.\n";
    const FAULTS: &str = "- When the bus is away, producers fall back to a local queue.\n";

    fn found(body: &str) -> Vec<String> {
        let text = format!("+++\ntitle = \"x\"\nstatus = \"formal-review\"\n+++\n\n## NFRs\n\n{body}");
        trial::found(&RULE, "content/rfc/0001-x.md", &text).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_topic_that_is_taken_away_is_missed() {
        let message = |topic: &str| [format!("the section `NFRs` says nothing of {topic}")];
        assert_eq!(found(&[BUDGET, TRUTH, FAULTS].concat()), message("scalability"));
        assert_eq!(found(&[SCALE, TRUTH, FAULTS].concat()), message("latency"));
        assert_eq!(found(&[SCALE, BUDGET, FAULTS].concat()), message("consistency"));
        assert_eq!(found(&[SCALE, BUDGET, TRUTH].concat()), message("failure modes"));
    }

    #[test]
    fn what_is_said_anywhere_counts() {
        let all = [SCALE, BUDGET, TRUTH, FAULTS].concat();
        for body in [
            all.clone(),
            format!("{all}\n### Operational readiness\n\nA rotation of six people.\n"),
            format!("{SCALE}{BUDGET}\n## Operational readiness\n\n{TRUTH}{FAULTS}"),
            format!("{SCALE}{TRUTH}{FAULTS}\n## Latency budget\n\nTwenty of the two hundred that the checkout has.\n"),
            "Does not apply because only the wording of a page changes.\n".to_owned(),
            "N/A: a naming convention; nothing runs.\n".to_owned(),
        ] {
            assert!(found(&body).is_empty(), "{body}");
        }
    }
}
