//! What may be written in a head: keys, and for each key the values that the log and the settings know.

use super::super::head::{Language, Part, Spot};
use super::super::keys::{Key, Shape, key};
use super::super::project::Scene;
use super::item::{Offer, fits};
use crate::date::Date;
use crate::record::{Daci, Record, RelationKind};
use crate::text::Spanned;
use crate::value::Data;
use ls_types::CompletionItemKind;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What may be written at a spot.
pub(super) fn offers(scene: Scene<'_>, spot: &Spot, today: Date) -> Vec<Offer> {
    let typed = spot.typed.of(scene.record.text());
    match &spot.part {
        Part::Table => tables(spot, typed),
        Part::Key => keys(scene, spot, typed),
        Part::Value { key, is_quoted } => {
            let mut offers = values(scene, spot, key, today);
            offers.retain(|offer| fits(typed, &[&offer.filter]));
            let is_bare = *is_quoted || spot.language == Language::Yaml;
            for offer in offers.iter_mut().filter(|offer| !is_bare && offer.kind != DATE) {
                offer.text = format!("\"{}\"", offer.text);
            }
            offers
        }
    }
}

/// How a date is shown; in TOML it stands without quotes.
const DATE: CompletionItemKind = CompletionItemKind::CONSTANT;

/// Tables by name, between brackets that are already open.
fn tables(spot: &Spot, typed: &str) -> Vec<Offer> {
    let top = key("").into_iter().flat_map(Key::names);
    let tables = top.filter(|(name, key)| matches!(key.shape(), Shape::Table | Shape::Tables) && fits(typed, &[name]));
    let offer = |(name, key): (&'static str, Key)| Offer {
        about: key.description().to_owned(),
        ..Offer::new(name, spot.typed, CompletionItemKind::STRUCT)
    };
    tables.map(offer).collect()
}

/// The keys of the table that are not there yet.
fn keys(scene: Scene<'_>, spot: &Spot, typed: &str) -> Vec<Offer> {
    let Some(table) = key(&spot.table) else { return Vec::new() };
    let is_top = spot.table.is_empty();
    let front = &scene.record.front;
    let is_there = |name: &str| {
        let holder = if is_top { Some(&front.table) } else { inner(front.get(&spot.table).map(|value| &value.data)) };
        holder.is_some_and(|table| table.get(name).is_some()) && typed != name
    };
    let asked = |name: &str| scene.record.kind.fields.iter().any(|field| field.name.split('.').next() == Some(name));
    let mut names: Vec<(&str, Key)> =
        table.names().filter(|(name, _)| !is_there(name) && fits(typed, &[name])).collect();
    // What the kind asks for comes first.
    names.sort_by_key(|(name, _)| !(is_top && asked(name)));
    let offer = |(name, key): (&str, Key)| {
        let text = match (spot.language, key.shape()) {
            (Language::Toml, Shape::Table) if is_top => format!("[{name}]\n"),
            (Language::Toml, Shape::Tables) if is_top => format!("[[{name}]]\n"),
            (Language::Toml, _) => format!("{name} = "),
            (Language::Yaml, Shape::One | Shape::List) => format!("{name}: "),
            (Language::Yaml, Shape::Table | Shape::Tables) => format!("{name}:\n"),
        };
        Offer {
            text,
            about: key.description().to_owned(),
            ..Offer::new(name, spot.typed, CompletionItemKind::PROPERTY)
        }
    };
    names.into_iter().map(offer).collect()
}

fn inner(data: Option<&Data>) -> Option<&crate::value::Table> {
    match data? {
        Data::Table(table) => Some(table),
        Data::Scalar(..) | Data::List(_) => None,
    }
}

/// What a key may hold.
fn values(scene: Scene<'_>, spot: &Spot, name: &str, today: Date) -> Vec<Offer> {
    let path = if spot.table.is_empty() { name.to_owned() } else { format!("{}.{name}", spot.table) };
    let is_relation = RelationKind::ALL.iter().any(|(_, key, ..)| *key == name);
    let known = key(&path);
    match path.as_str() {
        "status" | "history.status" => return statuses(scene, spot),
        "kind" => return kinds(scene, spot),
        "tags" => return counted(spot, tags(scene)),
        "sign-off.role" => return roles(scene, spot),
        "daci.driver"
        | "daci.approver"
        | "daci.contributors"
        | "daci.informed"
        | "consulted.who"
        | "sign-off.by"
        | "dissent.who"
        | "deprecation.owner"
        | "deprecation.consumers.owner" => return people(scene, spot),
        _ if is_relation => return records(scene, spot),
        _ => {}
    }
    let Some(known) = known else { return Vec::new() };
    if known.is_date() {
        return vec![Offer { detail: "today".to_owned(), ..Offer::new(today.to_string(), spot.typed, DATE) }];
    }
    known.values().map(|value| Offer::new(value, spot.typed, CompletionItemKind::ENUM_MEMBER)).collect()
}

/// The statuses of the kind: first those that the record may go to from where it stands.
fn statuses(scene: Scene<'_>, spot: &Spot) -> Vec<Offer> {
    let record = scene.record;
    let saved = record.status.as_deref();
    let is_next =
        |name: &str| saved.is_some_and(|saved| record.kind.lifecycle.next(saved).any(|status| status.name == name));
    let mut statuses: Vec<_> = record.kind.lifecycle.statuses.iter().collect();
    statuses.sort_by_key(|status| !is_next(&status.name));
    let offer = |status: &Arc<crate::config::Status>| Offer {
        detail: if is_next(&status.name) { "next".to_owned() } else { String::new() },
        about: status.meaning(),
        ..Offer::new(status.name.as_str(), spot.typed, CompletionItemKind::ENUM_MEMBER)
    };
    statuses.into_iter().map(offer).collect()
}

fn kinds(scene: Scene<'_>, spot: &Spot) -> Vec<Offer> {
    let offer = |kind: &Arc<crate::config::Kind>| Offer {
        detail: kind.label.clone(),
        about: kind.summary.clone(),
        ..Offer::new(kind.name.as_str(), spot.typed, CompletionItemKind::ENUM_MEMBER)
    };
    scene.snapshot.config.kinds.iter().map(offer).collect()
}

fn roles(scene: Scene<'_>, spot: &Spot) -> Vec<Offer> {
    let mut roles: Vec<&String> = scene.record.kind.sign_offs.iter().flat_map(|rule| &rule.roles).collect();
    roles.sort();
    roles.dedup();
    roles.into_iter().map(|role| Offer::new(role.as_str(), spot.typed, CompletionItemKind::ENUM_MEMBER)).collect()
}

/// The records that have an id, but for the one that is being written.
fn records(scene: Scene<'_>, spot: &Spot) -> Vec<Offer> {
    let others = (0..scene.snapshot.log.records().len()).filter(|position| *position != scene.position);
    others.filter_map(|position| Offer::record(scene, position, spot.typed)).collect()
}

/// The handles that the settings know; where they know none, those that the log names, the most frequent first.
fn people(scene: Scene<'_>, spot: &Spot) -> Vec<Offer> {
    let known = &scene.snapshot.config.policy.people;
    if known.is_empty() {
        return counted(spot, named_people(scene));
    }
    let offer = |(handle, person): (&String, &crate::config::Person)| {
        let facts = [&person.name, &person.role, &person.team].map(String::as_str);
        let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        let detail = facts.join(", ");
        Offer {
            filter: format!("{handle} {detail}"),
            detail,
            ..Offer::new(handle.as_str(), spot.typed, CompletionItemKind::VALUE)
        }
    };
    known.iter().filter(|(_, person)| person.active).map(offer).collect()
}

fn named_people(scene: Scene<'_>) -> BTreeMap<String, usize> {
    let of_daci = |daci: &Daci| -> Vec<String> {
        let lists = [&daci.approver, &daci.contributors, &daci.informed];
        daci.driver.iter().chain(lists.into_iter().flatten()).map(|handle| handle.value.clone()).collect()
    };
    let of_record = |record: &Arc<Record>| -> Vec<String> {
        let front = &record.front;
        let daci = front.daci.iter().flat_map(|daci| of_daci(&daci.value));
        let spoken_to = front.consulted.iter().filter_map(|row| row.value.who.as_ref());
        let signed = front.sign_offs.iter().filter_map(|row| row.value.by.as_ref());
        daci.chain(spoken_to.chain(signed).map(|handle| handle.value.clone())).collect()
    };
    count(scene.snapshot.log.records().iter().flat_map(of_record))
}

fn tags(scene: Scene<'_>) -> BTreeMap<String, usize> {
    let tags = scene.snapshot.log.records().iter().flat_map(|record| record.front.tags.iter());
    count(tags.map(|tag: &Spanned<String>| tag.value.clone()))
}

fn count(words: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    words.filter(|word| !word.is_empty()).for_each(|word| *counts.entry(word).or_insert(0) += 1);
    counts
}

/// Words by how often they are used.
fn counted(spot: &Spot, counts: BTreeMap<String, usize>) -> Vec<Offer> {
    let mut words: Vec<(String, usize)> = counts.into_iter().collect();
    words.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    words.into_iter().map(|(word, _)| Offer::new(word, spot.typed, CompletionItemKind::VALUE)).collect()
}
