//! `precedent explain`: what a rule asks, and why.

use super::console::Console;
use super::manual::readable;
use super::outcome::Outcome;
use crate::check::{RULES, Rule};
use crate::config::Level;
use crate::error::{Error, Result};
use crate::text::nearest;

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
            None => list(),
            Some(name) => page(find(name)?),
        };
        console.data(&text)?;
        Ok(Outcome::Clean)
    }
}

fn find(name: &str) -> Result<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name).ok_or_else(|| {
        let near = nearest(name, RULES.iter().map(|rule| rule.name));
        let advice = near
            .map_or_else(|| "`precedent explain` lists all rules".to_owned(), |near| format!("did you mean `{near}`?"));
        Error::Refused { message: format!("there is no rule `{}`; {advice}", name.escape_debug()) }
    })
}

fn list() -> String {
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    RULES.iter().map(|rule| format!("{:width$}  {:5}  {}\n", rule.name, level(rule.level), rule.summary)).collect()
}

fn page(rule: &Rule) -> String {
    let drafts =
        if rule.in_drafts == rule.level { String::new() } else { format!(", in drafts {}", level(rule.in_drafts)) };
    format!(
        "{} ({}{drafts}; since {})\n\n{}\n\n{}",
        rule.name,
        level(rule.level),
        rule.since,
        rule.summary,
        readable(rule.page)
    )
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Allow => "allow",
        Level::Warn => "warn",
        Level::Deny => "deny",
    }
}
