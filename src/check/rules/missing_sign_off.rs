//! A signature that the door and the scope ask for is not there.

use crate::check::demand::{Asked, absence, is_asked, row_value, says_something};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::{Level, SignOffRule};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::record::{Record, SignOff};

pub(super) const RULE: Rule = Rule {
    name: "missing-sign-off",
    summary: "A record is accepted without a signature that its door and scope ask for, or with one from a day to come.",
    page: include_str!("../../../content/rules/missing-sign-off.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(record.front.sign_offs.iter().filter_map(|row| early(record, &row.value, context.today)));
    let asked = record.kind.sign_offs.iter().filter(|rule| is_asked(record, &rule.from, &rule.when));
    found.extend(asked.filter_map(|rule| unsigned(record, rule)));
}

/// A signature from a day that is still to come: nobody has signed yet.
fn early(record: &Record, row: &SignOff, today: Date) -> Option<Diagnostic> {
    let on = row.on.as_ref().filter(|on| on.value > today)?;
    let role = row.role.as_ref().map_or("", |role| role.value.as_str());
    let message = match role {
        "" => format!("a sign-off is dated {}, which is still to come", on.value),
        role => format!("the sign-off as `{role}` is dated {}, which is still to come", on.value),
    };
    let finding = Diagnostic::new(RULE.name, record.path(), on.span, message).with_label("not signed yet");
    Some(finding.with_help("enter the day on which it was signed, once it is"))
}

fn unsigned(record: &Record, rule: &SignOffRule) -> Option<Diagnostic> {
    let rows = record.front.sign_offs.iter().map(|row| &row.value).enumerate();
    let rows: Vec<(usize, &SignOff)> = rows.filter(|(_, row)| has_role(row, rule)).collect();
    if rows.iter().any(|(position, _)| is_signed(record, *position)) {
        return None;
    }
    let roles = rule.roles.iter().map(|role| format!("`{role}`")).collect::<Vec<_>>().join(" or ");
    if let Some(role) = rows.first().and_then(|(_, row)| row.role.as_ref()) {
        let message = format!("the sign-off as {roles} does not say who signed and when");
        let finding = Diagnostic::new(RULE.name, record.path(), role.span, message);
        return Some(
            finding.with_label("not signed yet").with_help("have it signed: `by` and `on` say by whom and when"),
        );
    }
    let asked = Asked { from: &rule.from, when: &rule.when, at: rule.at.as_ref() };
    let role = rule.roles.first().map_or("", String::as_str);
    let help = format!("have it signed, in a row of `[[sign-off]]` with `role = \"{role}\"`, `by` and `on`");
    Some(absence(RULE.name, record, format!("no sign-off as {roles}"), &asked).with_help(help))
}

/// Whether a row says who signed and when; a day that does not exist is another rule's matter.
fn is_signed(record: &Record, position: usize) -> bool {
    let value = |key| row_value(record, "sign-off", position, key);
    value("by").is_some_and(says_something) && value("on").is_some()
}

fn has_role(row: &SignOff, rule: &SignOffRule) -> bool {
    row.role.as_ref().is_some_and(|role| rule.takes(&role.value))
}
