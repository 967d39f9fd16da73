//! Which headings are a section that a kind asks for, and whether there is anything to read under them.

use super::blank::{are_blank, is_prose, without_marker};
use super::demand::{is_asked, says_something, values};
use super::rule::Subject;
use super::template::{is_denial, is_phrase};
use crate::config::{SectionRule, section_key, section_letters};
use crate::markdown::Section;
use crate::record::Record;
use crate::text::{Span, lines, words};
use std::borrow::Cow;

/// Sections whose matter may stand in the front matter instead: the page shows it from there.
const STAND_INS: &[(&str, &str)] = &[
    ("Success Metrics", "metric"),
    ("Total Cost of Ownership", "cost"),
    ("Timeline", "deprecation.sunset"),
    ("Consumers", "deprecation.consumers"),
];

/// The sections that a record's kind asks for at its status, save those whose matter stands in the front matter.
pub(super) fn asked(record: &Record) -> impl Iterator<Item = &SectionRule> {
    record.kind.sections.iter().filter(|rule| is_asked_for(record, rule))
}

/// Those of them whose absence `reporter` reports; what names no rule is `missing-section`'s.
pub(super) fn asked_by<'a>(reporter: &'a str, record: &'a Record) -> impl Iterator<Item = &'a SectionRule> {
    let is_own = move |rule: &&SectionRule| match rule.rule.value.as_str() {
        "" => reporter == "missing-section",
        named => named == reporter,
    };
    record.kind.sections.iter().filter(is_own).filter(|rule| is_asked_for(record, rule))
}

/// Whether a record's kind asks for a section at its status, and its matter does not stand in the front matter.
pub(super) fn is_asked_for(record: &Record, rule: &SectionRule) -> bool {
    is_asked(record, &rule.from, &rule.when) && !has_stand_in(record, rule)
}

/// The sections that a record has, of those whose absence `rule` reports.
pub(super) fn own_sections<'a>(rule: &'a str, subject: &'a Subject<'_>) -> Vec<(&'a SectionRule, &'a Section)> {
    asked_by(rule, subject)
        .flat_map(|section| subject.headings().named(section).iter().copied().map(move |heading| (section, heading)))
        .collect()
}

/// Whether there is nothing to read under a heading, nor under the headings within: comments, dots, `TBD`, blank cells, or the
/// template's own words.
pub(super) fn is_empty(record: &Record, section: &Section, guidance: &str) -> bool {
    let mut parts = record.outline.sections.iter().filter(|part| section.body.contains(part.heading));
    is_blank(record, section.own, guidance) && parts.all(|part| is_blank(record, part.own, ""))
}

/// Whether a section says that it does not apply, and no more: `N/A`.
pub(super) fn is_denied(record: &Record, section: &Section) -> bool {
    is_denial(&without(record.text(), section.own, &record.outline.comments))
}

/// Words that say that something is not so.
const NEGATIONS: &[&str] = &["no", "not", "neither", "without"];

/// How words about the taking of a decision begin.
const CHOICES: &[&str] = &["choos", "chose", "decid", "decision", "pick", "select", "settl"];

/// Whether what stands right above a part of a section says that nothing is decided: who reads on knows why the part is not told.
pub(super) fn says_why_not(record: &Record, section: &Section) -> bool {
    let mut around = record.outline.sections.iter().filter(|other| other.body.contains(section.heading));
    let Some(whole) = around.next_back().filter(|whole| record.title_heading != Some(whole.heading)) else {
        return false;
    };
    let words: Vec<String> = words(whole.own.of(record.text())).collect();
    words.windows(4).any(|few| match few {
        [first, next @ ..] => {
            let is_choice = |word: &String| CHOICES.iter().any(|choice| word.starts_with(choice));
            NEGATIONS.contains(&first.as_str()) && next.iter().any(is_choice)
        }
        [] => false,
    })
}

/// Whether there is nothing to read in a text without headings.
fn is_blank(record: &Record, own: Span, guidance: &str) -> bool {
    // Most sections open with prose, and need no closer look.
    let opening = lines(own.of(record.text()).trim_start()).next().map_or("", without_marker);
    if is_prose(opening) && (guidance.is_empty() || !is_begun_alike(opening, guidance)) {
        return false;
    }
    let text = without(record.text(), own, &record.outline.comments);
    let text = text.trim();
    let is_guidance = || !guidance.is_empty() && is_same(text, guidance);
    are_blank(text) || is_phrase(text) || is_guidance()
}

/// Whether two texts are the same as sections' names are; most differ in their first letters, and are read no further.
fn is_same(one: &str, other: &str) -> bool {
    is_begun_alike(one, other) && section_key(one) == section_key(other)
}

/// Whether one of two texts opens with the other.
fn is_begun_alike(one: &str, other: &str) -> bool {
    section_letters(one).zip(section_letters(other)).all(|(one, other)| one == other)
}

fn has_stand_in(record: &Record, rule: &SectionRule) -> bool {
    let field = STAND_INS.iter().find(|(section, _)| *section == rule.name).map(|(_, field)| *field);
    field.is_some_and(|field| values(&record.front.table, field).iter().any(|value| says_something(value)))
}

/// The parts of `text[span]` outside the comments.
fn without<'a>(text: &'a str, span: Span, comments: &[Span]) -> Cow<'a, str> {
    let first = comments.partition_point(|comment| comment.start < span.start);
    let after = comments.iter().skip(first).take_while(|comment| comment.start < span.end);
    let mut inside = after.filter(|comment| span.contains(**comment)).peekable();
    if inside.peek().is_none() {
        return Cow::Borrowed(span.of(text));
    }
    let mut kept = String::new();
    let mut from = span.start;
    for comment in inside {
        kept.push_str(Span { start: from, end: comment.start }.of(text));
        from = comment.end;
    }
    kept.push_str(Span { start: from.min(span.end), end: span.end }.of(text));
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Source;
    use crate::text::SourcePath;

    fn rfc(head: &str, body: &str) -> Record {
        let text = format!("+++\ntitle = \"x\"\n{head}+++\n\n{body}");
        Record::parse(&Source::new(SourcePath::new("content/rfc/0001-x.md"), text), &Config::builtin()).0
    }

    fn names(record: &Record) -> Vec<&str> {
        asked(record).map(|rule| rule.name.as_str()).collect()
    }

    #[test]
    fn sections_are_asked_for_from_their_status_on_and_under_their_condition() {
        assert_eq!(names(&rfc("status = \"draft\"\n", "")), ["Summary", "Motivation"]);
        assert_eq!(names(&rfc("", "")), ["Summary", "Motivation"]);
        assert_eq!(names(&rfc("status = \"rejected\"\n", "")), ["Summary", "Motivation"]);
        let two_way = rfc("status = \"formal-review\"\ndoor = \"two-way\"\nscope = \"organisation\"\n", "");
        assert!(names(&two_way).contains(&"The Way Back") && !names(&two_way).contains(&"One-Way Door Analysis"));
        let team = rfc("status = \"revision\"\ndoor = \"two-way\"\nscope = \"team\"\n", "");
        assert!(!names(&team).contains(&"The Way Back") && names(&team).contains(&"Proposal"));
        let locked = rfc("status = \"approved\"\ndoor-reasons = [\"public-api\", \"vendor lock-in\"]\n", "");
        assert!(names(&locked).contains(&"Exit Strategy") && names(&locked).contains(&"Rollout"));
    }

    #[test]
    fn matter_in_the_front_matter_stands_in_for_its_section() {
        let status = "status = \"formal-review\"\nsourcing = \"buy\"\n";
        let metric = "[[metric]]\nname = \"p99\"\ntarget = \"50 ms\"\n[cost]\ncurrency = \"USD\"\n";
        let without = rfc(status, "");
        let with = rfc(&format!("{status}{metric}"), "");
        for section in ["Success Metrics", "Total Cost of Ownership"] {
            assert!(names(&without).contains(&section) && !names(&with).contains(&section), "{section}");
        }
    }

    #[test]
    fn only_nothing_is_empty() {
        let record = |body: &str| rfc("status = \"draft\"\n", &format!("## Summary\n\n{body}\n\n## Motivation\n\nx\n"));
        let is_empty = |body: &str| {
            let record = record(body);
            let section = &record.outline.sections[0];
            is_empty(&record, section, "Say in one paragraph what is proposed and for whom.")
        };
        for body in [
            "",
            "<!-- what? -->",
            "TBD",
            "- TODO\n- …",
            "*N/A*",
            "_Say in one paragraph what is proposed and for whom._",
            "{what is proposed}",
            "1. TBD\n2) TODO",
            "- [ ] TBD",
            "To be confirmed.",
            "<br>\n&nbsp;\n<p></p>",
            "| Option | Why |\n|---|:-:|\n| | |\n| &nbsp; | TBD |",
            "[docs]: https://example.org",
            "### Parts",
            "### One\n\nTBD\n\n### Two\n\n#### Three\n\n<!-- what? -->",
        ] {
            assert!(is_empty(body), "{body}");
        }
        for body in [
            "No.",
            "N/A: one region only",
            "<!-- x --> A bus.",
            "### Parts\n\n#### One\n\nA bus.",
            "1. A bus.",
            "- [x] A bus",
            "2024",
            "| Owner | Billing |\n|---|---|",
            "| a | b |\n|---|---|\n| cost | |",
            "<img src=\"x.png\">",
            "`<br>` tags",
            "[docs](x.md)",
            "[^1]: A note.",
            "[ADR-0001]",
            "```\ncode\n```",
            "![flow](x.png)",
            "| a |\n|---|\n| 1 |",
            "TBD by March; see BILL-7",
        ] {
            assert!(!is_empty(body), "{body}");
        }
    }

    #[test]
    fn texts_are_compared_as_names_are() {
        for (one, other) in [("Say what & why.", "say what and whys"), ("s", ""), ("Names", "NAME"), ("Éa", "éa")] {
            assert!(is_same(one, other) && is_same(other, one), "{one}: {other}");
        }
        for (one, other) in [("class", "clas"), ("say what", "say what for"), ("a", ""), ("say", "so")] {
            assert!(!is_same(one, other) && !is_same(other, one), "{one}: {other}");
        }
    }

    #[test]
    fn comments_are_cut_out() {
        let text = "a <!-- b --> c <!-- d -->";
        let comments = [Span::new(2, 12), Span::new(15, 25)];
        assert_eq!(without(text, Span::new(0, 25), &comments), "a  c ");
        assert_eq!(without(text, Span::new(0, 14), &comments[..1]), "a  c");
    }
}
