//! A comment for the checks that they cannot follow.

use crate::check::rule::{Check, Rule};
use crate::config::Level;

pub(super) const RULE: Rule = Rule {
    name: "malformed-allow",
    summary: "A comment that is to allow a finding gives no reason, or names no rule.",
    page: include_str!("../../../content/rules/malformed-allow.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.2.0",
    check: Check::Read,
};
