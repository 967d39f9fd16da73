//! A field that the kind asks for is not there.

use crate::check::demand::{Asked, absence, in_sentence, is_asked, says_something, title_or_start, values};
use crate::check::rule::{Check, Context, Rule};
use crate::config::{FieldRule, Level};
use crate::diagnostic::Diagnostic;
use crate::record::Record;

pub(super) const RULE: Rule = Rule {
    name: "missing-field",
    summary: "The front matter lacks a field that the kind asks for at this status.",
    page: include_str!("../../../content/rules/missing-field.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Record(check),
};

/// What to write, by field.
const ADVICE: &[(&str, &str)] = &[
    ("created", "say when it was first written: `created = 2026-03-02`"),
    ("daci.approver", "name the one person who decides: `approver = \"…\"` under `[daci]`"),
    ("daci.driver", "name who moves it forward: `driver = \"…\"` under `[daci]`"),
    ("deprecation.announced", "say when it was made known: `announced = 2026-01-15` under `[deprecation]`"),
    ("deprecation.owner", "name who answers for it: `owner = \"…\"` under `[deprecation]`"),
    (
        "deprecation.replacement",
        "say what takes its place: `replacement = \"…\"` under `[deprecation]`, a record or an address",
    ),
    ("deprecation.sunset", "say when it stops answering: `sunset = 2026-09-30` under `[deprecation]`"),
    ("deprecation.target", "say what goes: `target = \"…\"` under `[deprecation]`"),
    ("door", "say whether it can be walked back: `door = \"two-way\"` if it can, `door = \"one-way\"` if not"),
    ("expires", "say when the exception ends: `expires = 2026-12-31`"),
    ("review-by", "say when this decision is to be looked at again: `review-by = 2027-03-02`"),
    (
        "review.circulated",
        "say when the text went out to its readers: `circulated = 2026-03-10T09:00:00Z` under `[review]`",
    ),
    ("scope", "say how far it reaches: `scope = \"team\"`, `\"organisation\"` or `\"strategic\"`"),
    (
        "sourcing",
        "say where the capability comes from: `sourcing = \"build\"`, `\"buy\"`, `\"partner\"` or `\"integrate\"`",
    ),
    ("tracking", "name the tickets or epics that carry it out: `tracking = [\"…\"]`"),
];

fn check(record: &Record, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let asked = record.kind.fields.iter().filter(|rule| is_asked(record, &rule.from, &rule.when));
    found.extend(asked.filter(|rule| !has(record, &rule.name)).map(|rule| report(record, rule)));
    if lacks_status(record) {
        let names: Vec<&str> = record.kind.lifecycle.statuses.iter().map(|status| status.name.as_str()).collect();
        let message = format!("this {} does not say where it stands", in_sentence(&record.kind.label));
        let finding = Diagnostic::new(RULE.name, record.path(), title_or_start(record), message);
        let help = format!("add `status = \"…\"` to the front matter: one of {}", names.join(", "));
        found.push(finding.with_label("no `status`").with_help(help));
    }
}

/// Only a text with front matter can lack it there: without, a team keeps its statuses in a way of its own.
fn lacks_status(record: &Record) -> bool {
    let is_asked_anyway = record.kind.fields.iter().any(|rule| rule.name == "status");
    let has_head = !record.front.table.entries.is_empty();
    let is_silent = record.raw_status.is_none() && !has_status_line(record);
    has_head && is_silent && !record.kind.is_chapter() && !is_asked_anyway
}

/// Whether the body says `Status: …` on a line of its own, in a list, a table or a heading.
fn has_status_line(record: &Record) -> bool {
    let body = record.text().get(record.body..).unwrap_or("").to_lowercase();
    let bare = |line: &str| line.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned();
    body.lines().map(bare).any(|line| {
        let rest = line.strip_prefix("status").map(|rest| rest.trim_start_matches(['*', '_', ' ']));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '|']))
    })
}

fn report(record: &Record, rule: &FieldRule) -> Diagnostic {
    let asked = Asked { from: &rule.from, when: &rule.when, at: rule.at.as_ref() };
    absence(RULE.name, record, format!("the field `{}` is missing", rule.name), &asked).with_help(advice(&rule.name))
}

/// Whether a field is filled in; some are also read from the body, in formats without front matter.
fn has(record: &Record, name: &str) -> bool {
    let daci = record.front.daci.as_ref().map(|daci| &daci.value);
    let is_read = match name {
        "status" => record.raw_status.as_ref().is_some_and(|status| !status.value.trim().is_empty()),
        "title" => record.title_span.is_some(),
        "created" => record.front.created.is_some(),
        "updated" => record.front.updated.is_some(),
        "daci.approver" => daci.is_some_and(|daci| !daci.approver.is_empty()),
        "daci.driver" => daci.is_some_and(|daci| daci.driver.is_some()),
        _ => false,
    };
    let written = values(&record.front.table, name);
    if written.is_empty() { is_read } else { written.iter().any(|value| says_something(value)) }
}

fn advice(name: &str) -> String {
    if let Some((_, advice)) = ADVICE.iter().find(|(field, _)| *field == name) {
        return (*advice).to_owned();
    }
    match name.rsplit_once('.') {
        Some((table, field)) => format!("add `{field} = …` under `[{table}]` in the front matter"),
        None => format!("add `{name} = …` to the front matter"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    fn found(path: &str, text: &str) -> Vec<String> {
        trial::found(&RULE, path, text).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_field_without_a_value_is_missing() {
        let waiver = |expires| format!("+++\ntitle = \"x\"\nstatus = \"requested\"\n{expires}+++\n");
        for expires in ["", "expires = \"\"\n", "expires = \"TBD\"\n", "expires = []\n"] {
            assert_eq!(found("content/waiver/1.md", &waiver(expires)), ["the field `expires` is missing"], "{expires}");
        }
        assert!(found("content/waiver/1.md", &waiver("expires = 2026-12-31\n")).is_empty());
    }

    #[test]
    fn a_status_may_stand_where_the_team_keeps_it() {
        let path = "content/adr/0001-x.md";
        assert_eq!(found(path, "---\ntitle: x\n---\n"), ["this ADR does not say where it stands"]);
        for text in [
            "# x\n",
            "---\ntitle: x\n---\n\n* **Status:** Accepted\n",
            "---\ntitle: x\n---\n\n## Status\n\nAccepted\n",
            "---\ntitle: x\n---\n\n| Status | Date |\n|---|---|\n",
        ] {
            assert!(found(path, text).is_empty(), "{text}");
        }
        assert!(found("content/handbook/x.md", "---\ntitle: x\n---\n").is_empty());
    }
}
