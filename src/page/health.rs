//! The health of the log: findings by rule and by file, and the files that could not be read.

use super::address::HEALTH;
use super::finding::{FindingView, Findings, Tally, findings};
use super::link::Map;
use super::route::Route;
use super::view::{Frame, Head, Page, RecordLink, Section};
use crate::diagnostic::Diagnostic;
use crate::text::SourcePath;
use serde::Serialize;
use std::collections::BTreeMap;

/// Findings on one page.
const FINDINGS: usize = 200;

/// The rule under which files that could not be read are reported.
const UNREAD: &str = "unread-file";

#[derive(Debug, Serialize)]
struct HealthView {
    tally: Tally,
    records: usize,
    rules: Vec<RuleCount>,
    unread: Vec<FindingView>,
    files: Vec<FileView>,
    number: usize,
    pages: Vec<StepView>,
}

#[derive(Debug, Serialize)]
struct RuleCount {
    rule: &'static str,
    href: Option<String>,
    tally: Tally,
}

/// The findings in one file.
#[derive(Debug, Serialize)]
struct FileView {
    path: String,
    record: Option<RecordLink>,
    findings: Vec<FindingView>,
}

#[derive(Debug, Serialize)]
struct StepView {
    number: usize,
    href: String,
    current: bool,
}

/// Plans the health page, and further ones where there are many findings.
pub(super) fn pages(frame: &Frame<'_>, map: Map<'_>, found: &Findings<'_>) -> Vec<Page> {
    let all: Vec<&Diagnostic> = found.files().flat_map(|(_, found)| found.iter().copied()).collect();
    let (unread, rest): (Vec<&Diagnostic>, Vec<&Diagnostic>) = all.iter().partition(|finding| finding.rule == UNREAD);
    let tally = Tally::of(&all);
    let count = rest.len().div_ceil(FINDINGS).max(1);
    let route = Route(HEALTH.to_owned());
    let page = |number: usize| {
        let from = rest.get((number - 1) * FINDINGS..).unwrap_or(&[]);
        let step = |number: usize, current: usize| StepView {
            number,
            href: route.numbered(number).href(),
            current: number == current,
        };
        let view = HealthView {
            tally,
            records: map.log.records().len(),
            rules: if number == 1 { by_rule(&all, map) } else { Vec::new() },
            unread: if number == 1 { findings(&unread, map) } else { Vec::new() },
            files: by_file(from.get(..FINDINGS).unwrap_or(from), map),
            number,
            pages: if count > 1 { (1..=count).map(|each| step(each, number)).collect() } else { Vec::new() },
        };
        let title = if number > 1 { format!("Health, page {number}") } else { "Health".to_owned() };
        let description = "What the checks found in the log, by rule and by file.".to_owned();
        let head = Head { title, description, section: Section::Health };
        frame.page(route.numbered(number), "health.html", head, view)
    };
    (1..=count).map(page).collect()
}

/// Rules with findings, the most frequent errors first.
fn by_rule(all: &[&Diagnostic], map: Map<'_>) -> Vec<RuleCount> {
    let mut rules: BTreeMap<&'static str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in all {
        rules.entry(finding.rule).or_default().push(finding);
    }
    let count = |(rule, found): (&'static str, Vec<&Diagnostic>)| RuleCount {
        rule,
        href: map.addresses.rules.get(rule).map(Route::href),
        tally: Tally::of(&found),
    };
    let mut counts: Vec<RuleCount> = rules.into_iter().map(count).collect();
    counts.sort_by_key(|count| std::cmp::Reverse((count.tally.errors, count.tally.warnings, count.tally.notes)));
    counts
}

fn by_file(found: &[&Diagnostic], map: Map<'_>) -> Vec<FileView> {
    let mut files: Vec<(&SourcePath, Vec<&Diagnostic>)> = Vec::new();
    for finding in found {
        let path = &finding.primary.path;
        match files.last_mut().filter(|(last, _)| *last == path) {
            Some((_, found)) => found.push(finding),
            None => files.push((path, vec![finding])),
        }
    }
    let view = |(path, found): (&SourcePath, Vec<&Diagnostic>)| FileView {
        path: path.to_string(),
        record: map.log.at_path(path).and_then(|position| map.record_link(position)),
        findings: findings(&found, map),
    };
    files.into_iter().map(view).collect()
}
