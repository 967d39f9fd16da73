//! A record that may be meant to be kept back, and therefore is.

use super::malformed_front_matter;
use crate::check::level::level;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::Doubt;

pub(super) const RULE: Rule = Rule {
    name: "doubtful-draft",
    summary: "A record is kept back, since it may be meant to be a draft.",
    page: include_str!("../../../content/rules/doubtful-draft.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(doubt) = record.doubt else { return };
    // What keeps the front matter from being read says this, too.
    let is_said = record.malformed && level(&malformed_front_matter::RULE, Some(record), context.config) > Level::Allow;
    if doubt.value == Doubt::Head && is_said {
        return;
    }
    let (why, help) = match doubt.value {
        Doubt::Value => ("`draft` is neither `true` nor `false`", "write `true` or `false`, without quotes"),
        Doubt::Key => (
            "this key may be meant to be `draft`",
            "write `draft` at the top of the front matter, or move the key under `extra`",
        ),
        Doubt::Head => ("the front matter cannot be read and may say `draft`", "correct the front matter"),
        Doubt::NoHead => (
            "`draft` stands in what is no front matter",
            "open the front matter with `+++` or `---` in the very first line, and close it the same way",
        ),
    };
    let message = format!("this record is not published: {why}");
    let finding = Diagnostic::new(RULE.name, record.path(), doubt.span, message).with_label("kept back for this");
    found.push(finding.with_help(help));
}
