//! A record that nothing leads to.

use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;

pub(super) const RULE: Rule = Rule {
    name: "orphaned-record",
    summary: "A record is named by no other and names none.",
    page: include_str!("../../../content/rules/orphaned-record.md"),
    level: Level::Allow,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Log(check),
};

fn check(log: &DecisionLog, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let leads = who_leads(log);
    for (position, record) in log.records().iter().enumerate().filter(|(_, record)| !record.kind.is_chapter()) {
        let is_named = log.touching(position).next().is_some() || !log.backlinks(position).is_empty();
        let names = leads.get(position).copied().unwrap_or_default() || !record.references.is_empty();
        if is_named || names {
            continue;
        }
        let span = record.title_span.unwrap_or_default();
        let finding =
            Diagnostic::new(RULE.name, record.path(), span, "no other record leads here, and this one leads nowhere");
        let help = "name what it depends on or relates to, or the chapter that it puts into practice";
        found.push(finding.with_label("stands alone").with_help(help));
    }
}

/// For each record, whether its text names or links another record or a chapter.
fn who_leads(log: &DecisionLog) -> Vec<bool> {
    let mut leads = vec![false; log.records().len()];
    for backlink in (0..leads.len()).flat_map(|position| log.backlinks(position)) {
        if let Some(leads) = leads.get_mut(backlink.from) {
            *leads = true;
        }
    }
    leads
}
