//! Sections that go by none of their names, and are there all the same.

use crate::config::{SectionRule, section_key};
use crate::markdown::Section;
use crate::record::Record;

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

/// Whether a record tells what a section is for under another heading: by a word of it, by several parts, or in a sentence.
pub(super) fn is_told(record: &Record, rule: &SectionRule) -> bool {
    let sections = &record.outline.sections;
    let is_for = |name: &str| rule.keys.contains(&section_key(name));
    let opens = |section: &Section, known: &[&str]| {
        words(&section.title).next().is_some_and(|word| known.contains(&word.as_str()))
    };
    // A text of another process may say it in prose.
    let is_free = !record.format.is_native();
    let in_prose = || {
        let text = record.text().get(record.body..).unwrap_or("").to_lowercase();
        is_free && (WEIGHS.iter().any(|phrase| text.contains(phrase)) || text.lines().any(counts_options))
    };
    let has = |known: &[&str]| sections.iter().any(|section| opens(section, known));
    let by_word = || {
        let mut headings = sections.iter().filter(|section| section.level > 1 || record.title_heading.is_none());
        headings.any(|section| words(&section.title).any(|word| rule.words.contains(&word)))
    };
    let by_parts = || sections.iter().filter(|section| is_option(&section.title)).count() > 1;
    let by_sentence = || {
        let text = record.text().get(record.body..).unwrap_or("").to_lowercase();
        text.lines().any(|line| DECIDES.iter().any(|opening| line.trim_start().starts_with(opening)))
    };
    let prose = || record.text().get(record.body..).unwrap_or("").lines().map(str::trim);
    let by_label = || prose().filter_map(label).any(|label| rule.keys.contains(&section_key(label)));
    let leads = |line: &str| {
        let last = line.strip_suffix(':').and_then(|line| words(line).last());
        last.is_some_and(|word| word.ends_with('s') && rule.words.contains(&word))
    };
    let by_lead = || prose().any(leads);
    (!rule.words.is_empty() && (by_word() || by_lead()))
        || by_label()
        || (is_for("Alternatives") && (by_parts() || in_prose()))
        || (is_for("Consequences") && has(FOR) && has(AGAINST))
        || (is_for("Decision") && by_sentence())
}

/// A label in bold that opens a line: `**Positive consequences**`, `* **Decision:** a queue`.
fn label(line: &str) -> Option<&str> {
    let bold = line.trim_start_matches(['-', '*', '+', ' ', '>']);
    let is_bold = line.get(..line.len() - bold.len())?.ends_with("**");
    let (label, rest) = bold.split_once("**").filter(|_| is_bold)?;
    (label.ends_with(':') || rest.trim().is_empty() || rest.starts_with(':')).then_some(label)
}

/// Whether a file only leads to the parts of a record, which say the rest: a README with a list of links.
pub(super) fn leads_to_parts(record: &Record) -> bool {
    let body = record.text().get(record.body..).unwrap_or("");
    let lines = || body.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_link = |line: &str| line.starts_with(['-', '*', '+']) && line.contains("](");
    let links = lines().filter(|line| is_link(line)).count();
    record.is_index() && links > 1 && lines().count() <= links + 1
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
        is_told(&record, rule.unwrap())
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
    fn a_list_of_links_leads_to_parts() {
        let path = "content/adr/0001-x/README.md";
        assert!(leads_to_parts(&record(path, "This record consists of two parts:\n\n- [A](a.md)\n- [B](b.md)\n")));
        assert!(!leads_to_parts(&record(path, "One.\n\nTwo.\n\n- [A](a.md)\n- [B](b.md)\n")));
        assert!(!leads_to_parts(&record("content/adr/0001-x.md", "- [A](a.md)\n- [B](b.md)\n")));
    }
}
