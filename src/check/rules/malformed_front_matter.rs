//! The front matter does not parse; raised by the readers of TOML and YAML.

use crate::check::rule::{Check, Rule};
use crate::config::Level;

pub(super) const RULE: Rule = Rule {
    name: "malformed-front-matter",
    summary: "The front matter does not parse.",
    page: include_str!("../../../content/rules/malformed-front-matter.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Read,
};
