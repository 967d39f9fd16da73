//! Code that is shown without its colours; raised while pages are made.

use crate::check::rule::{Check, Rule};
use crate::config::Level;

pub(super) const RULE: Rule = Rule {
    name: "uncoloured-code",
    summary: "A block of code is shown without its colours.",
    page: include_str!("../../../content/rules/uncoloured-code.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Page,
};
