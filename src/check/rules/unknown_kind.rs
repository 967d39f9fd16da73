//! The front matter names a kind that is not configured; raised when records are read.

use crate::check::rule::{Check, Rule};
use crate::config::Level;

pub(super) const RULE: Rule = Rule {
    name: "unknown-kind",
    summary: "A record names a kind that does not exist.",
    page: include_str!("../../../content/rules/unknown-kind.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Read,
};
