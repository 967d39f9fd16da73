//! A value that cannot be; raised by the readers of front matter and configuration.

use crate::check::rule::{Check, Rule};
use crate::config::Level;

pub(super) const RULE: Rule = Rule {
    name: "invalid-value",
    summary: "A value is of the wrong type, or none of those that are allowed.",
    page: include_str!("../../../content/rules/invalid-value.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Read,
};
