//! Somebody who contributes was not spoken to before the review.

use crate::check::demand::is_held;
use crate::check::handle::{bare, is_same};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::record::{Consulted, Record};
use crate::text::{Location, Spanned};

pub(super) const RULE: Rule = Rule {
    name: "unconsulted-stakeholder",
    summary: "A contributor was not consulted before the review.",
    page: include_str!("../../../content/rules/unconsulted-stakeholder.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(daci) = record.front.daci.as_ref().filter(|_| record.kind.consults && is_held(record)) else { return };
    let named = daci.value.contributors.iter().filter(|handle| !bare(&handle.value).is_empty());
    found.extend(named.filter_map(|handle| unconsulted(record, handle)));
}

fn unconsulted(record: &Record, handle: &Spanned<String>) -> Option<Diagnostic> {
    let is_theirs = |row: &&Consulted| row.who.as_ref().is_some_and(|who| is_same(&who.value, &handle.value));
    let rows: Vec<&Consulted> = record.front.consulted.iter().map(|row| &row.value).filter(is_theirs).collect();
    if rows.is_empty() {
        let message = format!("`{}` contributes and was not consulted", handle.value);
        let finding = Diagnostic::new(RULE.name, record.path(), handle.span, message);
        return Some(
            finding
                .with_label("no row under `[[consulted]]`")
                .with_help("speak to them before the review, and say when, where they stand and what came of it"),
        );
    }
    let held = record.front.review.as_ref()?.value.held.as_ref()?;
    let days: Vec<&Spanned<Date>> = rows.iter().filter_map(|row| row.on.as_ref()).collect();
    let first = days.iter().min_by_key(|on| on.value).filter(|on| on.value > held.value.day() && days.len() == rows.len())?;
    let message = format!("`{}` contributes and was consulted only after the review", handle.value);
    let at = Location { path: record.path().clone(), span: held.span };
    let finding = Diagnostic::new(RULE.name, record.path(), first.span, message).with_label("too late to change it");
    let help = "speak to them before the review; where a day is mistyped, correct it, else record their dissent, if any";
    Some(finding.with_related(at, "the review was held").with_help(help))
}
