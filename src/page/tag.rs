//! The page of all tags.

use super::address::TAGS;
use super::link::Map;
use super::route::Route;
use super::view::{Frame, Head, Page, Section};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Serialize)]
struct TagsView {
    tags: Vec<TagView>,
}

#[derive(Debug, Serialize)]
struct TagView {
    label: String,
    href: String,
    count: usize,
}

/// Plans the page of all tags, by name, each with the number of its records.
pub(super) fn page(frame: &Frame<'_>, map: Map<'_>) -> Page {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for record in map.log.records().iter().filter(|record| !record.kind.is_chapter()) {
        let own: BTreeSet<String> = record.front.tags.iter().map(|tag| tag.value.to_lowercase()).collect();
        for tag in own {
            *counts.entry(tag).or_default() += 1;
        }
    }
    let tags = map.addresses.tags.iter().map(|(key, (route, label))| TagView {
        label: label.clone(),
        href: route.href(),
        count: counts.get(key).copied().unwrap_or(0),
    });
    let view = TagsView { tags: tags.collect() };
    let head =
        Head { title: "Tags".to_owned(), description: "Words to find decisions by.".to_owned(), section: Section::Log };
    frame.page(Route(TAGS.to_owned()), "tags.html", head, view)
}
