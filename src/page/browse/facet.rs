//! What the records of the log can be told apart by: kind, status, door, owner, tag and year.

use super::people::People;
use crate::config::Config;
use crate::log::DecisionLog;
use crate::page::route::Route;
use crate::page::slugs::Slugs;
use crate::record::{Door, Record};
use crate::text::capitalised;
use std::collections::BTreeMap;

/// One thing that records are told apart by.
#[derive(Debug, Default)]
pub(in crate::page) struct Facet {
    /// Its name in addresses: `status`.
    pub(in crate::page) name: &'static str,
    /// For readers: `Status`.
    pub(in crate::page) label: &'static str,
    /// What a record may be, in the order in which readers look for it.
    pub(in crate::page) values: Vec<FacetValue>,
    /// By record: the places of its values; chapters have none.
    members: Vec<Vec<usize>>,
}

/// One of the values of a facet, and the page of its records.
#[derive(Debug)]
pub(in crate::page) struct FacetValue {
    /// Its name in addresses: unlike those of the others, and of plain letters.
    pub(in crate::page) slug: String,
    /// For readers.
    pub(in crate::page) label: String,
    /// The page of its records.
    pub(in crate::page) route: Route,
    /// The shape that shows it, for a status.
    pub(in crate::page) decision: Option<&'static str>,
    /// How many records have it.
    pub(in crate::page) count: usize,
    /// Whether it says that there is nothing: no status, no date.
    pub(in crate::page) is_none: bool,
}

/// All facets.
#[derive(Debug, Default)]
pub(in crate::page) struct Facets {
    /// By kind; its pages are those of the kinds.
    pub(in crate::page) kind: Facet,
    /// By status, of whichever kind.
    pub(in crate::page) status: Facet,
    /// By door.
    pub(in crate::page) door: Facet,
    /// By owner: whom to ask. Its pages are those of the people.
    pub(in crate::page) owner: Facet,
    /// By tag.
    pub(in crate::page) tag: Facet,
    /// By the year in which the record was first written.
    pub(in crate::page) year: Facet,
}

/// Words for a status that stand beside each other, at most.
const WORDS: usize = 4;

/// What a record is, before it has an address.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    /// Its place in the order; marks of the same rank follow their keys.
    rank: usize,
    key: String,
}

/// How a mark is shown.
#[derive(PartialEq, Eq)]
struct Look {
    label: String,
    decision: Option<&'static str>,
    /// The record's own word for it, where it has one.
    word: Option<String>,
}

impl Look {
    fn of(label: String) -> Look {
        Look { label, decision: None, word: None }
    }
}

impl Facets {
    /// Tells the records of the log apart.
    pub(in crate::page) fn of(log: &DecisionLog, config: &Config) -> (People, Facets) {
        let (people, mut facets) = rayon::join(|| People::of(log, config), || Facets::without_owners(log, config));
        facets.owner = owner(log, &people);
        (people, facets)
    }

    fn without_owners(log: &DecisionLog, config: &Config) -> Facets {
        let seed = config.kinds.iter().enumerate().filter(|(_, kind)| !kind.is_chapter());
        let kinds = seed.map(|(rank, kind)| (Mark { rank, key: kind.name.clone() }, Look::of(kind.plural.clone())));
        let ranks: BTreeMap<&str, usize> =
            config.kinds.iter().enumerate().map(|(at, kind)| (kind.name.as_str(), at)).collect();
        let rank_of = |record: &Record| ranks.get(record.kind.name.as_str()).copied().unwrap_or(usize::MAX);
        let kind = |record: &Record| {
            let mark = Mark { rank: rank_of(record), key: record.kind.name.clone() };
            vec![(mark, Look::of(record.kind.plural.clone()))]
        };
        let order = status_order(config);
        let kinds = kinds.collect();
        let tag = || Facet::new(("tag", "Tag", "tag"), tags_of_chapters(log), log, tags);
        let kind = || Facet::new(("kind", "Kind", "kind"), kinds, log, kind);
        let status =
            || Facet::new(("status", "Status", "log/status"), Vec::new(), log, |record| vec![status(record, &order)]);
        let door = || Facet::new(("door", "Door", "log/door"), Vec::new(), log, |record| vec![door(record)]);
        let year = || Facet::new(("year", "Year", "log/year"), Vec::new(), log, |record| vec![year(record)]);
        let ((tag, kind), (status, (door, year))) =
            rayon::join(|| rayon::join(tag, kind), || rayon::join(status, || rayon::join(door, year)));
        Facets { kind, status, door, tag, year, owner: Facet::default() }
    }

    /// All of them, in the order in which readers find them.
    pub(in crate::page) fn all(&self) -> [&Facet; 6] {
        [&self.kind, &self.status, &self.door, &self.owner, &self.tag, &self.year]
    }
}

impl Facet {
    fn new(
        (name, label, folder): (&'static str, &'static str, &str),
        seed: Vec<(Mark, Look)>,
        log: &DecisionLog,
        marks: impl Fn(&Record) -> Vec<(Mark, Look)>,
    ) -> Facet {
        let mut looks: BTreeMap<Mark, Look> = seed.into_iter().collect();
        let mut words: BTreeMap<Mark, Vec<String>> = BTreeMap::new();
        let mut of_record: Vec<Vec<Mark>> = Vec::with_capacity(log.records().len());
        for record in log.records() {
            let found = if record.kind.is_chapter() { Vec::new() } else { marks(record) };
            let mut ours: Vec<Mark> = Vec::with_capacity(found.len());
            for (mark, mut look) in found {
                if let Some(word) = look.word.take() {
                    words.entry(mark.clone()).or_default().push(word);
                }
                looks.entry(mark.clone()).or_insert(look);
                if !ours.contains(&mark) {
                    ours.push(mark);
                }
            }
            of_record.push(ours);
        }
        let mut slugs = Slugs::default();
        let mut places: BTreeMap<Mark, usize> = BTreeMap::new();
        let mut values = Vec::with_capacity(looks.len());
        for (at, (mark, look)) in looks.into_iter().enumerate() {
            let is_none = mark.key.is_empty();
            let slug = slugs.unique(if is_none { "none" } else { &mark.key });
            let route = Route(format!("{folder}/{slug}.html"));
            let label = called(&look.label, words.remove(&mark).unwrap_or_default());
            values.push(FacetValue { slug, label, route, decision: look.decision, count: 0, is_none });
            places.insert(mark, at);
        }
        let place = |mark: &Mark| places.get(mark).copied();
        let members = of_record.iter().map(|marks| marks.iter().filter_map(place).collect()).collect();
        Facet { name, label, values, members }.counted()
    }

    /// The places of a record's values.
    pub(in crate::page) fn of(&self, record: usize) -> &[usize] {
        self.members.get(record).map_or(&[], Vec::as_slice)
    }

    /// By value: its records, out of `positions` and in their order.
    pub(in crate::page) fn lists(&self, positions: &[usize]) -> Vec<Vec<usize>> {
        let mut lists = vec![Vec::new(); self.values.len()];
        for position in positions {
            for value in self.of(*position) {
                if let Some(list) = lists.get_mut(*value) {
                    list.push(*position);
                }
            }
        }
        lists
    }

    fn counted(mut self) -> Facet {
        for value in self.members.iter().flatten() {
            if let Some(value) = self.values.get_mut(*value) {
                value.count += 1;
            }
        }
        self
    }
}

/// What a status is called where records say other words for it too: `Accepted, Active or Living`.
pub(in crate::page) fn called(label: &str, words: impl IntoIterator<Item = String>) -> String {
    let words: BTreeMap<String, String> =
        words.into_iter().map(|word| (word.to_lowercase(), capitalised(&word))).collect();
    let mut names = vec![label.to_owned()];
    names.extend(words.into_values());
    let Some(last) = names.pop().filter(|_| !names.is_empty()) else { return label.to_owned() };
    if names.len() >= WORDS {
        return format!("{} or another word", names.get(..WORDS).unwrap_or(&names).join(", "));
    }
    format!("{} or {last}", names.join(", "))
}

/// Whether two versions of a record are told apart from others by the same things; whom it names is not asked.
pub(in crate::page) fn has_marks_of(one: &Record, other: &Record) -> bool {
    let order = BTreeMap::new();
    let marks = |record: &Record| -> Vec<(Mark, Look)> {
        [status(record, &order), door(record), year(record)].into_iter().chain(tags(record)).collect()
    };
    one.kind.name == other.kind.name && marks(one) == marks(other)
}

/// By status name: its place among all statuses of all kinds, those that lead off the path after those on it.
fn status_order(config: &Config) -> BTreeMap<String, usize> {
    let mut order = BTreeMap::new();
    let statuses = || config.kinds.iter().flat_map(|kind| &kind.lifecycle.statuses);
    let (on, off) =
        (statuses().filter(|status| status.step.is_some()), statuses().filter(|status| status.step.is_none()));
    for status in on.chain(off) {
        let next = order.len();
        order.entry(status.name.to_lowercase()).or_insert(next);
    }
    order
}

fn status(record: &Record, order: &BTreeMap<String, usize>) -> (Mark, Look) {
    match (&record.status, &record.raw_status) {
        (Some(status), _) => {
            let key = status.name.to_lowercase();
            let rank = order.get(&key).copied().unwrap_or(usize::MAX - 2);
            let word = record.own_status_word().map(str::to_owned);
            (Mark { rank, key }, Look { label: status.label.clone(), decision: Some(status.decision.name()), word })
        }
        (None, Some(raw)) if !raw.value.trim().is_empty() => {
            let mark = Mark { rank: usize::MAX - 1, key: raw.value.trim().to_lowercase() };
            (mark, Look { decision: Some("unknown"), ..Look::of(raw.value.trim().to_owned()) })
        }
        (None, _) => nothing("No status"),
    }
}

fn door(record: &Record) -> (Mark, Look) {
    let (rank, key, label) = match record.front.door.as_ref().map(|door| door.value) {
        Some(Door::OneWay) => (0, "one-way", "One-way door"),
        Some(Door::TwoWay) => (1, "two-way", "Two-way door"),
        None => return nothing("Not classified"),
    };
    (Mark { rank, key: key.to_owned() }, Look::of(label.to_owned()))
}

/// The newest year first.
fn year(record: &Record) -> (Mark, Look) {
    let Some(created) = &record.front.created else { return nothing("No date") };
    let year = created.value.year();
    let rank = usize::try_from(10_000 - i32::from(year)).unwrap_or(0);
    (Mark { rank, key: year.to_string() }, Look::of(year.to_string()))
}

fn tags(record: &Record) -> Vec<(Mark, Look)> {
    let written = record.front.tags.iter().filter(|tag| !tag.value.trim().is_empty());
    written.map(|tag| tag_mark(&tag.value)).collect()
}

fn tag_mark(tag: &str) -> (Mark, Look) {
    (Mark { rank: 0, key: tag.to_lowercase() }, Look::of(tag.to_owned()))
}

/// Chapters link their tags too.
fn tags_of_chapters(log: &DecisionLog) -> Vec<(Mark, Look)> {
    // The first record in the order of the paths says how a tag is written.
    log.records().iter().rev().flat_map(|record| tags(record).into_iter().rev()).collect()
}

/// The facet of owners: everyone who is named, and nobody.
fn owner(log: &DecisionLog, people: &People) -> Facet {
    let value = |owner: &super::people::Owner| FacetValue {
        slug: owner.slug.clone(),
        label: owner.person.name.clone(),
        route: owner.route.clone(),
        decision: None,
        count: 0,
        is_none: false,
    };
    let mut values: Vec<FacetValue> = people.owners.iter().map(value).collect();
    let nobody = values.len();
    let slug = std::iter::once("none".to_owned()).chain((2..).map(|number| format!("none-{number}")));
    let slug = slug.into_iter().find(|slug| people.owners.iter().all(|owner| owner.slug != *slug)).unwrap_or_default();
    let route = Route(format!("log/owner/{slug}.html"));
    let none = FacetValue { slug, label: "No owner".to_owned(), route, decision: None, count: 0, is_none: true };
    values.push(none);
    let member = |record: &std::sync::Arc<Record>| match record.kind.is_chapter() {
        true => Vec::new(),
        false => vec![people.primary(record).unwrap_or(nobody)],
    };
    Facet { name: "owner", label: "Owner", values, members: log.records().iter().map(member).collect() }.counted()
}

fn nothing(label: &str) -> (Mark, Look) {
    (Mark { rank: usize::MAX, key: String::new() }, Look::of(label.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_called_by_the_words_that_records_say() {
        let named = |words: &[&str]| called("Accepted", words.iter().map(|word| (*word).to_owned()));
        assert_eq!(named(&[]), "Accepted");
        assert_eq!(named(&["active", "Active"]), "Accepted or Active");
        assert_eq!(named(&["living", "active", "final"]), "Accepted, Active, Final or Living");
        assert_eq!(named(&["a", "b", "c", "d", "e"]), "Accepted, A, B, C or another word");
    }
}
