//! What results can be narrowed down by: kind, status, door, tag, owner, year.

use super::code::push_number;
use super::entry::Entry;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// One facet of all entries.
#[derive(Debug, Serialize)]
pub(super) struct Facet {
    name: &'static str,
    label: &'static str,
    /// What it can be, in the order in which it is offered.
    values: Vec<String>,
    /// For each value its entries, each as the distance from the one before.
    lists: Vec<String>,
}

/// The facets with few values, and those with many, of which at least one entry has a value.
pub(super) fn facets(entries: &[Entry]) -> (Vec<Facet>, Vec<Facet>) {
    let mut kinds: Vec<&str> = entries.iter().map(|entry| entry.kind.as_str()).collect();
    kinds.dedup();
    let place = |kind: &str| kinds.iter().position(|known| *known == kind);
    let narrow = [
        facet(("kind", "Kind"), entries, |entry| vec![&entry.kind], |one, other| place(one).cmp(&place(other))),
        facet(
            ("status", "Status"),
            entries,
            |entry| entry.status.iter().map(|status| status.label.as_str()).collect(),
            by_name,
        ),
        facet(("door", "Door"), entries, |entry| entry.door.into_iter().collect(), by_name),
        facet(("year", "Year"), entries, |entry| year(entry).into_iter().collect(), |one, other| other.cmp(one)),
    ];
    let wide = [
        facet(("tag", "Tag"), entries, |entry| entry.tags.iter().map(String::as_str).collect(), by_name),
        facet(("owner", "Owner"), entries, |entry| entry.owner.as_deref().into_iter().collect(), by_name),
    ];
    let some = |facets: Vec<Facet>| facets.into_iter().filter(|facet| !facet.values.is_empty()).collect();
    (some(narrow.into()), some(wide.into()))
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

/// The entries of each value; spellings that differ in case are one value.
fn facet<'a>(
    (name, label): (&'static str, &'static str),
    entries: &'a [Entry],
    values_of: impl Fn(&'a Entry) -> Vec<&'a str>,
    order: impl Fn(&str, &str) -> Ordering,
) -> Facet {
    let mut found: BTreeMap<String, (&str, String, u32)> = BTreeMap::new();
    for (entry, number) in entries.iter().zip(0u32..) {
        let own: BTreeMap<String, &str> =
            values_of(entry).into_iter().map(|value| (value.to_lowercase(), value)).collect();
        for (key, value) in own.into_iter().filter(|(key, _)| !key.is_empty()) {
            let (_, list, last) = found.entry(key).or_insert_with(|| (value, String::new(), 0));
            push_number(number - *last, list);
            *last = number;
        }
    }
    let mut found: Vec<(&str, String, u32)> = found.into_values().collect();
    found.sort_by(|one, other| order(one.0, other.0));
    let (values, lists) = found.into_iter().map(|(value, list, _)| (value.to_owned(), list)).unzip();
    Facet { name, label, values, lists }
}

fn year(entry: &Entry) -> Option<&str> {
    entry.created.as_deref()?.split('-').next()
}

fn by_name(one: &str, other: &str) -> Ordering {
    one.to_lowercase().cmp(&other.to_lowercase()).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_entries() {
        let entry = |kind: &str, tags: &[&str], created: &str| Entry {
            kind: kind.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            created: Some(created.to_owned()),
            ..Entry::default()
        };
        let entries = [
            entry("RFC", &["b", "A"], "2024-05-01"),
            entry("ADR", &[], "2026-01-01"),
            entry("ADR", &["a", "a"], "2024-02-02"),
        ];
        let (narrow, wide) = facets(&entries);
        let facets: Vec<(&str, Vec<String>, Vec<String>)> =
            narrow.into_iter().chain(wide).map(|facet| (facet.name, facet.values, facet.lists)).collect();
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            facets,
            [
                ("kind", texts(&["RFC", "ADR"]), texts(&["0", "11"])),
                ("year", texts(&["2026", "2024"]), texts(&["1", "02"])),
                ("tag", texts(&["A", "b"]), texts(&["02", "0"])),
            ]
        );
    }
}
