//! Sections that go by none of their names, and are there all the same.

use super::apparatus::APPARATUS;
use super::sentence::{decides, gives_grounds, has_sentence, settles};
use super::topic::speaks;
use super::weigh::{AGAINST, FOR, is_option, weighs};
use crate::config::{SectionRule, section_key};
use crate::markdown::Section;
use crate::record::Record;
use crate::text::{Span, lines, words};
use memchr::memchr_iter;
use std::cell::OnceCell;

/// Words in a heading of a text of another process that show that it says what follows from its decision.
const AFTERMATH: &[&str] =
    &["caveats", "compatibility", "downsides", "drawbacks", "limitations", "migration", "risks", "tradeoffs"];

/// Headings of a text of another process under which stands what there is, by their [`section_key`]s.
const DESCRIPTIONS: &[&str] = &["currentstate", "description", "introduction", "overview"];

/// The most bytes of a line that holds one word and its marks.
const LONGEST_SIDE: usize = 40;

/// The fewest letters under a heading that says something.
const TOLD: usize = 40;

/// Sections that have several ways to be told, by their [`section_key`].
const ALTERNATIVES: &str = "alternative";
const CONSEQUENCES: &str = "consequence";
const DECISION: &str = "decision";
const CONTEXT: &str = "context";
const PROPOSAL: &str = "proposal";
const SUMMARY: &str = "summary";

/// What a record tells outside the names of its sections, found once and asked for each section that goes by none of its names.
pub(super) struct Told<'a> {
    record: &'a Record,
    /// The [`section_key`]s of labels in bold that open a line, and of the parts of headings that name two things.
    labels: Vec<String>,
    /// The words before a colon that ends a line, in lower case: what the list below it holds.
    leads: Vec<String>,
    /// The words of headings, save the one that says the title; found when a section may be known by one.
    words: OnceCell<Vec<String>>,
    /// Which sides of a decision labels tell, where nothing around them is about an option: for it, against it.
    sides: (bool, bool),
    /// How often the arguments for something are told: once for each option.
    times: usize,
}

impl<'a> Told<'a> {
    /// What a record tells.
    pub(super) fn of(record: &'a Record) -> Told<'a> {
        let (mut labels, mut leads) = (Vec::new(), Vec::new());
        let (mut sides, mut times) = ((false, false), 0);
        let (prose, mut from) = (prose(record), 0);
        for end in memchr_iter(b'\n', prose.as_bytes()).chain([prose.len()]) {
            let start = record.body + from;
            let line = prose.get(from..end).unwrap_or("").trim();
            from = end + 1;
            if line.is_empty() {
                continue;
            }
            labels.extend(label(line).map(section_key));
            leads.extend(line.strip_suffix(':').and_then(last_word).filter(|word| word.ends_with('s')));
            if let Some(word) = side(line) {
                let (is_for, is_against) = (FOR.contains(&word.as_str()), AGAINST.contains(&word.as_str()));
                times += usize::from(is_for);
                if (is_for || is_against) && !is_of_option(record, start) {
                    sides = (sides.0 || is_for, sides.1 || is_against);
                }
            }
        }
        labels.extend(lower_headings(record).flat_map(|section| parts(&section.title)).map(section_key));
        Told { record, labels, leads, words: OnceCell::new(), sides, times }
    }

    fn words(&self) -> &[String] {
        self.words.get_or_init(|| lower_headings(self.record).flat_map(|section| words(&section.title)).collect())
    }

    /// Whether it tells what a section is for under another heading: by a word of it, by several parts, or in a sentence.
    pub(super) fn is_told(&self, rule: &SectionRule) -> bool {
        let has = |told: &[String], known: &[String]| known.iter().any(|known| told.contains(known));
        let is_for = |key: &str| rule.keys.iter().any(|known| known == key);
        let is_named = |key: &str| rule.keys.first().is_some_and(|name| name == key);
        (!rule.words.is_empty() && has(self.words(), &rule.words))
            || has(&self.leads, &rule.words)
            || has(&self.labels, &rule.keys)
            || (is_for(ALTERNATIVES) && (self.has_options() || (self.is_foreign() && weighs(self.text()))))
            || (is_for(CONSEQUENCES) && self.says_what_follows())
            || (is_for(DECISION) && (lines(self.text()).any(decides) || (self.is_foreign() && settles(self.text()))))
            || (is_for(SUMMARY) && self.opens_in_its_own_words())
            || (is_named(CONTEXT) && self.gives_grounds())
            || (is_named(PROPOSAL) && self.has_matter_of_its_own())
    }

    /// Whether nothing is written below the title but what the record says of itself on single lines.
    pub(super) fn is_nothing(&self) -> bool {
        let is_field = |line: &str| line.split_once(':').is_some_and(|(key, _)| key.split_whitespace().count() < 4);
        let says_nothing = |line: &str| line.is_empty() || line.starts_with(['#', '|', '<']) || is_field(line);
        self.headings().next().is_none() && lines(self.text()).map(str::trim).all(says_nothing)
    }

    /// Whether what is proposed or decided stands under a heading of its own making right behind that of its section, which has
    /// nothing below it: in a text of another process both are of one level.
    pub(super) fn goes_on_below(&self, rule: &SectionRule, section: &Section) -> bool {
        let is_matter = rule.keys.iter().any(|key| key == DECISION || key == PROPOSAL);
        let text = self.record.text();
        let mut behind = self.headings().skip_while(|next| next.heading <= section.heading);
        let is_it =
            |next: &Section| next.level == section.level && !self.is_known(next) && has_sentence(next.own.of(text));
        is_matter && self.is_foreign() && section.own.of(text).trim().is_empty() && behind.next().is_some_and(is_it)
    }

    /// The text of the record, without its head.
    fn text(&self) -> &'a str {
        prose(self.record)
    }

    /// Whether a text was written for another process: only such a one may tell a section in passing.
    fn is_foreign(&self) -> bool {
        !self.record.format.is_native()
    }

    /// Whether several headings are options, one each, or the arguments for something are told more than once.
    fn has_options(&self) -> bool {
        let options = self.record.outline.sections.iter().filter(|section| is_option(&section.title));
        options.count() > 1 || (self.is_foreign() && self.times > 1)
    }

    /// Whether the arguments for and against the decision stand under headings or labels.
    fn says_what_follows(&self) -> bool {
        let (is_for, is_against) = self.sides;
        let is_in_heading = |word: &String| AFTERMATH.contains(&word.as_str());
        let is_trade_off = || self.headings().any(|section| section_key(&section.title) == "tradeoff");
        (self.opens_with(FOR) && self.opens_with(AGAINST))
            || (is_for && is_against)
            || (self.is_foreign() && (is_for || is_against || self.words().iter().any(is_in_heading) || is_trade_off()))
    }

    /// Whether a paragraph of another process opens with what forces the decision, or what stands before its first section says why.
    fn gives_grounds(&self) -> bool {
        if !self.is_foreign() {
            return false;
        }
        let says_why = |text: &str| speaks(&text.to_lowercase(), "because ");
        lines(self.text()).any(gives_grounds) || says_why(self.lead().of(self.record.text())) || self.describes()
    }

    /// Whether it opens in its own words and goes on with what there is: together they say what the decision is about.
    fn describes(&self) -> bool {
        let text = self.record.text();
        let is_description = |section: &&Section| DESCRIPTIONS.contains(&section_key(&section.title).as_str());
        let says = |section: &Section| has_sentence(section.own.of(text));
        has_sentence(self.lead().of(text)) && self.headings().find(is_description).is_some_and(says)
    }

    /// What stands before the first heading below the title.
    fn lead(&self) -> Span {
        let text = self.record.text();
        Span::new(self.record.body, self.headings().next().map_or(text.len(), |first| first.heading.range().start))
    }

    /// Whether a text of another process opens with a sentence of its own, before its first section or under a heading that no
    /// section is known by: it says what it is about.
    fn opens_in_its_own_words(&self) -> bool {
        if !self.is_foreign() {
            return false;
        }
        let text = self.record.text();
        has_sentence(self.lead().of(text))
            || self
                .headings()
                .next()
                .is_some_and(|section| !self.is_known(section) && has_sentence(section.own.of(text)))
    }

    /// Whether a text of another process has a heading of its own making, with something to read under it.
    fn has_matter_of_its_own(&self) -> bool {
        let says = |section: &&Section| section.body.of(self.record.text()).trim().len() >= TOLD;
        self.is_foreign() && self.headings().filter(|section| !self.is_known(section)).any(|section| says(&section))
    }

    /// The headings below the title.
    fn headings(&self) -> impl Iterator<Item = &'a Section> {
        let record = self.record;
        record.outline.sections.iter().filter(|section| record.title_heading != Some(section.heading))
    }

    /// Whether a heading is that of a section that the kind asks for, or of one that texts of this sort have besides.
    fn is_known(&self, section: &Section) -> bool {
        let is_of_kind = |key: &String| self.record.kind.sections.iter().any(|rule| rule.keys.contains(key));
        let is_apparatus = |key: &String| APPARATUS.contains(&key.as_str());
        let whole = section_key(&section.title);
        std::iter::once(whole)
            .chain(parts(&section.title).map(section_key))
            .any(|key| is_of_kind(&key) || is_apparatus(&key))
    }

    /// Whether a heading opens with one of some words.
    fn opens_with(&self, known: &[&str]) -> bool {
        let mut first = self.record.outline.sections.iter().filter_map(|section| words(&section.title).next());
        first.any(|word| known.contains(&word.as_str()))
    }
}

/// The headings of a record below its title, or all where none says the title.
fn lower_headings(record: &Record) -> impl Iterator<Item = &Section> {
    let has_title = record.title_heading.is_some();
    record.outline.sections.iter().filter(move |section| section.level > 1 || !has_title)
}

/// What a heading names that names two things, or opens with an article: `Background and motivation`, `The Problem`.
fn parts(title: &str) -> impl Iterator<Item = &str> {
    let bare = title.strip_prefix("The ").unwrap_or(title);
    let is_joined = bare.len() < title.len() || bare.contains(['&', ',']) || bare.contains(" and ");
    let joined = is_joined.then_some(bare).into_iter();
    let parts = joined
        .flat_map(|bare| bare.split(", ").flat_map(|part| part.split(" & ")).flat_map(|part| part.split(" and ")));
    parts.map(str::trim).filter(|part| !part.is_empty())
}

/// The word of a line that holds nothing else, in a list or bold or with a colon: `Pros`, `**Cons:**`, `- Benefits:`.
fn side(line: &str) -> Option<String> {
    // Most lines are prose, and too long for it.
    if line.len() > LONGEST_SIDE {
        return None;
    }
    let bare = line.trim_start_matches(['-', '*', '+', '_', ' ', '>', '#']).trim_end_matches(['*', '_', ':', ' ']);
    let is_word = !bare.is_empty() && bare.len() <= 15 && bare.bytes().all(|byte| byte.is_ascii_alphabetic());
    // A heading is looked at with the others.
    (is_word && !line.starts_with('#')).then(|| bare.to_lowercase())
}

/// Whether a place stands among what is said of one option or of several.
fn is_of_option(record: &Record, at: usize) -> bool {
    let around = record.outline.sections.iter().filter(|section| section.body.range().contains(&at));
    let rules = || record.kind.sections.iter().filter(|rule| rule.keys.iter().any(|key| key == ALTERNATIVES));
    around.into_iter().any(|section| {
        let key = section_key(&section.title);
        let is_named = rules().any(|rule| rule.keys.contains(&key));
        let has_word = || words(&section.title).any(|word| rules().any(|rule| rule.words.contains(&word)));
        section.level > 1 && (is_named || has_word() || is_option(&section.title))
    })
}

/// The text of a record, without its head.
pub(super) fn prose(record: &Record) -> &str {
    record.text().get(record.body..).unwrap_or("")
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
    fn labels_and_headings_of_many_names_say_what_follows() {
        for body in [
            "## Outcome\n\nPros\n\n- One rota.\n\nCons\n\n- One more thing to run.",
            "## Overview\n\nBenefits:\n\n- One rota.",
            "## Outcome\n\n**Drawbacks**\n\n- One more thing to run.",
            "## Caveats\n\nMail may come twice.",
            "## Considerations and limitations\n\nMail may come twice.",
            "## Backward compatibility\n\nOld clients go on.",
            "## Trade-offs\n\nMail may come twice.",
            "## Tradeoffs\n\nMail may come twice.",
            "## Risks\n\nMail may come twice.",
        ] {
            assert!(told("Consequences", body), "{body}");
        }
        for body in [
            "## Options\n\n### Relay\n\nPros:\n\n- old\n\nCons:\n\n- slow",
            "## Outcome\n\nThe benefits outweigh the cost.",
        ] {
            assert!(!told("Consequences", body), "{body}");
        }
    }

    #[test]
    fn a_text_of_another_process_may_open_in_its_own_words() {
        let lacks = |body: &str| {
            let head = "---\neip: 7\ntitle: Mail\nauthor: A. Writer\nstatus: Draft\n---\n\n";
            let record = record("content/eips/eip-7.md", &format!("{head}{body}\n"));
            let told = Told::of(&record);
            let absent = record.kind.sections.iter().filter(|rule| !told.is_told(rule));
            absent.map(|rule| rule.name.clone()).collect::<Vec<_>>()
        };
        let sentence = "Invoices go to a queue, and workers send them by mail at night.";
        assert_eq!(lacks(&format!("{sentence}\n\n## Motivation\n\n{sentence}")), ["Proposal"]);
        assert_eq!(lacks(&format!("## Motivation\n\n{sentence}\n\n## Message format\n\n{sentence}")), ["Summary"]);
        assert_eq!(lacks(&format!("## What is a mail queue?\n\n{sentence}")), Vec::<String>::new());
        assert_eq!(lacks("## Motivation\n\nToo slow.\n\n## Copyright\n\nNone."), ["Summary", "Proposal"]);
        assert_eq!(lacks("## Motivation and summary\n\nToo slow.\n\n## Rationale\n\nFast."), ["Proposal"]);
    }

    #[test]
    fn only_what_forces_a_decision_is_its_context() {
        assert!(told("Context", "## Decision\n\nTo avoid two rotas, there is one queue."));
        assert!(told("Context", "We want one rota because nights are short.\n\n## Decision\n\nOne queue."));
        assert!(!told("Context", "## Decision\n\nThere is one queue. It is read by three workers."));
        let lead = "This record describes how an invoice goes from one team to another.";
        let description = "## Description\n\nA worker takes each invoice from the queue and sends it at night.";
        assert!(told("Context", &format!("{lead}\n\n{description}")));
        assert!(!told("Context", description) && !told("Context", lead));
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
}
