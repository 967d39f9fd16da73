//! What of the site can be found: an entry of the index for each record, chapter and rule, and the page for searching.

use super::address::SEARCH;
use super::link::Map;
use super::person::owner;
use super::register::day;
use super::role::owners;
use super::route::{Route, encode_fragment};
use super::rule;
use super::text::description;
use super::view::{Frame, Head, Page, Section, StatusView};
use crate::check::{RULES, Rule};
use crate::markdown::passages;
use crate::record::{Door, Record};
use crate::search::{Entry, Passage, Standing};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What readers call a page of the rule catalogue.
const RULE: &str = "Rule";

/// Plans the page that searches.
pub(super) fn page(frame: &Frame<'_>) -> Page {
    let head = Head {
        title: "Search".to_owned(),
        description: "Find a decision, a chapter or a rule.".to_owned(),
        section: Section::Search,
    };
    frame.page(Route(SEARCH.to_owned()), "search.html", head, ())
}

/// What can be found: entries, and where the text of each is. Those of records come first.
pub struct Sought<'a> {
    /// An entry for each page that has a text.
    pub entries: Vec<Entry>,
    /// By entry: its text.
    texts: Vec<Of>,
    map: Map<'a>,
}

/// Whose text it is.
#[derive(Clone, Copy)]
enum Of {
    Record(usize),
    Rule(&'static Rule),
}

impl Sought<'_> {
    /// The words of an entry, section by section.
    pub fn passages(&self, entry: usize) -> Vec<Passage> {
        let read = |record: &Record| sections(record, passages(record.text(), record.body));
        match self.texts.get(entry) {
            Some(Of::Record(position)) => self.map.log.record(*position).map(read),
            Some(Of::Rule(rule)) => rule::record(rule, self.map).as_ref().map(read),
            None => None,
        }
        .unwrap_or_default()
    }

    /// The records that have an entry, by their positions, in the order of the entries.
    pub(super) fn records(&self) -> impl Iterator<Item = usize> {
        self.texts.iter().map_while(|text| match text {
            Of::Record(position) => Some(*position),
            Of::Rule(_) => None,
        })
    }
}

/// An entry for each page that has a text.
pub(super) fn sought(map: Map<'_>) -> Sought<'_> {
    let records = 0..map.log.records().len();
    let mut order: Vec<usize> = records.filter(|position| map.addresses.of(*position).is_some()).collect();
    order.sort_by(|one, other| in_order(*one, *other, map));
    let places: BTreeMap<usize, usize> = order.iter().enumerate().map(|(place, position)| (*position, place)).collect();
    let written = order.iter().filter_map(|position| {
        let (record, route) = (map.log.record(*position)?, map.addresses.of(*position)?);
        let successors = map.log.successors(*position);
        let mut entry = of_record(record, route, map);
        entry.successors = successors.iter().filter_map(|successor| places.get(successor)).copied().collect();
        entry.successors.sort_unstable();
        entry.successors.dedup();
        Some((entry, Of::Record(*position)))
    });
    let generated = RULES.iter().filter(|rule| map.addresses.generated_rules.contains(rule.name));
    let generated = generated.filter_map(|rule| Some((of_rule(rule, map)?, Of::Rule(rule))));
    let (entries, texts) = written.chain(generated).unzip();
    Sought { entries, texts, map }
}

/// Records as the settings order their kinds, then by id and path; rules come last.
fn in_order(one: usize, other: usize, map: Map<'_>) -> Ordering {
    let key = |position: usize| {
        let record = map.log.record(position)?;
        let kind = map.config.kinds.iter().position(|kind| kind.name == record.kind.name);
        let is_rule = map.addresses.of(position).and_then(|route| map.addresses.rule_at(route)).is_some();
        let id = record.id.as_ref().map(|id| &id.value);
        Some((is_rule && record.kind.is_chapter(), kind, id, record.path()))
    };
    key(one).cmp(&key(other))
}

fn of_record(record: &Record, route: &Route, map: Map<'_>) -> Entry {
    let front = &record.front;
    let id = record.id.as_ref().map(|id| &id.value);
    let stem = (!record.is_index()).then(|| record.path().stem().to_owned());
    let people = owners(record, map).into_iter().flat_map(|owners| owners.people);
    let entry = Entry {
        address: route.href(),
        id: id.map(ToString::to_string),
        number: id.filter(|id| id.addendum.is_none()).map(|id| id.number),
        names: front.aliases.iter().map(|alias| alias.value.clone()).chain(stem).collect(),
        title: record.title.clone(),
        summary: description(record),
        kind: record.kind.label.clone(),
        aside: false,
        status: StatusView::of(record).map(|status| Standing {
            decision: status.decision,
            delivery: status.delivery,
            label: status.meant(),
        }),
        door: front.door.as_ref().map(|of| door(of.value)),
        tags: front.tags.iter().map(|tag| tag.value.clone()).collect(),
        owner: owner(record, map.config),
        people: people.map(|person| person.name).collect(),
        created: day(front.created.as_ref()),
        successors: Vec::new(),
    };
    match map.addresses.rule_at(route).filter(|_| record.kind.is_chapter()) {
        Some((_, rule)) => Entry {
            title: rule.name.to_owned(),
            summary: rule.summary.to_owned(),
            kind: RULE.to_owned(),
            aside: true,
            status: None,
            ..entry
        },
        None => entry,
    }
}

/// The door as it stands in a list to choose from.
fn door(door: Door) -> &'static str {
    match door {
        Door::OneWay => "One-way",
        Door::TwoWay => "Two-way",
    }
}

/// The page of a rule that is not in the content folder.
fn of_rule(rule: &Rule, map: Map<'_>) -> Option<Entry> {
    let route = map.addresses.rules.get(rule.name)?;
    Some(Entry {
        address: route.href(),
        names: vec![rule.name.to_owned()],
        title: rule.name.to_owned(),
        summary: rule.summary.to_owned(),
        kind: RULE.to_owned(),
        aside: true,
        ..Entry::default()
    })
}

/// The words under each heading. The heading that says the title has no anchor on the page: what stands under it opens the text.
pub(super) fn sections(record: &Record, words: Vec<String>) -> Vec<Passage> {
    // It is found by what lists say of it.
    if record.outline.is_oversized() {
        return Vec::new();
    }
    let headings = record.outline.sections.iter().map(Some);
    let mut sections: Vec<Passage> = Vec::with_capacity(words.len());
    for (heading, mut text) in std::iter::once(None).chain(headings).zip(words) {
        text.truncate(text.trim_end().len());
        match heading.filter(|heading| record.title_heading != Some(heading.heading)) {
            Some(heading) => {
                sections.push(Passage { anchor: encode_fragment(&heading.anchor), title: heading.title.clone(), text })
            }
            None => sections.push(Passage { text, ..Passage::default() }),
        }
    }
    sections.retain(|section| !section.title.is_empty() || !section.text.is_empty());
    sections
}
