//! `precedent explain`: what a rule asks, and why.

use super::console::Console;
use super::manual::{WIDTH, readable, wrapped};
use super::outcome::Outcome;
use crate::check::{GROUPS, RULES, Rule};
use crate::config::Level;
use crate::error::{Error, Result};
use crate::text::nearest;
use anstyle::Style;
use std::fmt::Write;

const HEADING: Style = Style::new().bold();

/// Explain a rule, or list all rules
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Explain {
    /// The rule's name, as a finding gives it: broken-link
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

impl Explain {
    /// Writes the rule's page, or the list.
    ///
    /// # Errors
    /// When there is no such rule.
    pub(super) fn run(&self, console: Console) -> Result<Outcome> {
        let text = match &self.rule {
            None => list(console.width()),
            Some(name) => page(find(name)?),
        };
        console.data(&text)?;
        Ok(Outcome::Clean)
    }
}

fn find(name: &str) -> Result<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name).ok_or_else(|| {
        let near = nearest(name, RULES.iter().map(|rule| rule.name));
        let holds: Vec<String> =
            RULES.iter().filter(|rule| rule.name.contains(name)).map(|rule| format!("`{}`", rule.name)).collect();
        let advice = match (near, holds.is_empty()) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, false) => format!("these are about it: {}", holds.join(", ")),
            (None, true) => "`precedent explain` lists all rules".to_owned(),
        };
        Error::Refused { message: format!("there is no rule `{}`; {advice}", name.escape_debug()) }
    })
}

/// One rule after another, by what they are about; on one line each where nobody says how wide a line may be.
fn list(width: Option<usize>) -> String {
    let names = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (group, rules) in GROUPS {
        let _ = writeln!(text, "{HEADING}{}{HEADING:#}", group.label());
        for rule in *rules {
            let lead = format!("  {:names$}  {:5}  ", rule.name, level(rule.level));
            let _ = writeln!(text, "{}", wrapped(&lead, rule.summary, width.unwrap_or(usize::MAX)));
        }
        text.push('\n');
    }
    text + "For what a rule asks and why, run `precedent explain RULE`.\n"
}

fn page(rule: &Rule) -> String {
    let drafts =
        if rule.in_drafts == rule.level { String::new() } else { format!(", in drafts {}", level(rule.in_drafts)) };
    let (name, own, since) = (rule.name, level(rule.level), rule.since);
    let summary = wrapped("", rule.summary, WIDTH);
    format!("{HEADING}{name}{HEADING:#} ({own}{drafts}; since {since})\n\n{summary}\n\n{}", readable(rule.page))
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Allow => "allow",
        Level::Warn => "warn",
        Level::Deny => "deny",
    }
}
