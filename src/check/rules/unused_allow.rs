//! A comment that allows what is not there.

use crate::check::rule::{Check, Rule};
use crate::config::Level;

pub(super) const RULE: Rule = Rule {
    name: "unused-allow",
    summary: "A comment allows a finding that is not there.",
    page: include_str!("../../../content/rules/unused-allow.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Read,
};
