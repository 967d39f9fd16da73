//! One record as data.

use super::finding::{FindingData, finding_data};
use super::process::{ProcessData, day, process_data, texts};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::line::LineIndex;
use crate::log::{DecisionLog, Relation, Strength};
use crate::page::Route;
use crate::record::{Daci, Record, Scope, Sourcing};
use crate::site::standing::{Standing, standing, successors};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A record, and where it is published.
pub(super) struct Whose<'a> {
    pub(super) position: usize,
    pub(super) record: &'a Record,
    pub(super) route: Option<&'a Route>,
    /// Old addresses that lead to it.
    pub(super) aliases: Vec<&'a Route>,
}

#[derive(Serialize)]
pub(super) struct RecordData<'a> {
    id: Option<String>,
    kind: &'a str,
    title: &'a str,
    summary: Cow<'a, str>,
    /// The status among those of the kind; `null` when there is none or it is not known.
    status: Option<&'a str>,
    /// The status as written.
    raw_status: Option<&'a str>,
    decision: Option<&'static str>,
    delivery: Option<&'static str>,
    /// Whether its word still counts: `open`, `in-force`, `deferred`, `over`.
    standing: &'static str,
    /// Who has taken its place: ids, or titles where there is no id.
    superseded_by: Vec<String>,
    door: Option<&'static str>,
    door_reasons: Vec<&'a str>,
    scope: Option<&'static str>,
    sourcing: Option<&'static str>,
    focus: Option<&'a str>,
    owners: OwnersData<'a>,
    created: Option<String>,
    updated: Option<String>,
    /// The last day on which anything is known to have happened to it.
    last_change: Option<String>,
    deadline: Option<String>,
    review_by: Option<String>,
    expires: Option<String>,
    tags: Vec<&'a str>,
    tracking: Vec<&'a str>,
    draft: bool,
    /// The page; `null` when another page has its address.
    address: Option<String>,
    /// The Markdown beside the page; `null` when there is no page.
    source: Option<String>,
    /// Old addresses that lead to the page.
    aliases: Vec<String>,
    path: &'a str,
    /// What git knows of the file; `null` where it knows nothing, or was not asked.
    git: Option<GitData<'a>>,
    sections: Vec<SectionData<'a>>,
    relations: Vec<RelationData<'a>>,
    /// Paths of the records that link it or name its id.
    mentioned_by: Vec<&'a str>,
    #[serde(flatten)]
    process: ProcessData<'a>,
    findings: Vec<FindingData<'a>>,
}

#[derive(Serialize)]
struct GitData<'a> {
    /// The day of the commit that brought it; `null` where the clone does not reach back to it.
    since: Option<String>,
    /// The day of the last commit that changed it.
    changed: Option<String>,
    authors: &'a [String],
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
struct SectionData<'a> {
    level: u8,
    title: &'a str,
    /// What stands after `#` in its address, not percent-encoded.
    anchor: &'a str,
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

/// A record, with the findings in its file.
pub(super) fn record_data<'a>(whose: Whose<'a>, found: &[&'a Diagnostic], log: &'a DecisionLog) -> RecordData<'a> {
    let Whose { position, record, route, aliases } = whose;
    let front = &record.front;
    let status = record.status.as_ref();
    let lines = if found.is_empty() { None } else { Some(LineIndex::new(record.text())) };
    let lines = lines.as_ref().map(|lines| (lines, record.text()));
    let text = |text: &'a Option<crate::text::Spanned<String>>| text.as_ref().map(|text| text.value.as_str());
    RecordData {
        id: record.id.as_ref().map(|id| id.value.to_string()),
        kind: &record.kind.name,
        title: &record.title,
        summary: record.summary(),
        status: status.map(|status| status.name.as_str()),
        raw_status: text(&record.raw_status),
        decision: status.map(|status| status.decision.name()),
        delivery: status.map(|status| status.delivery.name()),
        standing: standing_name(standing(position, record, log)),
        superseded_by: successors(position, log),
        door: front.door.as_ref().map(|door| door.value.name()),
        door_reasons: texts(&front.door_reasons),
        scope: front.scope.as_ref().map(|scope| scope_name(scope.value)),
        sourcing: front.sourcing.as_ref().map(|sourcing| sourcing_name(sourcing.value)),
        focus: text(&front.focus),
        owners: owners(record),
        created: day(&front.created),
        updated: day(&front.updated),
        last_change: record.last_change().map(|day: Date| day.to_string()),
        deadline: day(&front.deadline),
        review_by: day(&front.review_by),
        expires: day(&front.expires),
        tags: texts(&front.tags),
        tracking: texts(&front.tracking),
        draft: front.draft,
        address: route.map(Route::href),
        source: route.map(|route| route.markdown().href()),
        aliases: aliases.into_iter().map(Route::href).collect(),
        path: record.path().as_str(),
        git: git(record, log),
        sections: sections(record),
        relations: log.touching(position).filter_map(|relation| relation_data(position, relation, log)).collect(),
        mentioned_by: mentioned_by(position, log),
        process: process_data(front),
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

fn git<'a>(record: &Record, log: &'a DecisionLog) -> Option<GitData<'a>> {
    let life = log.history().of(record.path())?;
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    Some(GitData { since: day(life.since), changed: day(life.changed), authors: &life.authors })
}

fn sections(record: &Record) -> Vec<SectionData<'_>> {
    let shown = record.outline.sections.iter().filter(|section| record.title_heading != Some(section.heading));
    shown.map(|section| SectionData { level: section.level, title: &section.title, anchor: &section.anchor }).collect()
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

fn mentioned_by(position: usize, log: &DecisionLog) -> Vec<&str> {
    let from: BTreeSet<usize> = log.backlinks(position).iter().map(|link| link.from).collect();
    from.into_iter().filter_map(|other| log.record(other)).map(|record| record.path().as_str()).collect()
}

fn standing_name(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::InForce => "in-force",
        Standing::Deferred => "deferred",
        Standing::Over => "over",
    }
}

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Team => "team",
        Scope::Organisation => "organisation",
        Scope::Strategic => "strategic",
    }
}

fn sourcing_name(sourcing: Sourcing) -> &'static str {
    match sourcing {
        Sourcing::Build => "build",
        Sourcing::Buy => "buy",
        Sourcing::Partner => "partner",
        Sourcing::Integrate => "integrate",
    }
}
