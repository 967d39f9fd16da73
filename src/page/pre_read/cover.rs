//! The cover of a pre-read: what is to be decided, by whom and when, and what a reader should know before the first line.

use super::super::link::Map;
use super::super::register::{spaced, words};
use super::super::text::description;
use super::super::view::RecordLink;
use super::links::anchor;
use crate::check::{applies, open_questions};
use crate::config::Decision;
use crate::date::Moment;
use crate::log::Relation;
use crate::record::{Difference, Fingerprint, Headings, Piece, Record};
use serde::Serialize;
use std::collections::BTreeSet;

/// Words that a person reads in a minute.
const WORDS_A_MINUTE: usize = 200;
/// Words that are shown on each side of a change.
const AROUND: usize = 12;
/// The most records that are told of.
const MOST_TOUCHED: usize = 40;

/// The text as its readers got it before.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// When it went out.
    pub sent: Option<Moment>,
    /// How the text differs from what went out then; `None` where that is not at hand.
    pub difference: Option<Difference>,
}

#[derive(Debug, Serialize)]
pub(super) struct CoverView {
    question: String,
    decides: Vec<String>,
    sent: String,
    held: String,
    /// `49 hours`.
    between: Option<String>,
    minutes: usize,
    signs: Vec<String>,
    reasons: Vec<String>,
    earlier: Option<EarlierView>,
    questions: Vec<String>,
    touched: Vec<TouchedView>,
    /// How many more it touches.
    untold: usize,
    /// The file, and the digest of what is in it.
    path: String,
    fingerprint: String,
}

#[derive(Debug, Serialize)]
struct EarlierView {
    sent: Option<String>,
    /// Whether the text of then is at hand.
    is_known: bool,
    passages: Vec<PassageView>,
}

#[derive(Debug, Serialize)]
struct PassageView {
    section: Option<String>,
    pieces: Vec<PieceView>,
}

#[derive(Debug, Serialize)]
struct PieceView {
    /// `same`, `gone` or `new`.
    kind: &'static str,
    text: String,
}

#[derive(Debug, Serialize)]
struct TouchedView {
    anchor: String,
    /// `Supersedes`, `Needed by`, `Named in the text`.
    words: Vec<&'static str>,
    record: RecordLink,
    summary: String,
}

/// When a text goes out, for which meeting.
pub(super) struct Times {
    pub(super) sent: Moment,
    pub(super) held: Moment,
}

/// The cover of a record.
pub(super) fn cover(
    record: &Record,
    (times, earlier): (&Times, Option<&Earlier>),
    touched: &Touched,
    map: Map<'_>,
) -> CoverView {
    let daci = record.front.daci.as_ref().map(|daci| &daci.value);
    let decides = daci.into_iter().flat_map(|daci| &daci.approver).map(|who| map.person(&who.value).name);
    let told = touched.told.iter().enumerate().filter_map(|(at, (position, words))| {
        let (record, link) = (map.log.record(*position)?, map.record_link(*position)?);
        Some(TouchedView { anchor: anchor(at), words: words.clone(), record: link, summary: description(record) })
    });
    let text = record.text().get(record.body..).unwrap_or("");
    CoverView {
        question: question(record),
        decides: decides.collect(),
        sent: shown(times.sent),
        held: shown(times.held),
        between: between(times),
        minutes: text.split_whitespace().count().div_ceil(WORDS_A_MINUTE).max(1),
        signs: signs(record),
        reasons: record.front.door_reasons.iter().map(|reason| spaced(&reason.value)).collect(),
        earlier: earlier.map(earlier_view),
        questions: open_questions(&Headings::of(record)).into_iter().map(|question| plain(&question.value)).collect(),
        touched: told.collect(),
        untold: touched.more,
        path: record.path().to_string(),
        fingerprint: fingerprint(record),
    }
}

/// The part of a fingerprint that says whether a text is the same; the part that says where it differs is for programs.
fn fingerprint(record: &Record) -> String {
    let whole = Fingerprint::of(record).to_string();
    whole.rsplit_once(':').map_or(whole.as_str(), |(digest, _)| digest).to_owned()
}

/// What is to be decided, as a question.
fn question(record: &Record) -> String {
    let label = &record.kind.label;
    if record.kind.escalation {
        return "Which of the two options is it to be?".to_owned();
    }
    let statuses = &record.kind.lifecycle.statuses;
    let accepted = statuses.iter().find(|status| status.decision == Decision::Accepted);
    match accepted {
        Some(status) => format!("Is this {label} to be {}?", status.name.replace(['-', '_'], " ")),
        None => format!("Is this {label} right?"),
    }
}

/// Who has to sign, once it is decided.
fn signs(record: &Record) -> Vec<String> {
    let asked = record.kind.sign_offs.iter().filter(|rule| applies(record, &rule.when));
    asked.map(|rule| rule.roles.iter().map(|role| words(role)).collect::<Vec<_>>().join(" or ")).collect()
}

fn earlier_view(earlier: &Earlier) -> EarlierView {
    let piece = |piece: Piece| {
        let (kind, text) = match piece {
            Piece::Same(text) => ("same", text),
            Piece::Gone(text) => ("gone", text),
            Piece::New(text) => ("new", text),
        };
        // A heading is shown as its words.
        PieceView { kind, text: text.trim_start_matches('#').trim_start().to_owned() }
    };
    let passages = earlier.difference.iter().flat_map(|difference| &difference.passages).map(|passage| PassageView {
        section: passage.section.clone(),
        pieces: passage.excerpt(AROUND).into_iter().map(piece).filter(|piece| !piece.text.is_empty()).collect(),
    });
    EarlierView { sent: earlier.sent.map(shown), is_known: earlier.difference.is_some(), passages: passages.collect() }
}

/// The records that a record touches.
pub(super) struct Touched {
    /// Those that are told of, each with how it is touched.
    pub(super) told: Vec<(usize, Vec<&'static str>)>,
    /// How many more there are.
    more: usize,
}

/// The records that a record touches: by its relations, and then by its text.
pub(super) fn touched(position: usize, map: Map<'_>) -> Touched {
    let mut touched: Vec<(usize, Vec<&'static str>)> = Vec::new();
    let mut add = |other: usize, words: &'static str| {
        let is_told = map.log.record(other).is_some_and(|record| !record.kind.is_chapter());
        if other == position || !is_told {
            return;
        }
        match touched.iter_mut().find(|(known, _)| *known == other) {
            Some((_, known)) if known.contains(&words) => {}
            Some((_, known)) => known.push(words),
            None => touched.push((other, vec![words])),
        }
    };
    for relation in map.log.telling(position) {
        let Relation { from, to, kind, .. } = *relation;
        if from == position { add(to, kind.forward()) } else { add(from, kind.backward()) }
    }
    let named: BTreeSet<usize> = map.log.mentions(position).map(|(other, _)| other).collect();
    let known: BTreeSet<usize> = map.log.touching(position).flat_map(|relation| [relation.from, relation.to]).collect();
    named.difference(&known).for_each(|other| add(*other, "Named in the text"));
    let more = touched.len().saturating_sub(MOST_TOUCHED);
    touched.truncate(MOST_TOUCHED);
    Touched { told: touched, more }
}

/// A moment as people write it: `Thursday 12 March 2026, 10:00 UTC`.
fn shown(moment: Moment) -> String {
    match moment {
        Moment::Day(day) => day.strftime("%A %-d %B %Y").to_string(),
        Moment::Instant { at, .. } => at.strftime("%A %-d %B %Y, %H:%M UTC").to_string(),
    }
}

fn between(times: &Times) -> Option<String> {
    let (Moment::Instant { at: sent, .. }, Moment::Instant { at: held, .. }) = (times.sent, times.held) else {
        return None;
    };
    let hours = held.duration_since(sent).as_hours();
    match hours {
        ..1 => None,
        1 => Some("1 hour".to_owned()),
        2..96 => Some(format!("{hours} hours")),
        _ => Some(format!("{} days", hours / 24)),
    }
}

/// A list's item without its box and without the marks of Markdown that a reader of plain text would stumble over.
fn plain(item: &str) -> String {
    let item = item.trim().trim_start_matches("[ ]").trim();
    item.replace(['`', '*'], "")
}

/// Takes the addresses out of a view, where the site has none that is known outside.
pub(super) fn without_addresses(view: &mut serde_json::Value) {
    let mut open = vec![view];
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::Object(entries) => {
                for (key, value) in entries.iter_mut() {
                    if key == "href" { *value = serde_json::Value::Null } else { open.push(value) }
                }
            }
            serde_json::Value::Array(items) => open.extend(items.iter_mut()),
            _ => {}
        }
    }
}
