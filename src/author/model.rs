//! The record that a new one is written after, in a log that has a form of its own.

use super::series::{Age, Series, age};
use crate::record::{Format, Holder, Key, Record};
use crate::source::Source;
use crate::text::{Span, kebab_case};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A key is odd that fewer than one in so many records have.
const ODD: usize = 4;

/// How many of the newest records are looked at for what they have in common.
const RECENT: usize = 200;

/// What a new record is written after.
pub(super) struct Model {
    /// A record.
    pub(super) record: Record,
    /// The keys of its head that hardly any other has, such as misspelt ones.
    pub(super) odd: BTreeSet<String>,
}

/// The record to write after: of the form that most records of the series have, where that is another than this tool's and can be
/// written into one file; of those the newest that has the keys that most have, and no other.
pub(super) fn model(series: &Series<'_>) -> Option<Model> {
    let mut of_form: BTreeMap<Format, usize> = BTreeMap::new();
    series.records().for_each(|record| *of_form.entry(record.format).or_default() += 1);
    let newest_form = series.newest()?.format;
    let (form, _) = of_form.into_iter().max_by_key(|(form, count)| (*count, *form == newest_form))?;
    if form.is_native() {
        return None;
    }
    // Of the ways in which records of this form are written, the most common one.
    let is_whole = |record: &&Record| record.format == form && record.source.beside.is_none();
    let mut of_way: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
    series.records().filter(is_whole).for_each(|record| of_way.entry(way(record)).or_default().push(record));
    let mut alike = of_way.into_values().max_by(|one, other| rank(one).cmp(&rank(other)))?;
    alike.sort_by_key(|record| Reverse(age(record)));
    alike.truncate(RECENT);
    // What was laid aside is taken up with all its places.
    let whole = |record: &&Record| {
        let record = Record::parse(&Source::new(record.path().clone(), record.text()), series.config).0;
        (keys(&record), record)
    };
    let alike: Vec<(BTreeSet<String>, Record)> = alike.iter().map(whole).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    alike.iter().flat_map(|(keys, _)| keys).for_each(|key| *counts.entry(key).or_default() += 1);
    let is_usual = |count: usize| count * 2 >= alike.len();
    let is_odd = |count: usize| count * ODD < alike.len();
    let astray = |keys: &BTreeSet<String>, record: &Record| {
        let is_told = |heading: Span| heading.of(record.text()).contains(record.title.as_str());
        let wrong =
            |(key, count): &(&&str, &usize)| if keys.contains(**key) { is_odd(**count) } else { is_usual(**count) };
        counts.iter().filter(wrong).count() + usize::from(!record.title_heading.is_none_or(is_told))
    };
    let odd = counts.iter().filter(|(_, count)| is_odd(**count)).map(|(key, _)| (*key).to_owned()).collect();
    // The first of those that are as good is the newest.
    let (_, record) = alike.iter().min_by_key(|(keys, record)| astray(keys, record))?;
    Some(Model { record: record.clone(), odd })
}

/// How common a way is, and how new.
fn rank<'a>(records: &[&'a Record]) -> (usize, Option<Age<'a>>) {
    (records.len(), records.iter().copied().map(age).max())
}

/// The keys of a head that a new record fills in or leaves to be filled in, as they are compared: of a front matter or a table.
fn keys(record: &Record) -> BTreeSet<String> {
    let text = record.text();
    let is_table = record.fields().iter().any(|field| field.holder == Holder::Row);
    let above = record.outline.sections.iter().find(|section| Some(section.heading) != record.title_heading);
    let above = text.get(..above.map_or(text.len(), |section| section.heading.range().start)).unwrap_or("");
    let rows = above.lines().filter(|_| is_table).filter_map(|line| line.strip_prefix('|')?.split('|').next());
    let entries = record.front.table.entries.iter().map(|entry| entry.key.value.as_str());
    entries
        .chain(rows)
        .filter(|name| Key::named(name).is_none_or(is_of_new))
        .map(|name| kebab_case(name.trim()))
        .filter(|name| name.contains(char::is_alphanumeric))
        .collect()
}

/// Whether a new record says something under a key, or leaves room for it.
fn is_of_new(key: Key) -> bool {
    matches!(key, Key::Status | Key::Title | Key::Number | Key::Created | Key::Authors | Key::Deciders)
        || is_left_open(key)
}

/// Whether a key is left to be filled in.
pub(super) fn is_left_open(key: Key) -> bool {
    matches!(key, Key::Summary | Key::Tracking)
}

/// What a record says of itself, and in what that stands; relations and changes aside, which come later.
fn way(record: &Record) -> String {
    let fields = record.fields().iter().filter(|field| !matches!(field.key, Key::Relation(_) | Key::Updated));
    let holder = |holder: &Holder| match holder {
        Holder::Section(_) => "section".to_owned(),
        Holder::Meta(_) => "meta".to_owned(),
        other => format!("{other:?}"),
    };
    fields.map(|field| format!("{:?} {}, ", field.key, holder(&field.holder))).collect()
}
