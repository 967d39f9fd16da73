//! What the records of a log call their sections.

use crate::config::{Kind, SectionRule};
use crate::record::{Headings, Record};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

/// So many records of a kind show what its sections are called: the last by their paths, which mostly are the newest.
const MOST: usize = 300;

/// So many records tell what a log does not ask for.
const ENOUGH: usize = 8;

/// A section that fewer than one in so many records have is none of the log's own.
const RARE: usize = 10;

/// What a log calls a section of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    /// The commonest heading, where it is commoner than the section's own name.
    pub name: Option<String>,
    /// The commonest heading of each folder in which it is common at all.
    in_folders: BTreeMap<String, String>,
    /// Whether more than half of the kind's records have the section, under any of its names.
    pub is_usual: bool,
    /// Whether hardly any has it, of records that are enough to tell.
    pub is_strange: bool,
}

impl Called {
    /// What the section is called in the folder of a record, else in the log; `None` where no name is commoner than its own.
    pub fn name_for(&self, record: &Record) -> Option<&str> {
        self.in_folders.get(record.path().record_folder()).or(self.name.as_ref()).map(String::as_str)
    }
}

/// What a log calls the sections of its kinds, by the names of both; worked out when somebody first asks.
#[derive(Debug, Default)]
pub(super) struct Calls(OnceLock<HashMap<String, HashMap<String, Called>>>);

impl Calls {
    /// What a section of a kind is called in some records.
    pub(super) fn of(&self, records: &[Arc<Record>], kind: &Kind, section: &SectionRule) -> Option<&Called> {
        let calls = self.0.get_or_init(|| all(records));
        calls.get(&kind.name)?.get(&section.name)
    }
}

fn all(records: &[Arc<Record>]) -> HashMap<String, HashMap<String, Called>> {
    let mut of_kinds: HashMap<&str, Vec<&Record>> = HashMap::new();
    for record in records.iter().rev() {
        let of_kind = of_kinds.entry(&record.kind.name).or_default();
        if of_kind.len() < MOST {
            of_kind.push(record);
        }
    }
    let of_kind = |records: Vec<&Record>| {
        let kind = records.first().map(|record| Arc::clone(&record.kind)).unwrap_or_default();
        let headings: Vec<(&str, Headings<'_>)> =
            records.into_iter().map(|record| (record.path().record_folder(), Headings::of(record))).collect();
        let called = |section: &SectionRule| (section.name.clone(), called(&headings, &kind, section));
        (kind.name.clone(), kind.sections.iter().map(called).collect())
    };
    of_kinds.into_values().map(of_kind).collect()
}

fn called(records: &[(&str, Headings<'_>)], kind: &Kind, section: &SectionRule) -> Called {
    // What is another section's own name would be taken for that one.
    let is_free =
        |name: &str| name == section.name || !kind.sections.iter().any(|other| other.name.eq_ignore_ascii_case(name));
    let (mut names, mut having) = (Names::default(), 0);
    let mut of_folders: BTreeMap<&str, Names<'_>> = BTreeMap::new();
    for (folder, headings) in records {
        having += usize::from(!headings.named(section).is_empty());
        if let Some(name) = headings.name_of(section).filter(|name| is_free(name)) {
            *names.entry(name).or_default() += 1;
            *of_folders.entry(folder).or_default().entry(name).or_default() += 1;
        }
    }
    let name = commonest(&names, &section.name).filter(|name| *name != section.name).map(str::to_owned);
    let of_folder =
        |(folder, names): (&str, Names<'_>)| Some((folder.to_owned(), commonest(&names, &section.name)?.to_owned()));
    let in_folders = of_folders.into_iter().filter_map(of_folder).collect();
    let is_strange = records.len() >= ENOUGH && having * RARE < records.len();
    Called { name, in_folders, is_usual: having * 2 > records.len(), is_strange }
}

/// How often a section has each of its names.
type Names<'a> = BTreeMap<&'a str, usize>;

/// The name that is used more than once and the most; `own` where none is used more.
fn commonest<'a>(names: &Names<'a>, own: &str) -> Option<&'a str> {
    let (name, _) =
        names.iter().filter(|(_, times)| **times > 1).max_by_key(|(name, times)| (**times, **name == own))?;
    Some(name)
}
