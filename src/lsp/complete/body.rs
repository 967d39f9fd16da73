//! What may be written in a text: sections that the kind asks for, targets of links, and records by their ids.

use super::super::project::Scene;
use super::item::{MOST, Offer, fits};
use crate::log::Target;
use crate::record::{Headings, RecordId};
use crate::text::{Span, destination};
use ls_types::CompletionItemKind;

/// What may be written at `offset`.
pub(super) fn offers(scene: Scene<'_>, offset: usize) -> Vec<Offer> {
    let text = scene.record.text();
    let before = text.get(..offset).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    let typed = |typed: &str| Span::new(offset - typed.len(), offset);
    if scene.record.outline.code.iter().any(|code| code.range().start < offset && offset < code.range().end) {
        return Vec::new();
    }
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&level)
        && let Some(title) = line.get(level..).filter(|title| title.starts_with(' '))
    {
        return sections(scene, title.trim_start(), typed(title.trim_start()), offset);
    }
    if let Some(target) = line.rfind("](").and_then(|at| line.get(at + 2..)).filter(|target| !target.contains(')')) {
        return match target.split_once('#') {
            Some((file, anchor)) => anchors(scene, file, anchor, typed(anchor)),
            None => files(scene, target, typed(target)),
        };
    }
    let is_of_id = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let word = before.rsplit(|letter| !is_of_id(letter)).next().unwrap_or("");
    ids(scene, word, typed(word))
}

/// The sections that the kind knows and the text does not have.
fn sections(scene: Scene<'_>, title: &str, typed: Span, offset: usize) -> Vec<Offer> {
    let headings = Headings::of(scene.record);
    let is_elsewhere = |section: &crate::markdown::Section| {
        !(section.heading.range().start <= offset && offset <= section.heading.range().end)
    };
    let absent = scene
        .record
        .kind
        .sections
        .iter()
        .filter(|rule| !headings.named(rule).iter().copied().any(is_elsewhere) && fits(title, &[&rule.name]));
    let offer = |rule: &crate::config::SectionRule| Offer {
        about: rule.guidance.clone(),
        detail: if rule.from.is_empty() { String::new() } else { format!("from {}", rule.from) },
        ..Offer::new(rule.name.as_str(), typed, CompletionItemKind::MODULE)
    };
    absent.map(offer).collect()
}

/// Records and files beside them, as targets of a link from here.
fn files(scene: Scene<'_>, target: &str, typed: Span) -> Vec<Offer> {
    let log = &scene.snapshot.log;
    let from = scene.record.path();
    let records = log.records().iter().filter(|record| record.path() != from).map(|record| {
        let path = destination(&record.path().link_from(from));
        (path, record.name(), CompletionItemKind::REFERENCE)
    });
    let assets =
        log.assets().keys().map(|path| (destination(&path.link_from(from)), String::new(), CompletionItemKind::FILE));
    let fitting = records.chain(assets).filter(|(path, name, _)| fits(target, &[path, name]));
    let offer = |(path, detail, kind): (String, String, CompletionItemKind)| {
        // What is typed is a path or words of the title; the editor looks for it in this.
        Offer { filter: format!("{path} {detail}"), detail, ..Offer::new(path, typed, kind) }
    };
    fitting.map(offer).take(MOST + 1).collect()
}

/// The headings of the record that a link leads to.
fn anchors(scene: Scene<'_>, file: &str, anchor: &str, typed: Span) -> Vec<Offer> {
    let log = &scene.snapshot.log;
    let position = match file {
        "" => Some(scene.position),
        file => match log.resolve(scene.record, file) {
            Target::Record { record, .. } => Some(record),
            _ => None,
        },
    };
    let sections = position.and_then(|position| log.record(position)).map(|record| record.outline.sections.as_slice());
    let fitting = sections.into_iter().flatten().filter(|section| fits(anchor, &[&section.anchor, &section.title]));
    let offer = |section: &crate::markdown::Section| Offer {
        detail: section.title.clone(),
        ..Offer::new(section.anchor.as_str(), typed, CompletionItemKind::REFERENCE)
    };
    fitting.map(offer).collect()
}

/// Records by their ids, once enough of one is typed to tell that it is one; the prefix of a root may be left out.
fn ids(scene: Scene<'_>, word: &str, typed: Span) -> Vec<Offer> {
    let wanted = word.to_uppercase();
    if wanted.len() < 2 {
        return Vec::new();
    }
    let is_number = |id: &RecordId, typed: &str| {
        let whole = id.to_string();
        let number = whole.get(id.prefix.len() + 1..).unwrap_or("");
        number.contains(typed) || number.trim_start_matches('0').starts_with(typed)
    };
    let is_meant = |id: &RecordId| {
        [id.prefix.as_str(), id.series()].into_iter().any(|prefix| match wanted.strip_prefix(prefix) {
            Some(rest) => rest.strip_prefix('-').map_or(rest.is_empty(), |number| is_number(id, number)),
            None => prefix.starts_with(&wanted),
        })
    };
    let fitting = scene.snapshot.log.ids().filter(|(id, _)| is_meant(id));
    let positions = fitting.filter_map(|(_, claims)| claims.first().copied()).filter(|at| *at != scene.position);
    positions.filter_map(|position| Offer::record(scene, position, typed)).take(MOST + 1).collect()
}
