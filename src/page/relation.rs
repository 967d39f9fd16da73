//! A record among the others: what it does to them, what they do to it, and what of it must be said first.

use super::link::Map;
use super::route::encode_fragment;
use super::view::{LinkView, RecordLink, StatusView};
use crate::config::{Decision, Delivery};
use crate::log::{Relation, Strength};
use crate::record::{Record, RelationKind};
use serde::Serialize;
use std::collections::BTreeSet;

/// Mentions shown on a page; what is beyond is counted.
const SHOWN_MENTIONS: usize = 40;

/// Records shown on either side at the foot of a page; all of them are among its relations.
const SHOWN_LINEAGE: usize = 3;

/// Relations of one sort, in words as seen from this record: `Superseded by`.
#[derive(Debug, Serialize)]
pub(super) struct RelationsView {
    label: &'static str,
    items: Vec<RelationView>,
    /// Addresses of what is no record of this log.
    elsewhere: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RelationView {
    record: RecordLink,
    part: Option<LinkView>,
    /// `in-force`, `proposed` or `void`.
    strength: &'static str,
}

/// Who mentions this record, and in which words.
#[derive(Debug, Serialize)]
pub(super) struct MentionsView {
    total: usize,
    items: Vec<MentionView>,
}

#[derive(Debug, Serialize)]
struct MentionView {
    record: RecordLink,
    before: String,
    words: String,
    after: String,
}

/// What came before a record in its matter, and what after.
#[derive(Debug, Default, Serialize)]
pub(super) struct LineageView {
    before: Vec<KinView>,
    after: Vec<KinView>,
}

#[derive(Debug, Serialize)]
struct KinView {
    label: &'static str,
    record: RecordLink,
}

/// Something to know before reading on.
#[derive(Debug, Serialize)]
pub(super) struct NoticeView {
    /// What it is about, as templates and style sheets name it.
    tone: &'static str,
    records: Vec<RecordLink>,
    /// Addresses of what takes its place and is no record of this log.
    elsewhere: Vec<String>,
    part: Option<LinkView>,
}

impl NoticeView {
    fn new(tone: &'static str) -> NoticeView {
        NoticeView { tone, records: Vec::new(), elsewhere: Vec::new(), part: None }
    }
}

impl Map<'_> {
    /// A record as it is named on another page.
    pub(super) fn record_link(&self, position: usize) -> Option<RecordLink> {
        let record = self.log.record(position)?;
        Some(RecordLink {
            id: record.id.as_ref().map(|id| id.value.to_string()),
            title: record.title.clone(),
            href: self.addresses.href(position),
            status: StatusView::of(record),
        })
    }

    /// The part of a record that a relation is about, by the section's title where there is one.
    fn part(&self, relation: &Relation) -> Option<LinkView> {
        let part = relation.part.as_deref().filter(|part| !part.is_empty())?;
        let section = self.log.record(relation.to).and_then(|record| record.outline.section(part));
        let label = section.map_or_else(|| part.to_owned(), |section| section.title.clone());
        let page = self.addresses.href(relation.to).filter(|_| section.is_some());
        Some(LinkView { label, href: page.map(|page| format!("{page}#{}", encode_fragment(part))) })
    }
}

/// All relations of a record, both ways, grouped by their words.
pub(super) fn relations(position: usize, map: Map<'_>) -> Vec<RelationsView> {
    let mut groups: Vec<RelationsView> = Vec::new();
    let mut seen = BTreeSet::new();
    for (kind, _, forward, backward) in RelationKind::ALL {
        for (label, is_from) in [(*forward, true), (*backward, false)] {
            let ours = map.log.telling(position).filter(|relation| relation.kind == *kind);
            let ours = ours.filter_map(|relation| {
                let (own, other) = if is_from { (relation.from, relation.to) } else { (relation.to, relation.from) };
                (own == position).then_some((other, relation))
            });
            let mut ours: Vec<_> = ours.collect();
            ours.sort_by_key(|(other, _)| map.log.record(*other).map(Record::rank));
            for (other, relation) in ours {
                if other == position || !seen.insert((label, other, relation.part.as_deref())) {
                    continue;
                }
                let Some(record) = map.record_link(other) else { continue };
                let item = RelationView { record, part: map.part(relation), strength: strength(relation.strength) };
                add(&mut groups, label, |group| group.items.push(item));
            }
        }
    }
    for reference in map.log.record(position).map(|record| record.references.as_slice()).unwrap_or_default() {
        if let Some(address) = reference.address() {
            add(&mut groups, reference.kind.forward(), |group| group.elsewhere.push(address.to_owned()));
        }
    }
    groups
}

/// Adds to the relations of one sort.
fn add(groups: &mut Vec<RelationsView>, label: &'static str, more: impl FnOnce(&mut RelationsView)) {
    match groups.iter_mut().find(|group| group.label == label) {
        Some(group) => more(group),
        None => {
            let mut group = RelationsView { label, items: Vec::new(), elsewhere: Vec::new() };
            more(&mut group);
            groups.push(group);
        }
    }
}

fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::InForce => "in-force",
        Strength::Proposed => "proposed",
        Strength::Void => "void",
    }
}

/// Who mentions a record; the first of many, and how many there are.
pub(super) fn mentions(position: usize, map: Map<'_>) -> MentionsView {
    let mut all: Vec<_> = map.log.backlinks(position).iter().collect();
    all.sort_by_key(|mention| map.log.record(mention.from).map(Record::rank));
    let view = |mention: &crate::log::Backlink| {
        let (before, words, after) = mention.sentence(map.log.record(mention.from)?);
        Some(MentionView { record: map.record_link(mention.from)?, before, words, after })
    };
    MentionsView { total: all.len(), items: all.iter().copied().filter_map(view).take(SHOWN_MENTIONS).collect() }
}

/// What must be said above a record's text, the gravest first.
pub(super) fn notices(position: usize, record: &Record, map: Map<'_>) -> Vec<NoticeView> {
    let mut notices = Vec::new();
    let status = record.status.as_ref();
    let decision = status.map(|status| status.decision);
    let successors: BTreeSet<usize> = map.log.successors(position).into_iter().collect();
    if !successors.is_empty() || decision == Some(Decision::Superseded) {
        let records = successors.iter().filter_map(|successor| map.record_link(*successor)).collect();
        let elsewhere = elsewhere(record, RelationKind::SupersededBy);
        notices.push(NoticeView { records, elsewhere, ..NoticeView::new("superseded") });
    }
    let standing = match decision {
        _ if record.front.draft => Some("draft"),
        Some(Decision::Draft) => Some("draft"),
        Some(Decision::Rejected) => Some("rejected"),
        Some(Decision::Withdrawn) => Some("withdrawn"),
        Some(Decision::Deferred) => Some("deferred"),
        Some(Decision::Deprecated) => Some("deprecated"),
        _ => status.filter(|status| status.delivery == Delivery::Abandoned).map(|_| "abandoned"),
    };
    if let Some(tone) = standing {
        let mut notice = NoticeView::new(tone);
        if tone == "deprecated" {
            let replacements = map.log.touching(position).filter(|relation| {
                relation.kind == RelationKind::ReplacedBy
                    && relation.from == position
                    && relation.strength == Strength::InForce
            });
            notice.records = replacements.filter_map(|relation| map.record_link(relation.to)).collect();
            notice.elsewhere = elsewhere(record, RelationKind::ReplacedBy);
        }
        notices.push(notice);
    }
    if notices.iter().all(|notice| notice.tone != "superseded") {
        notices.extend(challenges(position, map));
        notices.extend(amendments(position, map));
    }
    notices
}

/// The addresses that a record names in a sense, about the whole of it.
fn elsewhere(record: &Record, kind: RelationKind) -> Vec<String> {
    let meant = record.references.iter().filter(|reference| reference.kind == kind && reference.part.is_none());
    meant.filter_map(|reference| reference.address().map(str::to_owned)).collect()
}

/// What has changed the record since, in force.
fn amendments(position: usize, map: Map<'_>) -> Option<NoticeView> {
    let amended = map.log.touching(position).filter(|relation| {
        relation.kind == RelationKind::Amends && relation.to == position && relation.strength == Strength::InForce
    });
    let by: BTreeSet<usize> = amended.map(|relation| relation.from).filter(|from| *from != position).collect();
    let records: Vec<RecordLink> = by.into_iter().filter_map(|from| map.record_link(from)).collect();
    (!records.is_empty()).then(|| NoticeView { records, ..NoticeView::new("amended") })
}

/// The records that came before and after a record in its matter: those it supersedes or amends, and those that do so to it.
pub(super) fn lineage(position: usize, map: Map<'_>) -> LineageView {
    let mut lineage = LineageView::default();
    for relation in map.log.touching(position).filter(|relation| relation.strength != Strength::Void) {
        let words = match relation.kind {
            RelationKind::Supersedes => ("Supersedes", "Superseded by", "To be superseded by"),
            RelationKind::Amends => ("Amends", "Amended by", "To be amended by"),
            _ => continue,
        };
        let (side, other, label) = match (relation.from == position, relation.strength) {
            (true, _) => (&mut lineage.before, relation.to, words.0),
            (false, Strength::InForce) => (&mut lineage.after, relation.from, words.1),
            (false, _) => (&mut lineage.after, relation.from, words.2),
        };
        let Some(record) = map.record_link(other).filter(|record| other != position && record.href.is_some()) else {
            continue;
        };
        if side.len() < SHOWN_LINEAGE && side.iter().all(|kin| kin.record.href != record.href) {
            side.push(KinView { label, record });
        }
    }
    lineage
}

/// Supersessions that do not take the whole record's place, or not yet.
fn challenges(position: usize, map: Map<'_>) -> Vec<NoticeView> {
    let against = map.log.touching(position).filter(|relation| {
        relation.kind == RelationKind::Supersedes && relation.to == position && relation.from != position
    });
    let notice = |relation: &Relation| {
        let tone = match (relation.strength, &relation.part) {
            (Strength::InForce, Some(_)) => "partly-superseded",
            (Strength::Proposed, Some(_)) => "partly-challenged",
            (Strength::Proposed, None) => "challenged",
            _ => return None,
        };
        let records = vec![map.record_link(relation.from)?];
        Some(NoticeView { records, part: map.part(relation), ..NoticeView::new(tone) })
    };
    against.filter_map(notice).collect()
}
