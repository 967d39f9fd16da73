//! The rule catalogue: a list of all rules, and a page for each from its own text.

use super::address::RULE_INDEX;
use super::finding::Findings;
use super::link::Map;
use super::route::Route;
use super::text::{Text, TextView};
use super::view::{Frame, Head, LinkView, Page, Section};
use crate::check::{self, RULES, Rule};
use crate::config::{Config, Level};
use crate::markdown::Diagrams;
use crate::record::Record;
use crate::source::Source;
use crate::text::SourcePath;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Serialize)]
struct RulesView {
    rules: Vec<RuleLine>,
}

#[derive(Debug, Serialize)]
struct RuleLine {
    name: &'static str,
    summary: &'static str,
    href: Option<String>,
    level: &'static str,
    /// Whether the organisation set the level.
    chosen: bool,
    /// Findings of this rule on the site.
    count: usize,
}

#[derive(Debug, Serialize)]
struct RuleView {
    text: TextView,
    name: &'static str,
    level: &'static str,
    default_level: &'static str,
    since: &'static str,
}

/// Plans the catalogue and the pages that the content folder does not write itself.
pub(super) fn pages(frame: &Frame<'_>, map: Map<'_>, found: &Findings<'_>, diagrams: &Diagrams) -> Vec<Page> {
    let rules: Vec<(usize, &Rule)> = RULES.iter().enumerate().collect();
    let generated = rules.into_par_iter().filter(|(_, rule)| map.addresses.generated_rules.contains(rule.name));
    let mut pages: Vec<Page> = generated.filter_map(|(at, rule)| page(frame, (at, rule), map, diagrams)).collect();
    if !map.addresses.records.iter().flatten().any(|route| route.0 == RULE_INDEX) {
        pages.push(catalogue(frame, map, found));
    }
    pages
}

fn catalogue(frame: &Frame<'_>, map: Map<'_>, found: &Findings<'_>) -> Page {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in found.files().flat_map(|(_, found)| found) {
        *counts.entry(finding.rule).or_default() += 1;
    }
    let line = |rule: &Rule| RuleLine {
        name: rule.name,
        summary: rule.summary,
        href: map.addresses.rules.get(rule.name).map(Route::href),
        level: level_name(level(rule, map.config)),
        chosen: level(rule, map.config) != rule.level,
        count: counts.get(rule.name).copied().unwrap_or(0),
    };
    let view = RulesView { rules: RULES.iter().map(line).collect() };
    let head = Head {
        title: "Rules".to_owned(),
        description: "What every record is checked for.".to_owned(),
        section: Section::Rules,
    };
    frame.page(Route(RULE_INDEX.to_owned()), "rules.html", head, view)
}

/// The page of one rule, from its embedded text, as if it stood in `rules/` below the content folder.
fn page(frame: &Frame<'_>, (at, rule): (usize, &Rule), map: Map<'_>, diagrams: &Diagrams) -> Option<Page> {
    let route = map.addresses.rules.get(rule.name)?;
    let record = record(rule, map)?;
    let rendered = Text::render(&record, None, route, map, diagrams);
    let mut text = rendered.view(&record, map);
    (text.source, text.path, text.edit) = (None, None, None);
    Some(dressed(frame, (at, rule, route), text, map))
}

/// The embedded text of a rule as a record.
pub(super) fn record(rule: &Rule, map: Map<'_>) -> Option<Record> {
    let folder = SourcePath::new(map.config.roots.top());
    let path = folder.child(&format!("rules/{}.md", rule.name))?;
    Some(Record::parse(&Source::new(path, rule.page), map.config).0)
}

/// The page of a rule that the content folder writes itself; `at` is the rule's place in the catalogue.
pub(super) fn written(
    frame: &Frame<'_>,
    (at, rule): (usize, &Rule),
    (record, route): (&Record, &Route),
    rendered: Text,
    map: Map<'_>,
) -> Page {
    dressed(frame, (at, rule, route), rendered.view(record, map), map)
}

fn dressed(frame: &Frame<'_>, (at, rule, route): (usize, &Rule, &Route), mut text: TextView, map: Map<'_>) -> Page {
    text.previous = at.checked_sub(1).and_then(|at| RULES.get(at)).and_then(|rule| link(rule, map));
    text.next = RULES.get(at + 1).and_then(|rule| link(rule, map));
    let head = Head { title: rule.name.to_owned(), description: rule.summary.to_owned(), section: Section::Rules };
    let view = RuleView {
        text,
        name: rule.name,
        level: level_name(level(rule, map.config)),
        default_level: level_name(rule.level),
        since: rule.since,
    };
    frame.page(route.clone(), "rule.html", head, view)
}

fn link(rule: &Rule, map: Map<'_>) -> Option<LinkView> {
    Some(LinkView { label: rule.name.to_owned(), href: Some(map.addresses.rules.get(rule.name)?.href()) })
}

/// How loudly a rule speaks here, unless a kind or a status says otherwise.
fn level(rule: &Rule, config: &Config) -> Level {
    check::level(rule, None, config)
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Allow => "allow",
        Level::Warn => "warn",
        Level::Deny => "deny",
    }
}
