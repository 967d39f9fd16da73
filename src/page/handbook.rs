//! The handbook: chapters in folders, in reading order.

use super::address::{Addresses, below_content};
use super::link::Map;
use super::view::LinkView;
use crate::record::Record;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Chapters shown on either side of the present one in the navigation of a long folder.
const NEIGHBOURS: usize = 40;

/// All chapters.
#[derive(Debug, Default)]
pub(super) struct Handbook {
    /// By folder below the content folder; the root is empty.
    folders: BTreeMap<String, Folder>,
    /// All chapters with a page, in reading order.
    order: Vec<usize>,
    /// By chapter: its place in `order`.
    places: BTreeMap<usize, usize>,
}

#[derive(Debug, Default)]
struct Folder {
    /// Its own page.
    index: Option<usize>,
    /// What else is in it, in reading order.
    entries: Vec<Entry>,
}

/// A chapter or a folder, with what it is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    weight: i64,
    title: String,
    item: Item,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Chapter(usize),
    Folder(String),
}

/// One line of the navigation beside a chapter.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ChapterLink {
    pub(super) label: String,
    /// `None` for a folder without a page, and for what is left out.
    pub(super) href: Option<String>,
    pub(super) depth: usize,
    pub(super) current: bool,
    /// One sentence about it; only where there is room for one.
    pub(super) summary: String,
}

impl Handbook {
    /// Sorts the chapters that have a page into their folders. The home page's text and the rules' are not among them.
    pub(super) fn new(map: Map<'_>) -> Handbook {
        let mut handbook = Handbook::default();
        let mut chapters = Vec::new();
        for (position, record) in map.log.records().iter().enumerate() {
            let Some(route) = map.addresses.of(position).filter(|_| record.kind.is_chapter()) else { continue };
            if map.addresses.home != Some(position) && map.addresses.rule_at(route).is_none() {
                chapters.push((position, record.as_ref()));
            }
        }
        for (position, record) in &chapters {
            let folder = folder_of(record, map);
            let entry = handbook.folders.entry(folder).or_default();
            if record.is_index() {
                entry.index = Some(*position);
            } else {
                entry.entries.push(Entry {
                    weight: weight(record),
                    title: record.title.to_lowercase(),
                    item: Item::Chapter(*position),
                });
            }
        }
        handbook.join_folders(map);
        handbook.read_through();
        handbook
    }

    /// The first chapter.
    pub(super) fn first(&self, addresses: &Addresses) -> Option<String> {
        self.order.first().and_then(|position| addresses.href(*position))
    }

    /// All chapters with a page, in reading order; the home page's text is not among them.
    pub(super) fn reading_order(&self) -> &[usize] {
        &self.order
    }

    /// The chapters before and after one, in reading order.
    pub(super) fn around(&self, position: usize) -> (Option<usize>, Option<usize>) {
        let Some(place) = self.places.get(&position).copied() else { return (None, None) };
        let before = place.checked_sub(1).and_then(|place| self.order.get(place)).copied();
        (before, self.order.get(place + 1).copied())
    }

    /// Puts each folder into the one above it; a folder without chapters of its own is made on the way.
    fn join_folders(&mut self, map: Map<'_>) {
        let mut all: BTreeSet<String> = self.folders.keys().cloned().collect();
        for folder in self.folders.keys() {
            let mut above = folder.as_str();
            while let Some((parent, _)) = above.rsplit_once('/') {
                all.insert(parent.to_owned());
                above = parent;
            }
        }
        for name in all.into_iter().filter(|name| !name.is_empty()) {
            let index = self.folders.entry(name.clone()).or_default().index;
            let record = index.and_then(|index| map.log.record(index));
            let title = record.map_or_else(|| last_part(&name).to_owned(), |record| record.title.clone());
            let above = name.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
            let entry =
                Entry { weight: record.map_or(0, weight), title: title.to_lowercase(), item: Item::Folder(name) };
            self.folders.entry(above).or_default().entries.push(entry);
        }
        for folder in self.folders.values_mut() {
            folder.entries.sort();
        }
    }

    /// Reads the folders through, each with its own page first.
    fn read_through(&mut self) {
        let mut stack = vec![Item::Folder(String::new())];
        let mut order = Vec::new();
        while let Some(item) = stack.pop() {
            match item {
                Item::Chapter(position) => order.push(position),
                Item::Folder(name) => {
                    let Some(folder) = self.folders.get(&name) else { continue };
                    order.extend(folder.index);
                    stack.extend(folder.entries.iter().rev().map(|entry| entry.item.clone()));
                }
            }
        }
        self.places = order.iter().enumerate().map(|(place, position)| (*position, place)).collect();
        self.order = order;
    }

    /// The top of the handbook: its folders and the chapters beside them; where all of it is in one folder, only what is in that.
    pub(super) fn top(&self, map: Map<'_>) -> Vec<ChapterLink> {
        let entries = |folder: &str| self.folders.get(folder).map_or(&[][..], |folder| folder.entries.as_slice());
        let mut shown: Vec<&Entry> = entries("").iter().collect();
        if let [only] = shown.as_slice()
            && let Item::Folder(name) = &only.item
            && !entries(name).is_empty()
        {
            shown = entries(name).iter().collect();
        }
        shown.into_iter().map(|entry| self.link(entry, 0, None, map)).collect()
    }

    /// The navigation beside a chapter: the top of the handbook, open along the way to it.
    pub(super) fn navigation(&self, position: usize, map: Map<'_>) -> Vec<ChapterLink> {
        let Some(record) = map.log.record(position) else { return Vec::new() };
        let here = folder_of(record, map);
        let mut lines = Vec::new();
        let mut stack: Vec<(&Entry, usize)> = Vec::new();
        self.open("", 0, position, map, (&mut stack, &mut lines));
        while let Some((entry, depth)) = stack.pop() {
            lines.push(self.link(entry, depth, Some(position), map));
            if let Item::Folder(name) = &entry.item
                && is_within(&here, name)
            {
                self.open(name, depth + 1, position, map, (&mut stack, &mut lines));
            }
        }
        lines
    }

    /// Puts a folder's entries on the stack: in a long folder, those around the present one.
    fn open<'a>(
        &'a self,
        name: &str,
        depth: usize,
        position: usize,
        map: Map<'_>,
        (stack, lines): (&mut Vec<(&'a Entry, usize)>, &mut Vec<ChapterLink>),
    ) {
        let Some(folder) = self.folders.get(name) else { return };
        let here = map.log.record(position).map(|record| folder_of(record, map)).unwrap_or_default();
        let is_here = |entry: &Entry| match &entry.item {
            Item::Chapter(chapter) => *chapter == position,
            Item::Folder(inner) => is_within(&here, inner),
        };
        let at = folder.entries.iter().position(is_here).unwrap_or(0);
        let start = if folder.entries.len() > 2 * NEIGHBOURS { at.saturating_sub(NEIGHBOURS) } else { 0 };
        let shown = folder.entries.iter().skip(start).take(2 * NEIGHBOURS);
        if start > 0 {
            let label = format!("… {start} before");
            lines.push(ChapterLink { label, href: None, depth, current: false, summary: String::new() });
        }
        let entries: Vec<(&Entry, usize)> = shown.map(|entry| (entry, depth)).collect();
        stack.extend(entries.into_iter().rev());
    }

    fn link(&self, entry: &Entry, depth: usize, current: Option<usize>, map: Map<'_>) -> ChapterLink {
        let (position, name) = match &entry.item {
            Item::Chapter(position) => (Some(*position), ""),
            Item::Folder(name) => (self.folders.get(name).and_then(|folder| folder.index), name.as_str()),
        };
        let record = position.and_then(|position| map.log.record(position));
        ChapterLink {
            label: record.map_or_else(|| super::register::words(last_part(name)), |record| record.title.clone()),
            href: position.and_then(|position| map.addresses.href(position)).or_else(|| self.first_below(name, map)),
            depth,
            current: position.is_some() && position == current,
            summary: record.map(super::text::description).filter(|_| current.is_none()).unwrap_or_default(),
        }
    }

    /// The first chapter in a folder that has no page of its own.
    fn first_below(&self, name: &str, map: Map<'_>) -> Option<String> {
        let below = |position: &&usize| {
            map.log.record(**position).is_some_and(|record| is_within(&folder_of(record, map), name))
        };
        self.order.iter().find(below).and_then(|position| map.addresses.href(*position))
    }
}

/// A link to a chapter by its title.
pub(super) fn chapter_link(position: usize, map: Map<'_>) -> Option<LinkView> {
    let record = map.log.record(position)?;
    Some(LinkView { label: record.title.clone(), href: Some(map.addresses.href(position)?) })
}

fn folder_of(record: &Record, map: Map<'_>) -> String {
    below_content(record.path(), map.config).rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
}

fn is_within(folder: &str, outer: &str) -> bool {
    folder == outer || folder.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}

fn last_part(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

fn weight(record: &Record) -> i64 {
    record.front.weight.as_ref().map_or(0, |weight| weight.value)
}
