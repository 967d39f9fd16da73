//! `log.json`: the decision log for programs.

use crate::config::{Config, Kind};
use crate::diagnostic::Diagnostic;
use crate::log::{DecisionLog, Relation, Strength};
use crate::page::{Plan, Route, decision_name, delivery_name, door_name, level_name};
use crate::record::{Daci, Record, Scope};
use crate::text::{LineIndex, SourcePath, Spanned};
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the format. Fields are added without a new version; none is taken away or changes its meaning. Addresses
/// are below the site's root and percent-encoded, paths are below the project's root.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct LogData<'a> {
    version: u32,
    site: SiteData<'a>,
    kinds: Vec<KindData<'a>>,
    records: Vec<RecordData<'a>>,
    /// Findings outside the records: the settings, files that could not be read.
    findings: Vec<FindingData<'a>>,
}

#[derive(Serialize)]
struct SiteData<'a> {
    title: &'a str,
    description: &'a str,
    language: &'a str,
    base_url: &'a str,
}

#[derive(Serialize)]
struct KindData<'a> {
    name: &'a str,
    label: &'a str,
    plural: &'a str,
    summary: &'a str,
    prefix: &'a str,
    statuses: Vec<StatusData<'a>>,
}

#[derive(Serialize)]
struct StatusData<'a> {
    name: &'a str,
    label: &'a str,
    decision: &'static str,
    delivery: &'static str,
}

#[derive(Serialize)]
struct RecordData<'a> {
    id: Option<String>,
    kind: &'a str,
    title: &'a str,
    summary: &'a str,
    /// The status among those of the kind; `null` when there is none or it is not known.
    status: Option<&'a str>,
    /// The status as written.
    raw_status: Option<&'a str>,
    decision: Option<&'static str>,
    delivery: Option<&'static str>,
    door: Option<&'static str>,
    door_reasons: Vec<&'a str>,
    scope: Option<&'static str>,
    owners: OwnersData<'a>,
    created: Option<String>,
    updated: Option<String>,
    deadline: Option<String>,
    review_by: Option<String>,
    expires: Option<String>,
    tags: Vec<&'a str>,
    tracking: Vec<&'a str>,
    draft: bool,
    /// The page; `null` when another page has its address.
    address: Option<String>,
    /// The text beside the page.
    source: Option<String>,
    path: &'a str,
    relations: Vec<RelationData<'a>>,
    findings: Vec<FindingData<'a>>,
}

#[derive(Default, Serialize)]
struct OwnersData<'a> {
    driver: Option<&'a str>,
    approvers: Vec<&'a str>,
    contributors: Vec<&'a str>,
    informed: Vec<&'a str>,
    owner: Option<&'a str>,
}

#[derive(Serialize)]
struct RelationData<'a> {
    /// The key in the front matter: `supersedes`.
    kind: &'static str,
    /// Whether this record acts, or is acted upon.
    direction: &'static str,
    id: Option<String>,
    path: &'a str,
    part: Option<&'a str>,
    /// `in-force`, `proposed` or `void`.
    strength: &'static str,
}

#[derive(Serialize)]
struct FindingData<'a> {
    rule: &'static str,
    level: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
}

/// The log as JSON, with records in the order of their paths.
pub(super) fn log_json(plan: &Plan, log: &DecisionLog, config: &Config) -> String {
    let mut by_path: BTreeMap<&SourcePath, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in &plan.findings {
        by_path.entry(&finding.primary.path).or_default().push(finding);
    }
    let records = log.records().iter().enumerate().map(|(position, record)| {
        let found = by_path.remove(record.path()).unwrap_or_default();
        let route = plan.routes.get(position).and_then(Option::as_ref);
        record_data((position, record), route, &found, log)
    });
    let records = records.collect();
    let site = &config.site;
    let data = LogData {
        version: VERSION,
        site: SiteData {
            title: &site.title,
            description: &site.description,
            language: &site.language,
            base_url: &site.base_url,
        },
        kinds: config.kinds.iter().map(|kind| kind_data(kind)).collect(),
        records,
        findings: by_path.into_values().flatten().map(|finding| finding_data(finding, None)).collect(),
    };
    // Strings, numbers and lists always become JSON.
    let mut json = serde_json::to_string(&data).unwrap_or_default();
    json.push('\n');
    json
}

fn kind_data(kind: &Kind) -> KindData<'_> {
    let statuses = kind.lifecycle.statuses.iter().map(|status| StatusData {
        name: &status.name,
        label: &status.label,
        decision: decision_name(status.decision),
        delivery: delivery_name(status.delivery),
    });
    KindData {
        name: &kind.name,
        label: &kind.label,
        plural: &kind.plural,
        summary: &kind.summary,
        prefix: &kind.prefix,
        statuses: statuses.collect(),
    }
}

fn record_data<'a>(
    (position, record): (usize, &'a Record),
    route: Option<&Route>,
    found: &[&'a Diagnostic],
    log: &'a DecisionLog,
) -> RecordData<'a> {
    let front = &record.front;
    let status = record.status.as_ref();
    let lines = if found.is_empty() { None } else { Some(LineIndex::new(record.text())) };
    let lines = lines.as_ref().map(|lines| (lines, record.text()));
    let date = |date: &Option<Spanned<crate::date::Date>>| date.as_ref().map(|date| date.value.to_string());
    RecordData {
        id: record.id.as_ref().map(|id| id.value.to_string()),
        kind: &record.kind.name,
        title: &record.title,
        summary: front.summary.as_ref().map_or(&record.outline.summary, |summary| &summary.value),
        status: status.map(|status| status.name.as_str()),
        raw_status: record.raw_status.as_ref().map(|raw| raw.value.as_str()),
        decision: status.map(|status| decision_name(status.decision)),
        delivery: status.map(|status| delivery_name(status.delivery)),
        door: front.door.as_ref().map(|door| door_name(door.value)),
        door_reasons: texts(&front.door_reasons),
        scope: front.scope.as_ref().map(|scope| scope_name(scope.value)),
        owners: owners(record),
        created: date(&front.created),
        updated: date(&front.updated),
        deadline: date(&front.deadline),
        review_by: date(&front.review_by),
        expires: date(&front.expires),
        tags: texts(&front.tags),
        tracking: texts(&front.tracking),
        draft: front.draft,
        address: route.map(Route::href),
        source: route.map(|route| route.markdown().href()),
        path: record.path().as_str(),
        relations: log.touching(position).filter_map(|relation| relation_data(position, relation, log)).collect(),
        findings: found.iter().map(|finding| finding_data(finding, lines)).collect(),
    }
}

fn owners(record: &Record) -> OwnersData<'_> {
    let owner = record.front.deprecation.as_ref().and_then(|deprecation| deprecation.value.owner.as_ref());
    let owner = owner.map(|owner| owner.value.as_str());
    let Some(daci) = &record.front.daci else { return OwnersData { owner, ..OwnersData::default() } };
    let Daci { driver, approver, contributors, informed } = &daci.value;
    OwnersData {
        driver: driver.as_ref().map(|driver| driver.value.as_str()),
        approvers: texts(approver),
        contributors: texts(contributors),
        informed: texts(informed),
        owner,
    }
}

fn relation_data<'a>(position: usize, relation: &'a Relation, log: &'a DecisionLog) -> Option<RelationData<'a>> {
    let is_ours = relation.from == position;
    let other = log.record(if is_ours { relation.to } else { relation.from })?;
    Some(RelationData {
        kind: relation.kind.key(),
        direction: if is_ours { "forward" } else { "backward" },
        id: other.id.as_ref().map(|id| id.value.to_string()),
        path: other.path().as_str(),
        part: relation.part.as_deref(),
        strength: match relation.strength {
            Strength::InForce => "in-force",
            Strength::Proposed => "proposed",
            Strength::Void => "void",
        },
    })
}

fn finding_data<'a>(finding: &'a Diagnostic, lines: Option<(&LineIndex, &str)>) -> FindingData<'a> {
    let place = lines.map(|(lines, text)| lines.line_column(text, finding.primary.span.start));
    FindingData {
        rule: finding.rule,
        level: level_name(finding.severity),
        message: &finding.message,
        help: finding.help.as_deref(),
        path: finding.primary.path.as_str(),
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
    }
}

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Team => "team",
        Scope::Organisation => "organisation",
        Scope::Strategic => "strategic",
    }
}

fn texts(texts: &[Spanned<String>]) -> Vec<&str> {
    texts.iter().map(|text| text.value.as_str()).collect()
}
