//! The front matter names a kind that is not configured.

use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::text::nearest;
use crate::value::{Data, Value};

pub(super) const RULE: Rule = Rule {
    name: "unknown-kind",
    summary: "A record names a kind that does not exist.",
    page: include_str!("../../../content/rules/unknown-kind.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Record, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(Value { data: Data::Scalar(_, word), span }) = record.front.table.get("kind") else { return };
    if context.config.kind(word).is_some() {
        return;
    }
    let names: Vec<&str> = context.config.kinds.iter().map(|kind| kind.name.as_str()).collect();
    let help = match nearest(word, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? The kinds are {}", names.join(", ")),
        None => format!("write one of {}, or add `[kinds.{word}]` to `precedent.toml`", names.join(", ")),
    };
    let finding = Diagnostic::new(RULE.name, record.path(), *span, format!("there is no kind `{word}`"));
    found.push(finding.with_label(format!("read as `{}` meanwhile", record.kind.name)).with_help(help));
}
