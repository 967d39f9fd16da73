//! What could not be read is said, never skipped; raised while files are read.

use crate::check::rule::{Check, Rule};
use crate::config::Level;

pub(super) const RULE: Rule = Rule {
    name: "unread-file",
    summary: "A file in the content folder could not be read.",
    page: include_str!("../../../content/rules/unread-file.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Read,
};
