//! The whole log as data.

use super::finding::{FindingData, finding_data};
use super::kind::{KindData, kind_data};
use super::record::{RecordData, Whose, record_data};
use crate::check::Findings;
use crate::config::{Config, SiteSettings};
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::page::{Plan, Route};
use crate::text::SourcePath;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Where the log stands as data.
pub(in crate::site) const DATA: &str = "log.json";

/// What describes it.
pub(in crate::site) const DATA_SCHEMA: &str = "log.schema.json";

/// The version of the format. Fields are added without a new version; none is taken away or changes its meaning. Addresses
/// are below the site's root and percent-encoded, paths are below the project's root.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct LogData<'a, F, I>
where
    F: Fn() -> I,
    I: Iterator<Item = RecordData<'a>>,
{
    /// Where the schema lies, seen from here.
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: u32,
    site: SiteData<'a>,
    kinds: Vec<KindData<'a>>,
    people: Vec<PersonData<'a>>,
    tags: Vec<TagData<'a>>,
    #[serde(serialize_with = "one_by_one")]
    records: F,
    /// Findings outside the records: the settings, files that could not be read.
    findings: Vec<FindingData<'a>>,
}

/// Writes a list whose items are made as they are written, so that memory does not hold all of them beside what is written.
fn one_by_one<F, I, S>(items: &F, serializer: S) -> Result<S::Ok, S::Error>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
    S: Serializer,
{
    serializer.collect_seq(items())
}

/// Some of the records.
#[derive(Serialize)]
struct ListData<'a> {
    version: u32,
    records: Vec<RecordData<'a>>,
}

#[derive(Serialize)]
struct SiteData<'a> {
    title: &'a str,
    description: &'a str,
    language: &'a str,
    base_url: &'a str,
    repository: &'a str,
}

/// Someone whom the settings list.
#[derive(Serialize)]
struct PersonData<'a> {
    handle: &'a str,
    name: &'a str,
    role: &'a str,
    team: &'a str,
    active: bool,
}

#[derive(Serialize)]
struct TagData<'a> {
    name: &'a str,
    address: String,
}

/// The log as JSON, with records in the order of their paths.
pub(in crate::site) fn log_json(plan: &Plan, log: &DecisionLog, config: &Config) -> Vec<u8> {
    let mut by_path: BTreeMap<&SourcePath, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in plan.findings() {
        by_path.entry(&finding.primary.path).or_default().push(finding);
    }
    let mut aliases: BTreeMap<usize, Vec<&Route>> = BTreeMap::new();
    for (route, record) in &plan.redirects {
        aliases.entry(*record).or_default().push(route);
    }
    let record = |position: usize| {
        let record = log.record(position)?;
        let found = by_path.get(record.path()).map_or(&[][..], Vec::as_slice);
        let route = plan.routes.get(position).and_then(Option::as_ref);
        let whose = Whose { position, record, route, aliases: aliases.get(&position).cloned().unwrap_or_default() };
        Some(record_data(whose, found, log))
    };
    let people = config.policy.people.iter().map(|(handle, person)| PersonData {
        handle,
        name: &person.name,
        role: &person.role,
        team: &person.team,
        active: person.active,
    });
    let elsewhere = by_path.iter().filter(|(path, _)| log.at_path(path).is_none()).flat_map(|(_, found)| found);
    let data = LogData {
        schema: DATA_SCHEMA,
        version: VERSION,
        site: site_data(&config.site),
        kinds: config.kinds.iter().map(|kind| kind_data(kind, plan.kinds.get(&kind.name))).collect(),
        people: people.collect(),
        tags: plan.tags.iter().map(|(name, route)| TagData { name, address: route.href() }).collect(),
        records: || (0..log.records().len()).filter_map(&record),
        findings: elsewhere.map(|finding| finding_data(finding, None)).collect(),
    };
    // The data takes about half of what the texts take. To grow is to copy all that is written.
    let texts: usize = log.records().iter().map(|record| record.source.length).sum();
    let mut json = Vec::with_capacity(texts / 2);
    // Strings, numbers and lists always become JSON.
    serde_json::to_writer(&mut json, &data).unwrap_or_default();
    json.push(b'\n');
    json
}

/// Some records of the log for programs, in the order in which they are given: as in the log's own file, but for the addresses,
/// which only a site has.
pub fn records_json(log: &DecisionLog, positions: &[usize], found: &Findings) -> String {
    let record = |position: &usize| {
        let record = log.record(*position)?;
        let found: Vec<&Diagnostic> = found.of(record.path()).iter().collect();
        let whose = Whose { position: *position, record, route: None, aliases: Vec::new() };
        Some(record_data(whose, &found, log))
    };
    let records = positions.iter().filter_map(record).collect();
    let mut json = serde_json::to_string_pretty(&ListData { version: VERSION, records }).unwrap_or_default();
    json.push('\n');
    json
}

fn site_data(site: &SiteSettings) -> SiteData<'_> {
    SiteData {
        title: &site.title,
        description: &site.description,
        language: &site.language,
        base_url: &site.base_url,
        repository: &site.repository,
    }
}
