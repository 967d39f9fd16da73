//! A field that the kind asks for is not there.

use crate::check::absence::absent_fields;
use crate::check::demand::{in_sentence, title_or_start};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::stated::states;
use crate::config::Level;
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

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if record.malformed {
        return;
    }
    found.extend(absent_fields(RULE.name, record));
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
    let has_head = record.front.keys > 0;
    let is_silent = record.raw_status.is_none() && !states(record, "status");
    // Other forms need not say it.
    record.format.is_native() && has_head && is_silent && !record.kind.is_chapter() && !is_asked_anyway
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
