//! Somebody was against it, and the record does not say that they committed.

use crate::check::demand::{is_accepted, row_value};
use crate::check::handle::is_same;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "unrecorded-dissent",
    summary: "A decision was taken against somebody whose dissent is not on record.",
    page: include_str!("../../../content/rules/unrecorded-dissent.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !is_accepted(record) {
        return;
    }
    let dissent = || record.front.dissent.iter().map(|row| &row.value);
    let has_dissent = |who: &Spanned<String>| {
        dissent().filter_map(|row| row.who.as_ref()).any(|other| is_same(&other.value, &who.value))
    };
    for row in &record.front.consulted {
        let (Some(who), Some(stance)) = (&row.value.who, &row.value.stance) else { continue };
        if stance.value != "opposed" || has_dissent(who) {
            continue;
        }
        let message = format!("`{}` was opposed, and their dissent is not on record", who.value);
        let help = "add a row to `[[dissent]]` with `who`, their `position`, and the day on which they `committed`";
        let finding = Diagnostic::new(RULE.name, record.path(), stance.span, message);
        found.push(finding.with_label("decided all the same").with_help(help));
    }
    for (position, row) in dissent().enumerate() {
        // A day that does not exist is another rule's matter.
        if row_value(record, "dissent", position, "committed").is_some() {
            continue;
        }
        let Some(at) = row.who.as_ref().or(row.position.as_ref()) else { continue };
        let who = row.who.as_ref().map_or("somebody".to_owned(), |who| format!("`{}`", who.value));
        let message = format!("{who} disagreed, and has not committed");
        let help = "disagree and commit: add the day, `committed = 2026-03-13`; if they will not, escalate";
        let finding = Diagnostic::new(RULE.name, record.path(), at.span, message);
        found.push(finding.with_label("no `committed` in this row").with_help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    fn found(status: &str, head: &str) -> Vec<String> {
        let text = format!("+++\nstatus = \"{status}\"\n{head}+++\n");
        let found = trial::found(&RULE, "content/adr/0001-x.md", &text);
        found.iter().map(|finding| format!("{}: {}", finding.primary.span.of(&text), finding.message)).collect()
    }

    #[test]
    fn a_dissent_without_a_name_is_told_of_by_its_position() {
        let head = "[[dissent]]\nposition = \"prefers a bus\"\n";
        assert_eq!(found("accepted", head), ["\"prefers a bus\": somebody disagreed, and has not committed"]);
        assert_eq!(found("proposed", head), Vec::<String>::new());
        assert_eq!(found("accepted", &format!("{head}committed = 2026-03-13\n")), Vec::<String>::new());
    }

    #[test]
    fn only_opposition_asks_for_a_dissent() {
        for (stance, findings) in [("supports", 0), ("neutral", 0), ("concerned", 0), ("opposed", 1)] {
            let head = format!("[[consulted]]\nwho = \"sre\"\nstance = \"{stance}\"\n");
            assert_eq!(found("accepted", &head).len(), findings, "{stance}");
        }
        let both =
            "[[consulted]]\nwho = \"@sre\"\nstance = \"opposed\"\n[[dissent]]\nwho = \"sre\"\ncommitted = 2026-03-13\n";
        assert_eq!(found("accepted", both), Vec::<String>::new());
    }
}
