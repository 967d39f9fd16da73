//! A linked file that stays behind; raised when pages are planned.

use crate::check::rule::{Check, Rule};
use crate::config::Level;

pub(super) const RULE: Rule = Rule {
    name: "unpublished-asset",
    summary: "A page links a file of a type that is not published.",
    page: include_str!("../../../content/rules/unpublished-asset.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Page,
};
