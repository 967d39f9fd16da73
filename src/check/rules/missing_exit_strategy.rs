//! A dependency on others without a way out.

use crate::check::absence::absent_sections;
use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::section::{is_empty, own_sections};
use crate::check::topic::{Topic, listed, untouched};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::Section;

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
    ("what would make us leave", TRIGGER),
    ("what leaving costs", COST),
    ("how long it takes", TIME),
    ("how the data comes out", DATA),
    ("who does it", OWNER),
];

const TRIGGER: &[&str] = &[
    "if ",
    "when ",
    "trigger",
    "should ",
    "unless ",
    "once ",
    "raise",
    "rise",
    "acquired",
    "acquisition",
    "threshold",
    "in case",
    "price",
    "insolven",
    "bankrupt",
];

const COST: &[&str] = &[
    "cost",
    "price",
    "budget",
    "$",
    "€",
    "£",
    "usd ",
    "eur ",
    "gbp ",
    "engineer",
    "person",
    "effort",
    "free ",
    "fee ",
    "fees ",
    "nothing to pay",
];

const TIME: &[&str] = &["day", "week", "month", "quarter", "year", "hour", "sprint", "minute"];

const DATA: &[&str] = &[
    "data", "export", "dump", "backup", "archive", "migrat", "copy", "copies", "format", "file", "record", "parquet",
    "csv ",
];

const OWNER: &[&str] = &[
    "team",
    "owner",
    "owns ",
    "owned ",
    "lead ",
    "we ",
    "who ",
    "responsib",
    "@",
    "platform",
    "engineer",
    "maintainer",
    "sre ",
    "sres ",
];

/// One or two topics may go without saying; a strategy that lacks three is a wish.
const TOO_MANY: usize = 3;

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
    let sections: Vec<&Section> = sections.iter().map(|(_, section)| *section).collect();
    let missing = untouched(record, &sections, TOPICS);
    if missing.len() < TOO_MANY {
        return;
    }
    let message = format!("the section `{}` leaves most of an exit open", first.title);
    let finding = Diagnostic::new(RULE.name, record.path(), first.heading, message)
        .with_label("says too little to leave by")
        .with_help(format!("say {}", listed(&missing)));
    found.push(rule.at.iter().fold(finding, |finding, at| finding.with_related(at.clone(), "asked for here")));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    fn finds(body: &str) -> bool {
        let head = "title = \"x\"\nstatus = \"formal-review\"\nsourcing = \"buy\"";
        let text = format!("+++\n{head}\n+++\n\n## Exit Strategy\n\n{body}\n");
        !trial::found(&RULE, "content/rfc/0001-x.md", &text).is_empty()
    }

    #[test]
    fn only_a_wish_is_found() {
        assert!(finds("Leaving is always possible."));
        assert!(finds("Information on the European vendor is public."));
        for enough in [
            "If the price triples, payments leaves within six months.",
            "The platform team exports everything nightly and could move in a quarter.",
            "Does not apply: the vendor hosts nothing of ours.",
            "When they are acquired, the adapter is swapped.\n\n### Vendor exit\n\nTwo weeks, by the platform team.",
        ] {
            assert!(!finds(enough), "{enough}");
        }
    }
}
