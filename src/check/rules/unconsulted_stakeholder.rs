//! Somebody who contributes was not spoken to before the review.

use crate::check::demand::is_held;
use crate::check::handle::{bare, is_same};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

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
    let was_consulted = |handle: &Spanned<String>| {
        let who = record.front.consulted.iter().filter_map(|row| row.value.who.as_ref());
        who.into_iter().any(|who| is_same(&who.value, &handle.value))
    };
    let named = daci.value.contributors.iter().filter(|handle| !bare(&handle.value).is_empty());
    for handle in named.filter(|handle| !was_consulted(handle)) {
        let message = format!("`{}` contributes and was not consulted", handle.value);
        let finding = Diagnostic::new(RULE.name, record.path(), handle.span, message)
            .with_label("no row under `[[consulted]]`")
            .with_help("speak to them before the review, and say when, where they stand and what came of it");
        found.push(finding);
    }
}
