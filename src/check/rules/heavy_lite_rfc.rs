//! A short form for a decision that needs the long one.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::{Config, Decision, Kind, Level};
use crate::diagnostic::Diagnostic;
use crate::record::{Door, Record, Scope};
use std::sync::Arc;

pub(super) const RULE: Rule = Rule {
    name: "heavy-lite-rfc",
    summary: "A short form is used for a one-way door or a strategic decision.",
    page: include_str!("../../../content/rules/heavy-lite-rfc.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !record.kind.lite || is_over(record) {
        return;
    }
    let front = &record.front;
    let door = front.door.as_ref().filter(|door| door.value == Door::OneWay).map(|door| (door.span, "a one-way door"));
    let scope = front.scope.as_ref().filter(|scope| scope.value == Scope::Strategic);
    let Some((span, what)) = door.or_else(|| scope.map(|scope| (scope.span, "a strategic decision"))) else { return };
    let help = match long_form(&record.kind, context.config) {
        Some(long) => format!("set `kind = \"{long}\"` and write the sections that it asks for"),
        None => "use a kind that is not `lite`, and write the sections that it asks for".to_owned(),
    };
    let message = format!("{what} in the short form");
    let finding = Diagnostic::new(RULE.name, record.path(), span, message).with_label("needs the long form");
    found.push(finding.with_help(help));
}

/// Whether it was turned down, put off, replaced or given up: it owes nothing more.
fn is_over(record: &Record) -> bool {
    record.status.as_ref().is_some_and(|status| status.step.is_none() && status.decision != Decision::Draft)
}

/// The kind that shares the short form's series of ids.
fn long_form<'a>(lite: &Kind, config: &'a Config) -> Option<&'a str> {
    let is_long = |kind: &&Arc<Kind>| !kind.lite && !kind.prefix.is_empty() && kind.prefix == lite.prefix;
    config.kinds.iter().find(is_long).map(|kind| kind.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    #[test]
    fn only_records_on_their_way_are_too_heavy() {
        let finds = |path: &str, status: &str| {
            let text = format!("+++\ntitle = \"x\"\nstatus = \"{status}\"\ndoor = \"one-way\"\n+++\n");
            trial::found(&RULE, path, &text).len()
        };
        for status in ["draft", "formal-review", "approved", "implementing", "complete"] {
            assert_eq!(finds("content/lite-rfc/0001-x.md", status), 1, "{status}");
            assert_eq!(finds("content/rfc/0001-x.md", status), 0, "{status}");
        }
        for status in ["rejected", "withdrawn", "deferred", "superseded", "abandoned"] {
            assert_eq!(finds("content/lite-rfc/0001-x.md", status), 0, "{status}");
        }
    }
}
