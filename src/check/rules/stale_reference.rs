//! A text leans on what has been superseded, without saying so.

use crate::check::rule::{Check, Context, Rule};
use crate::config::{Decision, Level, Zone};
use crate::diagnostic::Diagnostic;
use crate::log::{Backlink, DecisionLog, Relation};
use crate::record::{Headings, Record, RelationKind};
use crate::text::{Location, Span};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    name: "stale-reference",
    summary: "A record leans on one that has been superseded, without saying so.",
    page: include_str!("../../../content/rules/stale-reference.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Among(check),
};

/// How words start that show that the text knows, wherever in the sentence they stand.
const STEMS: &[&str] = &["supersed", "replac", "obsolet", "outdat", "histor", "deprecat", "revert", "former"];

/// Whole words that do.
const WORDS: &[&str] = &[
    "earlier", "previous", "previously", "was", "were", "had", "until", "original", "originally", "revised", "amended",
];

/// Words that do so together.
const PHRASES: &[&[&str]] = &[&["no", "longer"], &["used", "to"], &["at", "first"], &["at", "that", "time"]];

/// What does so only just before the reference: `the old queue of ADR-0001`, `instead of ADR-0001`.
const LEADS: &[&[&str]] = &[&["old"], &["older"], &["instead", "of"], &["rather", "than"]];

/// Words before a reference that speak of it.
const NEAR: usize = 4;

/// What the record itself does when it stands just before one of these: `ADR-0001 replaces the nightly job`.
const ACTS: &[&str] = &["supersedes", "replaces", "reverts", "deprecates", "obsoletes"];

/// Relations that lean on the other record.
const LEANS: &[RelationKind] = &[RelationKind::DependsOn, RelationKind::Implements];

fn check(log: &DecisionLog, position: usize, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(status) = log.record(position).and_then(|record| record.status.as_ref()) else {
        mentioned(log, position, found);
        return;
    };
    // Who took whose place is only asked where it matters: it may be a long story.
    if matches!(status.decision, Decision::Accepted | Decision::InReview | Decision::Draft) {
        mentioned(log, position, found);
    }
    if matches!(status.decision, Decision::Draft | Decision::InReview) {
        let leans = log.touching(position).filter(|relation| relation.written.0 == position && leans(relation));
        found.extend(leans.filter_map(|relation| Old::of(log, relation.to)?.needed(relation)));
    }
}

fn mentioned(log: &DecisionLog, position: usize, found: &mut Vec<Diagnostic>) {
    for (other, span) in log.mentions(position) {
        found.extend(Old::of(log, other).and_then(|old| old.mentioned(&Backlink { from: position, span })));
    }
}

/// Whether a relation leans on the whole of another record: whoever has not decided yet can still lean on what is in force.
fn leans(relation: &Relation) -> bool {
    relation.written.0 == relation.from && LEANS.contains(&relation.kind) && relation.part.is_none()
}

/// How many successors, one after the other, are followed.
const LONGEST: usize = 1_000;

/// The records that took a record's place, one after the other; the last is in force.
fn chain(log: &DecisionLog, position: usize) -> Vec<usize> {
    let mut chain = Vec::new();
    let mut seen = BTreeSet::from([position]);
    let mut at = position;
    while let Some(next) = log.successors(at).first().copied().filter(|_| chain.len() < LONGEST) {
        if !seen.insert(next) {
            break;
        }
        chain.push(next);
        at = next;
    }
    chain
}

/// A record that has been superseded.
struct Old<'a> {
    log: &'a DecisionLog,
    position: usize,
    record: &'a Record,
    /// Who took its place, and who took theirs.
    chain: Vec<usize>,
}

impl<'a> Old<'a> {
    /// `None` for a record that is in force.
    fn of(log: &'a DecisionLog, position: usize) -> Option<Old<'a>> {
        let chain = chain(log, position);
        let record = log.record(position).filter(|_| !chain.is_empty())?;
        Some(Old { log, position, record, chain })
    }

    /// What is wrong with a mention of it.
    fn mentioned(&self, backlink: &Backlink) -> Option<Diagnostic> {
        let from = self.log.record(backlink.from)?;
        let is_related = self
            .log
            .touching(self.position)
            .any(|relation| relation.from == backlink.from || relation.to == backlink.from);
        let names = |successor: &usize| {
            self.log.backlinks(*successor).iter().any(|other| other.from == backlink.from)
                || *successor == backlink.from
        };
        if is_related || self.chain.iter().any(names) || from.is_index() || is_live(from, backlink) {
            return None;
        }
        let (before, words, after) = backlink.sentence(from);
        if knows(&before, &words, &after) {
            return None;
        }
        let (finding, now) = self.report(from, backlink.span)?;
        Some(finding.with_help(format!("refer to `{now}`, or say that this one is history")))
    }

    /// What is wrong with a relation that leans on it.
    fn needed(&self, relation: &Relation) -> Option<Diagnostic> {
        let (writer, span) = relation.written;
        let from = self.log.record(writer)?;
        let (finding, now) = self.report(from, span)?;
        Some(finding.with_help(format!("name `{now}` under `{}`, or take this one out", relation.kind.key())))
    }

    /// A finding, and what is in force.
    fn report(&self, from: &Record, span: Span) -> Option<(Diagnostic, String)> {
        let successor = self.log.record(*self.chain.last()?)?;
        let (old, now) = (name(self.record), name(successor));
        let message = match self.chain.len() {
            1 => format!("`{old}` has been superseded by `{now}`"),
            _ => format!("`{old}` has been superseded, and by now `{now}` is in force"),
        };
        let finding = Diagnostic::new(RULE.name, from.path(), span, message).with_label("no longer in force");
        let at = successor.title_span.map(|span| Location { path: successor.path().clone(), span });
        Some((at.into_iter().fold(finding, |finding, at| finding.with_related(at, "in force instead")), now))
    }
}

fn name(record: &Record) -> String {
    record.id.as_ref().map_or_else(|| record.title.clone(), |id| id.value.to_string())
}

/// Whether a sentence shows that what it refers to is no longer in force; `words` are the reference itself.
fn knows(before: &str, words: &str, after: &str) -> bool {
    let (before, words, mut after) = (split(before), split(words), split(after));
    let near: Vec<String> = before.iter().rev().take(NEAR).rev().chain(&words).cloned().collect();
    if after.first().is_some_and(|word| ACTS.contains(&word.as_str())) {
        after.remove(0);
    }
    let all: Vec<String> = before.into_iter().chain(words).chain(after).collect();
    let is_one = |word: &String| STEMS.iter().any(|stem| word.starts_with(stem)) || WORDS.contains(&word.as_str());
    all.iter().any(is_one)
        || PHRASES.iter().any(|phrase| holds(&all, phrase))
        || LEADS.iter().any(|phrase| holds(&near, phrase))
}

fn split(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn holds(words: &[String], phrase: &[&str]) -> bool {
    words.windows(phrase.len()).any(|window| window.iter().eq(phrase))
}

/// Whether a reference stands where history is kept: in a section that may be added to or changed.
fn is_live(record: &Record, backlink: &Backlink) -> bool {
    let headings = Headings::of(record);
    let free = record.kind.sections.iter().filter(|rule| rule.zone != Zone::Frozen);
    let mut sections = free.flat_map(|rule| headings.named(rule));
    sections.any(|section| section.body.contains(backlink.span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knows_in(sentence: &str) -> bool {
        let (before, after) = sentence.split_once("ADR-1").unwrap();
        knows(before, "ADR-1", after)
    }

    #[test]
    fn a_sentence_that_speaks_of_the_past_knows() {
        for sentence in [
            "Until May they went through the queue of ADR-1.",
            "ADR-1 has been superseded.",
            "It replaces ADR-1.",
            "The old queue of ADR-1 is gone.",
            "We use the bus instead of ADR-1.",
            "Formerly, as ADR-1 says, they waited.",
            "They no longer follow ADR-1.",
            "Jobs used to follow ADR-1.",
            "At first ADR-1 had it.",
            "It was decided in ADR-1.",
        ] {
            assert!(knows_in(sentence), "{sentence}");
        }
        assert!(knows("as ", "the old queue", " has it"));
    }

    #[test]
    fn words_within_words_and_words_about_something_else_do_not_count() {
        for sentence in [
            "The threshold of ADR-1 holds.",
            "It is folded as ADR-1 says.",
            "Teams are told to follow ADR-1.",
            "First, read ADR-1.",
            "Read ADR-1 before you start.",
            "Since ADR-1 jobs go through the queue.",
            "ADR-1 says to wait instead of asking again.",
            "ADR-1 replaces the nightly job.",
            "ADR-1 holds, however old a job is.",
            "Wasps and washers follow ADR-1.",
        ] {
            assert!(!knows_in(sentence), "{sentence}");
        }
    }
}
