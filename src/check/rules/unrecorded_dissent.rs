//! Somebody was against it, and the record does not say that they committed.

use crate::check::demand::is_accepted;
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
        let help = "add a row `[[dissent]]` with `who`, their `position`, and the day on which they `committed`";
        let finding = Diagnostic::new(RULE.name, record.path(), stance.span, message);
        found.push(finding.with_label("decided all the same").with_help(help));
    }
    for row in dissent().filter(|row| row.committed.is_none()) {
        let Some(who) = &row.who else { continue };
        let message = format!("`{}` disagreed, and has not committed", who.value);
        let help = "disagree and commit: add the day, `committed = 2026-03-13`; if they will not, escalate";
        let finding = Diagnostic::new(RULE.name, record.path(), who.span, message);
        found.push(finding.with_label("no `committed` in this row").with_help(help));
    }
}
