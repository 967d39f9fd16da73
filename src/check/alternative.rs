//! The alternatives that a record gives.

use super::demand::is_held;
use super::rule::Subject;
use super::section::{is_asked_for, is_empty};
use crate::config::SectionRule;
use crate::markdown::{Section, Table, items, tables};
use crate::record::Record;
use crate::text::{Span, Spanned};

/// What a record says under its headings for alternatives.
pub(super) struct Alternatives<'a> {
    /// The heading to speak of: the highest, and of those the first.
    pub(super) section: &'a Section,
    /// All of them, none within another.
    pub(super) sections: Vec<&'a Section>,
    /// What the kind asks of them.
    pub(super) rule: &'a SectionRule,
}

impl Alternatives<'_> {
    /// Each alternative, without the one that is marked as chosen; `None` where any are told in prose, and nobody can count them.
    pub(super) fn given(&self, record: &Record) -> Option<Vec<Alternative>> {
        let given = self.sections.iter().map(|section| given(record, section)).collect::<Option<Vec<_>>>();
        given.map(|given| given.into_iter().flatten().collect())
    }
}

/// One of them.
#[derive(Debug, PartialEq)]
pub(super) struct Alternative {
    /// Its name: a heading, a list item's text, a cell, or words in bold.
    pub(super) name: Spanned<String>,
    /// Whether nothing is said of it where it is named.
    pub(super) is_bare: bool,
}

/// How a name is marked that is what the record proposes, in lower case: `(chosen)`, `- recommended`.
const CHOSEN: &[&str] = &[
    "chosen",
    "chosen option",
    "selected",
    "accepted",
    "recommended",
    "preferred",
    "proposed",
    "this proposal",
    "this rfc",
];

/// Words that open an argument for or against an alternative.
const ARGUMENTS: &[&str] = &[
    "good",
    "bad",
    "neutral",
    "pro",
    "pros",
    "con",
    "cons",
    "advantage",
    "advantages",
    "disadvantage",
    "disadvantages",
    "benefit",
    "benefits",
    "drawback",
    "drawbacks",
    "upside",
    "upsides",
    "downside",
    "downsides",
];

/// What the first column of a table is called whose other columns are the alternatives.
const CRITERIA: &[&str] = &["", "criterion", "criteria", "aspect", "factor", "dimension", "property", "quality"];

/// The most words of a name that says nothing more.
const NAME: usize = 4;

/// The alternatives of each section that the kind counts them in, where the process holds the record.
pub(super) fn alternatives<'a>(subject: &'a Subject<'_>) -> Vec<Alternatives<'a>> {
    if !is_held(subject) {
        return Vec::new();
    }
    let counted = subject.kind.sections.iter().filter(|rule| rule.alternatives > 0);
    counted.filter(|rule| is_asked_for(subject, rule)).filter_map(|rule| of_rule(subject, rule)).collect()
}

fn of_rule<'a>(subject: &'a Subject<'_>, rule: &'a SectionRule) -> Option<Alternatives<'a>> {
    let mut sections: Vec<&Section> = Vec::new();
    for section in subject.headings().named(rule) {
        let is_inner = sections.iter().any(|outer| outer.body.contains(section.heading));
        let is_told = !is_empty(subject, section, &rule.guidance) && !refers(section.body.of(subject.text()));
        if !is_inner && is_told {
            sections.push(section);
        }
    }
    let section = sections.iter().copied().min_by_key(|section| section.level)?;
    Some(Alternatives { section, sections, rule })
}

/// Whether a text only says where to read on: `See the discussion in …`.
fn refers(text: &str) -> bool {
    let text = text.trim();
    text.get(..4).is_some_and(|opening| opening.eq_ignore_ascii_case("see "))
        && text.lines().all(|line| !line.is_empty())
}

/// The alternatives of one section, by its parts if it has several, else by whichever form names the most.
fn given(record: &Record, section: &Section) -> Option<Vec<Alternative>> {
    let text = record.text();
    let parts = headings(record, section);
    let found = if parts.len() > 1 {
        parts
    } else {
        let leads = bold(text, section.body);
        let of_list = listed(text, section.body, parts.is_empty() && leads.is_empty());
        let of_tables = tables(text, section.body).iter().flat_map(of_table).collect();
        [parts, of_list, of_tables, leads].into_iter().max_by_key(Vec::len)?
    };
    if found.is_empty() {
        return None;
    }
    Some(found.into_iter().filter(|alternative| !is_chosen(&alternative.name.value)).collect())
}

/// Whether a name says that it is what the record proposes.
fn is_chosen(name: &str) -> bool {
    let name = name.to_lowercase().replace('*', "");
    let name = name.trim_end();
    let has_bracket = name.contains('(');
    let is_marked = |mark: &str| {
        let before = name.strip_suffix(mark).map(str::trim_end);
        let is_in_bracket = || has_bracket && name.contains(&format!("({mark})"));
        is_in_bracket() || before.is_some_and(|before| before.ends_with(['-', '–', '—']))
    };
    name.starts_with("chosen option") || CHOSEN.iter().any(|mark| is_marked(mark))
}

fn headings(record: &Record, section: &Section) -> Vec<Alternative> {
    let inner = || record.outline.sections.iter().filter(|part| section.body.contains(part.heading));
    let level = inner().map(|part| part.level).min();
    let parts = inner().filter(|part| Some(part.level) == level && !is_argument(&part.title));
    let parts = parts.map(|part| Alternative {
        name: Spanned::new(part.title.clone(), part.heading),
        is_bare: part.body.of(record.text()).trim().is_empty(),
    });
    parts.collect()
}

/// Outermost list items; in a list beside other forms, or under prose that may give the reasons, no item is called bare.
fn listed(text: &str, within: Span, is_alone: bool) -> Vec<Alternative> {
    let is_option = |item: &Spanned<String>| {
        !is_argument(&item.value) && !is_argument(line_before_list(text, within, item.span.start as usize))
    };
    let found: Vec<_> = items(text, within).into_iter().filter(is_option).collect();
    let is_short = |item: &Spanned<String>| is_name(&item.value);
    let has_told = found.iter().any(|item| !is_short(item)) || !within.of(text).lines().any(is_prose);
    found.into_iter().map(|item| Alternative { is_bare: is_alone && has_told && is_short(&item), name: item }).collect()
}

/// The rows, or the columns of a table that compares the alternatives by criteria.
fn of_table(table: &Table) -> Vec<Alternative> {
    let first = table.header.first().map_or("", |cell| cell.value.trim());
    if CRITERIA.contains(&first.to_lowercase().as_str()) && table.header.len() > 2 {
        let names = table.header.iter().skip(1);
        return names.map(|name| Alternative { name: name.clone(), is_bare: false }).collect();
    }
    let row = |row: &Vec<Spanned<String>>| {
        let (name, rest) = row.split_first()?;
        let is_bare = is_name(&name.value) && rest.iter().all(|cell| cell.value.trim().is_empty());
        (!name.value.trim().is_empty()).then(|| Alternative { name: name.clone(), is_bare })
    };
    table.rows.iter().filter_map(row).collect()
}

/// Lines that open with `**name**`; the reason follows on the line or below it.
fn bold(text: &str, within: Span) -> Vec<Alternative> {
    let mut at = within.start as usize;
    let mut found: Vec<Alternative> = Vec::new();
    for line in within.of(text).split_inclusive('\n') {
        let name = line.strip_prefix("**").and_then(|rest| rest.split_once("**"));
        match name.filter(|(name, _)| !is_argument(name)) {
            Some((name, rest)) => found.push(Alternative {
                name: Spanned::new(line.trim().to_owned(), Span::new(at + 2, at + 2 + name.len())),
                is_bare: rest.trim_matches(|c: char| c.is_whitespace() || ".:".contains(c)).is_empty(),
            }),
            None if line.trim().is_empty() => {}
            None => {
                if let Some(last) = found.last_mut() {
                    last.is_bare = false;
                }
            }
        }
        at += line.len();
    }
    found
}

/// Whether words name a thing and say nothing of it.
fn is_name(words: &str) -> bool {
    let words = words.trim().trim_end_matches(['.', ':']);
    !words.contains(':') && (1..=NAME).contains(&words.split_whitespace().count())
}

/// Whether words speak for or against an alternative: `Good, because …`, `Cons:`.
fn is_argument(words: &str) -> bool {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = words.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let rest = words.get(first.len()..).unwrap_or("").trim_start_matches(['*', '_']);
    let ends = rest.trim().is_empty() || rest.starts_with([',', ':', ';']) || rest.starts_with(" because");
    ends && ARGUMENTS.iter().any(|known| known.eq_ignore_ascii_case(first))
}

/// The line of prose before the list in which something stands.
fn line_before_list(text: &str, within: Span, at: usize) -> &str {
    let before = Span::new(within.start as usize, at).of(text);
    let mut lines = before.lines().rev().skip(1);
    lines.find(|line| is_prose(line)).unwrap_or("")
}

/// Whether a line is neither blank nor part of a list, nor a comment.
fn is_prose(line: &str) -> bool {
    let marker = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = marker.len() < line.len() && marker.starts_with([')', '.']);
    let is_mark = ["- ", "* ", "+ ", "<!--"].iter().any(|mark| line.starts_with(mark));
    !(line.trim().is_empty() || line.starts_with([' ', '\t']) || is_mark || is_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Source;
    use crate::text::SourcePath;

    /// The names, those that say nothing with an exclamation mark.
    fn names(body: &str) -> Option<Vec<String>> {
        let text = format!("+++\ntitle = \"x\"\nstatus = \"formal-review\"\n+++\n\n## Alternatives\n\n{body}\n");
        let record = Record::parse(&Source::new(SourcePath::new("content/rfc/0001-x.md"), text), &Config::builtin()).0;
        let subject = Subject::new(&record);
        let given = alternatives(&subject).pop().and_then(|found| found.given(&record));
        let name = |alternative: Alternative| {
            let mark = if alternative.is_bare { "!" } else { "" };
            format!("{}{mark}", alternative.name.span.of(record.text()))
        };
        given.map(|given| given.into_iter().map(name).collect())
    }

    #[test]
    fn every_form_names_its_alternatives() {
        for body in [
            "### A bus\n\nTwo rotations.\n\n### A queue\n\nSix of them.",
            "### A bus\n\n- Cheap\n- Slow\n- Ours\n\n### A queue\n\n- Dear",
            "**A bus**\nTwo rotations.\n\n**A queue**\n\nSix of them.",
            "**A bus**\n\n- Cheap\n\nCons:\n\n- Slow\n\n**A queue** was six.",
            "| way | why not |\n|---|---|\n| A bus | two rotations |\n| A queue | six |",
            "| | A bus | A queue |\n|---|---|---|\n| Upkeep | 2 | 6 |\n| Speed | 3 | 1 |",
        ] {
            let names = names(body).unwrap();
            let bare: Vec<&str> = names.iter().map(|name| name.trim_start_matches("### ")).collect();
            assert_eq!(bare, ["A bus", "A queue"], "{body}");
        }
        assert_eq!(names("- A bus: two rotations\n- A queue\n  - six of them").unwrap().len(), 2);
    }

    #[test]
    fn arguments_and_the_choice_are_no_alternatives() {
        for body in [
            "### A bus\n\n- Good, because it is cheap\n- Bad, because it is slow",
            "### A bus\n\nPros:\n\n- cheap today\n- ours\n\n**Cons:**\n\n- slow for all",
            "### A bus\n\nTwo rotations.\n\n### A queue (chosen)\n\nOne.",
        ] {
            assert_eq!(names(body).unwrap(), ["### A bus"], "{body}");
        }
        assert_eq!(names("- Good enough for now: a bus\n- Pro forma: a queue of six").unwrap().len(), 2);
        assert_eq!(names("- The shared bus (chosen): one rotation").unwrap().len(), 0);
        assert_eq!(names("- A bus: two\n- A queue - **recommended**\n- A log (not chosen): slow").unwrap().len(), 2);
    }

    #[test]
    fn a_bare_name_is_told_from_one_with_a_reason() {
        assert_eq!(names("- A bus\n- A queue: six of them").unwrap()[0], "A bus!");
        assert_eq!(names("- A bus\n- A queue").unwrap(), ["A bus!", "A queue!"]);
        assert_eq!(names("### A bus\n\n### A queue\n\nSix of them.").unwrap()[0], "### A bus!");
        assert_eq!(names("| way | why |\n|---|---|\n| A bus | |\n| A queue | six |").unwrap()[0], "A bus!");
        assert_eq!(names("**A bus**\n\n**A queue**\n\nSix of them.").unwrap()[0], "A bus!");
        assert_eq!(names("A bus was too dear:\n\n- licences\n- upkeep").unwrap(), ["licences", "upkeep"]);
    }

    #[test]
    fn prose_is_not_counted() {
        assert_eq!(names("A bus was too dear.\n\nSix queues were too many."), None);
        assert_eq!(names("See the discussion of the first draft."), None);
    }
}
