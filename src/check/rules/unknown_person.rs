//! A handle that is nobody's.

use crate::check::demand::owes_nothing;
use crate::check::handle::{bare, handles, person};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::template::is_no_answer;
use crate::config::Level;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::record::Record;
use crate::text::{Spanned, nearest};

pub(super) const RULE: Rule = Rule {
    name: "unknown-person",
    summary: "A handle is none of those under `[people]`.",
    page: include_str!("../../../content/rules/unknown-person.md"),
    level: Level::Deny,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let people = &context.config.policy.people;
    if people.is_empty() || owes_nothing(record) {
        return;
    }
    let unknown = handles(&record.front).into_iter().filter(|handle| person(&handle.value, context.config).is_none());
    for handle in unknown.filter(|handle| !is_no_answer(&handle.value)) {
        let near = nearest(bare(&handle.value), people.keys().map(String::as_str));
        found.push(report(record, handle, near));
    }
}

fn report(record: &Record, handle: &Spanned<String>, near: Option<&str>) -> Diagnostic {
    let message = format!("`{}` is nobody that `[people]` lists", handle.value);
    let finding = Diagnostic::new(RULE.name, record.path(), handle.span, message).with_label("not a known handle");
    let Some(near) = near else {
        let help = format!("correct it, or add `[people.{}]` to precedent.toml", bare(&handle.value));
        return finding.with_help(help);
    };
    // The same quotes, the same `@`: only the name changes.
    let written = handle.span.of(record.text()).replacen(bare(&handle.value), near, 1);
    let edit = Edit { path: record.path().clone(), span: handle.span, text: written };
    let fix = Fix { title: format!("write `{near}`"), applicability: Applicability::Unsafe, edits: vec![edit] };
    finding.with_help(format!("did you mean `{near}`?")).with_fix(fix)
}
