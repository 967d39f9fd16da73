//! A key that nobody asks for; raised by the readers of front matter and configuration.

use crate::check::rule::{Check, Rule};
use crate::config::Level;

pub(super) const RULE: Rule = Rule {
    name: "unknown-field",
    summary: "A key stands where no key of that name is known.",
    page: include_str!("../../../content/rules/unknown-field.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Read,
};
