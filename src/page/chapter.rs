//! The page of a handbook chapter.

use super::finding::{FindingView, Findings, Tally, findings};
use super::handbook::{ChapterLink, Handbook, chapter_link};
use super::link::Map;
use super::route::Route;
use super::text::{Text, TextView, description};
use super::view::{Frame, Head, Page, Section};
use crate::record::Record;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct ChapterView {
    text: TextView,
    navigation: Vec<ChapterLink>,
    tags: Vec<super::view::LinkView>,
    findings: Vec<FindingView>,
    tally: Tally,
}

/// Plans the page of a chapter.
pub(super) fn page(
    frame: &Frame<'_>,
    (position, record, route): (usize, &Record, &Route),
    rendered: Text,
    (map, handbook, found): (Map<'_>, &Handbook, &Findings<'_>),
) -> Page {
    let mut text = rendered.view(record, map);
    let (previous, next) = handbook.around(position);
    text.previous = previous.and_then(|position| chapter_link(position, map));
    text.next = next.and_then(|position| chapter_link(position, map));
    let head = Head { title: record.title.clone(), description: description(record), section: Section::Handbook };
    let found = found.of(record.path());
    let view = ChapterView {
        text,
        navigation: handbook.navigation(position, map),
        tags: super::record::tags(&record.front, map),
        tally: Tally::of(found),
        findings: findings(found, map),
    };
    frame.page(route.clone(), "chapter.html", head, view)
}
