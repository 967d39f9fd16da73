//! What results can be narrowed down by: kind, status, door, tag, owner, year.

use super::code::{digit, push_number};
use super::entry::Entry;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// One facet of all entries.
#[derive(Debug, Serialize)]
pub(super) struct Facet {
    name: &'static str,
    label: &'static str,
    /// What it can be, in the order in which it is offered.
    values: Vec<String>,
    /// For each entry the place of its value plus one, and 0 for none, in `width` characters; empty when entries have several.
    #[serde(skip_serializing_if = "String::is_empty")]
    column: String,
    width: usize,
    /// For each value its entries, as distances.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lists: Vec<String>,
}

/// All facets that at least one entry has a value of.
pub(super) fn facets(entries: &[Entry]) -> Vec<Facet> {
    let year = |entry: &Entry| entry.created.as_ref().and_then(|day| day.split('-').next()).map(str::to_owned);
    let mut kinds: Vec<String> = entries.iter().map(|entry| entry.kind.clone()).collect();
    kinds.dedup();
    let place = |kind: &String| kinds.iter().position(|known| known == kind);
    let facets = [
        column(("kind", "Kind"), entries, |entry| Some(entry.kind.clone()), |one, other| place(one).cmp(&place(other))),
        column(("status", "Status"), entries, |entry| entry.status.as_ref().map(|status| status.label.clone()), by_name),
        column(("door", "Door"), entries, |entry| entry.door.map(str::to_owned), by_name),
        tags(entries),
        column(("owner", "Owner"), entries, |entry| entry.owner.clone(), by_name),
        column(("year", "Year"), entries, year, |one, other| other.cmp(one)),
    ];
    facets.into_iter().filter(|facet| !facet.values.is_empty()).collect()
}

/// Which entries others have taken the place of: the distance from the last such entry, and the successor.
pub(super) fn successors(entries: &[Entry]) -> String {
    let mut text = String::new();
    let mut last = 0;
    for (entry, number) in entries.iter().zip(0u32..) {
        for successor in &entry.successors {
            push_number(number - last, &mut text);
            push_number(u32::try_from(*successor).unwrap_or(u32::MAX), &mut text);
            last = number;
        }
    }
    text
}

/// A facet of which an entry has one value or none.
fn column(
    (name, label): (&'static str, &'static str),
    entries: &[Entry],
    value: impl Fn(&Entry) -> Option<String>,
    order: impl Fn(&String, &String) -> Ordering,
) -> Facet {
    let own: Vec<Option<String>> = entries.iter().map(value).collect();
    let known: BTreeSet<&String> = own.iter().flatten().filter(|value| !value.is_empty()).collect();
    let mut values: Vec<String> = known.into_iter().cloned().collect();
    values.sort_by(order);
    let width = match values.len() {
        ..64 => 1,
        64..4096 => 2,
        _ => 4,
    };
    let places: BTreeMap<&str, u32> = values.iter().map(String::as_str).zip(1..).collect();
    let place = |value: &Option<String>| value.as_deref().and_then(|value| places.get(value)).copied().unwrap_or(0);
    let column = own.iter().flat_map(|value| (0..width).map(move |at| digit(place(value) >> (6 * at)))).collect();
    Facet { name, label, values, column, width, lists: Vec::new() }
}

/// Tags, of which an entry may have several; spellings that differ in case are one.
fn tags(entries: &[Entry]) -> Facet {
    let mut tags: BTreeMap<String, (&String, String, u32)> = BTreeMap::new();
    for (entry, number) in entries.iter().zip(0u32..) {
        let own: BTreeMap<String, &String> = entry.tags.iter().map(|tag| (tag.to_lowercase(), tag)).collect();
        for (key, tag) in own.into_iter().filter(|(key, _)| !key.is_empty()) {
            let (_, list, last) = tags.entry(key).or_insert_with(|| (tag, String::new(), 0));
            push_number(number - *last, list);
            *last = number;
        }
    }
    let (values, lists) = tags.into_values().map(|(tag, list, _)| (tag.clone(), list)).unzip();
    Facet { name: "tag", label: "Tag", values, column: String::new(), width: 0, lists }
}

fn by_name(one: &String, other: &String) -> Ordering {
    one.to_lowercase().cmp(&other.to_lowercase()).then_with(|| one.cmp(other))
}
