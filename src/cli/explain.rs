//! `precedent explain`: what a rule asks, and why.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::manual::{WIDTH, readable};
use super::outcome::Outcome;
use super::process;
use super::project::Project;
use crate::check::{GROUPS, RULES, Rule};
use crate::config::{Level, kind_advice};
use crate::error::{Error, Result};
use crate::text::{nearest, wrapped};
use anstyle::Style;
use clap::ValueEnum;
use std::fmt::Write;

const HEADING: Style = Style::new().bold();

/// Explain a rule, or list all rules; or explain the process
///
/// `explain process` lists the kinds of record, and `explain process rfc` tells the life of one: what each status means, asks for
/// and may lead to, by the project's own settings.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Explain {
    /// The rule's name, as a finding gives it: broken-link; or `process`
    #[arg(value_name = "RULE")]
    rule: Option<String>,

    /// With `process`: a kind of record
    #[arg(value_name = "KIND")]
    kind: Option<String>,

    /// With `process` and a kind: as text, or as a Mermaid diagram
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// A diagram's source
    Mermaid,
}

/// What stands for the process in place of a rule's name.
const PROCESS: &str = "process";

impl Explain {
    /// Writes the rule's page, or the list; or the life of a kind.
    ///
    /// # Errors
    /// When there is no such rule or kind.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let text = match self.rule.as_deref() {
            Some(PROCESS) => self.process(globals, console)?,
            _ if self.kind.is_some() || self.format != Format::Text => {
                let message = "a kind and --format belong to `precedent explain process`";
                return Err(Error::Refused { message: message.to_owned() });
            }
            None => list(console.width()),
            Some(name) => page(find(name)?),
        };
        console.data(&text)?;
        Ok(Outcome::Clean)
    }

    fn process(&self, globals: &Globals, console: Console) -> Result<String> {
        let config = Project::find(globals, &Caching::none())?.workspace(None, None)?.config()?;
        let width = console.width().map_or(WIDTH, |width| width.min(100));
        let Some(name) = &self.kind else {
            if self.format == Format::Mermaid {
                let message = "say of which kind: `precedent explain process rfc --format mermaid`";
                return Err(Error::Refused { message: message.to_owned() });
            }
            return Ok(process::list(&config, width));
        };
        let kind = process::lives(&config).find(|kind| kind.name.eq_ignore_ascii_case(name)).ok_or_else(|| {
            let advice = kind_advice(name, process::lives(&config).map(|kind| kind.name.as_str()));
            Error::Refused { message: format!("there is no kind `{}` with a life; {advice}", name.escape_debug()) }
        })?;
        Ok(match self.format {
            Format::Text => process::text(kind, width),
            Format::Mermaid => process::diagram(kind),
        })
    }
}

fn find(name: &str) -> Result<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name).ok_or_else(|| {
        let near = nearest(name, RULES.iter().map(|rule| rule.name).chain([PROCESS]));
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
