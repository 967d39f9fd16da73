//! Sections that go by none of their names, and are there all the same.

use crate::config::{SectionRule, section_key};
use crate::record::Record;
use crate::text::lines;

/// Words that open the headings of alternatives, of which there are several.
const OPTIONS: &[&str] = &["option", "alternative", "approach"];

/// Words that open a heading of what speaks for a decision, and of what speaks against it.
const FOR: &[&str] = &["advantages", "benefits", "pros", "upsides"];
const AGAINST: &[&str] = &["cons", "costs", "disadvantages", "downsides", "drawbacks", "risks"];

/// How a sentence opens by which a text without a decision of its own decides, in lower case.
const DECIDES: &[&str] =
    &["this adr proposes", "this record proposes", "this document proposes", "we decided to", "we have decided to"];

/// How prose speaks of what was not chosen, in lower case.
const WEIGHS: &[&str] = &[
    "an alternative approach",
    "another alternative",
    "the other alternative",
    "as an alternative",
    "we also considered",
    "options we considered",
];

/// Sections that have several ways to be told, by their [`section_key`].
const ALTERNATIVES: &str = "alternative";
const CONSEQUENCES: &str = "consequence";
const DECISION: &str = "decision";

/// What a record tells outside the names of its sections, found once and asked for each section that goes by none of its names.
pub(super) struct Told<'a> {
    record: &'a Record,
    /// The [`section_key`]s of labels in bold that open a line.
    labels: Vec<String>,
    /// The words before a colon that ends a line, in lower case: what the list below it holds.
    leads: Vec<String>,
    /// The words of headings, save the one that says the title.
    words: Vec<String>,
}

impl<'a> Told<'a> {
    /// What a record tells.
    pub(super) fn of(record: &'a Record) -> Told<'a> {
        let (mut labels, mut leads) = (Vec::new(), Vec::new());
        for line in lines(prose(record)).map(str::trim) {
            labels.extend(label(line).map(section_key));
            leads.extend(line.strip_suffix(':').and_then(last_word).filter(|word| word.ends_with('s')));
        }
        let sections = record.outline.sections.iter();
        let headings = sections.filter(|section| section.level > 1 || record.title_heading.is_none());
        let words = headings.flat_map(|section| words(&section.title)).collect();
        Told { record, labels, leads, words }
    }

    /// Whether it tells what a section is for under another heading: by a word of it, by several parts, or in a sentence.
    pub(super) fn is_told(&self, rule: &SectionRule) -> bool {
        let has = |told: &[String], known: &[String]| known.iter().any(|known| told.contains(known));
        let is_for = |key: &str| rule.keys.iter().any(|known| known == key);
        has(&self.words, &rule.words)
            || has(&self.leads, &rule.words)
            || has(&self.labels, &rule.keys)
            || (is_for(ALTERNATIVES) && (self.has_options() || self.weighs()))
            || (is_for(CONSEQUENCES) && self.opens_with(FOR) && self.opens_with(AGAINST))
            || (is_for(DECISION) && lines(prose(self.record)).any(decides))
    }

    /// Whether several headings are options, one each.
    fn has_options(&self) -> bool {
        self.record.outline.sections.iter().filter(|section| is_option(&section.title)).count() > 1
    }

    /// Whether prose speaks of what was not chosen. Only a text of another process may say it so.
    fn weighs(&self) -> bool {
        if self.record.format.is_native() {
            return false;
        }
        let text = prose(self.record).to_lowercase();
        WEIGHS.iter().any(|phrase| text.contains(phrase)) || lines(&text).any(counts_options)
    }

    /// Whether a heading opens with one of some words.
    fn opens_with(&self, known: &[&str]) -> bool {
        let mut first = self.record.outline.sections.iter().filter_map(|section| words(&section.title).next());
        first.any(|word| known.contains(&word.as_str()))
    }
}

/// The text of a record, without its head.
fn prose(record: &Record) -> &str {
    record.text().get(record.body..).unwrap_or("")
}

/// Whether a line opens with a sentence that decides.
fn decides(line: &str) -> bool {
    let line = line.trim_start();
    DECIDES.iter().any(|opening| line.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening)))
}

/// A label in bold that opens a line: `**Positive consequences**`, `* **Decision:** a queue`.
fn label(line: &str) -> Option<&str> {
    const MARKS: [char; 5] = ['-', '*', '+', ' ', '>'];
    if !line.starts_with(MARKS) {
        return None;
    }
    let bold = line.trim_start_matches(MARKS);
    let (label, rest) = line.get(..line.len() - bold.len())?.ends_with("**").then(|| bold.split_once("**"))??;
    (label.ends_with(':') || rest.trim().is_empty() || rest.starts_with(':')).then_some(label)
}

/// The last word of a line, in lower case.
fn last_word(line: &str) -> Option<String> {
    line.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether a file only leads to the parts of a record, which say the rest: a README with a list of links.
pub(super) fn leads_to_parts(record: &Record) -> bool {
    if !record.is_index() {
        return false;
    }
    let lines = || lines(prose(record)).map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_link = |line: &str| line.starts_with(['-', '*', '+']) && line.contains("](");
    let links = lines().filter(|line| is_link(line)).count();
    links > 1 && lines().count() <= links + 1
}

/// Whether a line in lower case says how many there are to choose from: `there are two good options`.
fn counts_options(line: &str) -> bool {
    let words: Vec<String> = words(line).collect();
    let is_count = |word: &String| ["2", "3", "4", "5", "two", "three", "four", "five"].contains(&word.as_str());
    let is_choice = |word: &String| word == "options" || word == "alternatives";
    let places = words.iter().enumerate().filter(|(_, word)| is_choice(word)).map(|(at, _)| at);
    places.into_iter().any(|at| words.get(at.saturating_sub(2)..at).into_iter().flatten().any(is_count))
}

/// `Option 1`, `Alternative B: a bus`, `Approach 2 - a queue`.
fn is_option(title: &str) -> bool {
    let mut words = words(title);
    let is_kind = words.next().is_some_and(|word| OPTIONS.contains(&word.as_str()));
    is_kind && words.next().is_some_and(|mark| mark.len() == 1 || mark.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The words of a heading, in lower case.
fn words(title: &str) -> impl Iterator<Item = String> {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Source;
    use crate::text::SourcePath;

    fn record(path: &str, body: &str) -> Record {
        Record::parse(&Source::new(SourcePath::new(path), body), &Config::builtin()).0
    }

    fn told(name: &str, body: &str) -> bool {
        let record = record("content/adr/0001-x.md", &format!("# Send invoices\n\n{body}\n"));
        let rule = record.kind.sections.iter().find(|rule| rule.name == name);
        Told::of(&record).is_told(rule.unwrap())
    }

    #[test]
    fn sections_are_told_under_other_headings() {
        for body in ["## Solution Options", "### Back-up Options", "## Discussion of alternative approach"] {
            assert!(told("Alternatives Considered", body), "{body}");
        }
        assert!(told("Alternatives Considered", "### Option 1. A bus\n\nx\n\n### Option 2. A queue\n\nx"));
        assert!(told("Consequences", "## Benefits of two files\n\nx\n\n## Cons of two files"));
        assert!(told("Consequences", "## Downstream impact"));
        assert!(told("Consequences", "## Decision\n\n* **Positive consequences**\n  * Fewer calls."));
        assert!(told("Alternatives Considered", "## Decision\n\nWe discussed three options:\n\n1. A bus"));
        assert!(told("Alternatives Considered", "## Decision\n\nThe other alternative is a longer time-out."));
        assert!(told("Alternatives Considered", "## Decision\n\nThere are 2 good options here."));
        assert!(told("Decision", "## Overview\n\nThis ADR proposes a queue."));
    }

    #[test]
    fn headings_about_something_else_are_not_it() {
        assert!(!told("Alternatives Considered", "## Option 1. A bus\n\nThe only option."));
        assert!(!told("Consequences", "## Benefits of two files"));
        assert!(!told("Consequences", "Bold **consequences** of a queue."));
        assert!(!told("Alternatives Considered", "This option:\n\n* is dear"));
        assert!(!told("Decision", "## Approach\n\nJobs go through a queue."));
        assert!(!told("Decision", "## Decision Drivers\n\nCost."));
    }

    #[test]
    fn sections_with_several_ways_are_known_by_their_keys() {
        for (name, key) in [("Alternatives", ALTERNATIVES), ("Consequences", CONSEQUENCES), ("Decision", DECISION)] {
            assert_eq!(section_key(name), key);
        }
    }

    #[test]
    fn a_list_of_links_leads_to_parts() {
        let path = "content/adr/0001-x/README.md";
        assert!(leads_to_parts(&record(path, "This record consists of two parts:\n\n- [A](a.md)\n- [B](b.md)\n")));
        assert!(!leads_to_parts(&record(path, "One.\n\nTwo.\n\n- [A](a.md)\n- [B](b.md)\n")));
        assert!(!leads_to_parts(&record("content/adr/0001-x.md", "- [A](a.md)\n- [B](b.md)\n")));
    }
}
