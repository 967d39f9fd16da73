//! Two files at one address; raised when pages are planned.

use crate::check::rule::{Check, Rule};
use crate::config::Level;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-address",
    summary: "Two files would be published at one address.",
    page: include_str!("../../../content/rules/duplicate-address.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Page,
};
