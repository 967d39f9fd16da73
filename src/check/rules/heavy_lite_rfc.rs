//! A short form for a decision that needs the long one.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::{Door, Scope};

pub(super) const RULE: Rule = Rule {
    name: "heavy-lite-rfc",
    summary: "A short form is used for a one-way door or a strategic decision.",
    page: include_str!("../../../content/rules/heavy-lite-rfc.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !record.kind.lite {
        return;
    }
    let door =
        record.front.door.as_ref().filter(|door| door.value == Door::OneWay).map(|door| (door.span, "a one-way door"));
    let scope = record.front.scope.as_ref().filter(|scope| scope.value == Scope::Strategic);
    let Some((span, what)) = door.or_else(|| scope.map(|scope| (scope.span, "a strategic decision"))) else { return };
    let message = format!("{what} in the short form");
    let finding = Diagnostic::new(RULE.name, record.path(), span, message).with_label("needs the long form").with_help(
        match record.kind.name.strip_prefix("lite-") {
            Some(long) => format!("set `kind = \"{long}\"` and write the sections that it asks for"),
            None => "use a kind that is not `lite`, and write the sections that it asks for".to_owned(),
        },
    );
    found.push(finding);
}
