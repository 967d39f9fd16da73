//! Which headings are the sections that a kind speaks of.

use super::parse::Record;
use crate::config::{SectionRule, section_key};
use crate::markdown::Section;
use crate::text::nearest;
use std::cell::OnceCell;

/// What may part the name of a section from the rest of its heading.
const MARKS: [&str; 7] = ["(", ":", " – ", " — ", " - ", " on ", " On "];

/// A record's headings by the names they go by, made once and asked for each section.
pub struct Headings<'a> {
    record: &'a Record,
    /// Each heading under the [`section_key`]s of its forms, the whole one first.
    keys: Vec<(String, &'a Section)>,
    /// Those that are a section, in the order in which the kind lists its sections.
    named: OnceCell<Vec<Vec<&'a Section>>>,
    /// Those that are none of the kind's sections, under the key of the whole heading.
    free: OnceCell<Vec<(String, &'a Section)>>,
}

impl<'a> Headings<'a> {
    /// The headings of a record.
    pub fn of(record: &'a Record) -> Headings<'a> {
        let sections = &record.outline.sections;
        let mut keys = Vec::with_capacity(sections.len());
        for section in sections {
            keys.extend(forms(&section.title).map(|form| (section_key(form), section)));
        }
        Headings { record, keys, named: OnceCell::new(), free: OnceCell::new() }
    }

    /// Those that are a section of the record's kind, by its name or a synonym.
    pub fn named(&self, rule: &SectionRule) -> &[&'a Section] {
        let mut rules = self.record.kind.sections.iter();
        let position = rules.position(|known| std::ptr::eq(known, rule) || known.name == rule.name);
        position.and_then(|position| self.all_named().get(position)).map_or(&[], Vec::as_slice)
    }

    /// What the record calls a section, of whose headings it has one where its sections stand: without a number before it, and
    /// without what follows in brackets.
    pub fn name_of(&self, rule: &SectionRule) -> Option<&'a str> {
        let own = self.named(rule);
        // Most records lack most sections.
        own.first()?;
        let level = self.all_named().iter().flatten().map(|section| section.level).min()?;
        let own = own.iter().find(|section| section.level == level)?;
        let name = forms(&own.title).find(|form| rule.keys.contains(&section_key(form)))?;
        Some(name.trim_end_matches([':', ' ']))
    }

    /// Those that are a section, in the order in which the kind lists its sections.
    fn all_named(&self) -> &[Vec<&'a Section>] {
        self.named.get_or_init(|| {
            let mut named: Vec<Vec<&Section>> = vec![Vec::new(); self.record.kind.sections.len()];
            for (key, section) in &self.keys {
                for rule in self.record.kind.sections_named(key) {
                    // A heading may name it in several forms.
                    let of_rule = named.get_mut(*rule).filter(|of_rule| !is_last(of_rule, section));
                    of_rule.into_iter().for_each(|of_rule| of_rule.push(section));
                }
            }
            named
        })
    }

    /// The heading that is most like a section's name or a synonym, of those that are no section of the record's kind.
    pub fn like(&self, rule: &SectionRule) -> Option<&'a Section> {
        let free = self.free.get_or_init(|| self.free());
        // Alike from both sides: `Rest` is no slip of `Result`, of which a third is two letters.
        let is_slip = |key: &str, name: &str| nearest(name, [key]).is_some();
        let near = rule.keys.iter().find_map(|key| {
            let near = nearest(key, free.iter().map(|(name, _)| name.as_str()))?;
            is_slip(key, near).then_some(near)
        })?;
        free.iter().find(|(name, _)| *name == near).map(|(_, section)| *section)
    }

    /// Only headings of the level at which the record's sections stand: deeper ones name something within a section.
    fn free(&self) -> Vec<(String, &'a Section)> {
        let known = || self.all_named().iter().flatten();
        let is_section = |section: &Section| known().any(|known| std::ptr::eq(*known, section));
        let level = known().map(|section| section.level).min();
        let sections = self.record.outline.sections.iter();
        let free = sections.filter(|section| level.is_none_or(|level| section.level <= level) && !is_section(section));
        free.filter_map(|section| Some((section_key(forms(&section.title).next()?), section))).collect()
    }

    /// The record whose headings they are.
    pub fn record(&self) -> &'a Record {
        self.record
    }

    /// Those of a title that no kind asks for, in any of its forms, by its [`section_key`].
    pub fn titled(&self, key: &str) -> Vec<&'a Section> {
        let mut titled = Vec::new();
        for (_, section) in self.keys.iter().filter(|(known, _)| known == key) {
            if !is_last(&titled, section) {
                titled.push(*section);
            }
        }
        titled
    }
}

/// Whether a section is the last of some.
fn is_last(sections: &[&Section], section: &Section) -> bool {
    sections.last().is_some_and(|last| std::ptr::eq(*last, section))
}

/// The forms in which a heading may name its section: whole, before a bracket, before a colon or a dash.
fn forms(title: &str) -> impl Iterator<Item = &str> {
    // Most titles are words alone, and go by no other name.
    let is_plain = title.starts_with(|c: char| c.is_ascii_alphabetic()) && !may_be_marked(title.as_bytes());
    let (title, marks) = match is_plain {
        true => (title, [].as_slice()),
        false => (unnumbered(title.split("<!--").next().unwrap_or(title)), MARKS.as_slice()),
    };
    let before = move |mark: &&str| title.find(mark).and_then(|at| title.get(..at));
    std::iter::once(title).chain(marks.iter().filter_map(before))
}

/// Whether a title that opens with a letter may have one of the marks, a comment, or what ends a number.
fn may_be_marked(title: &[u8]) -> bool {
    let tells = |byte: &u8| matches!(byte, b'(' | b')' | b':' | b'.' | b'<' | 0x80..);
    let opens = |letters: &[u8]| matches!(letters, [b' ', b'-', _] | [b' ', b'o' | b'O', b'n']);
    title.iter().any(tells) || title.windows(3).any(opens)
}

/// The heading without `2.1`, `3)` or `IV.` before it.
fn unnumbered(title: &str) -> &str {
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some((first, rest)) = title.split_once(char::is_whitespace) else { return title };
    let is_number = first.starts_with(|c: char| c.is_ascii_digit())
        && first.chars().all(|c| c.is_ascii_digit() || ".):".contains(c));
    let is_roman = first.len() > 1
        && first.ends_with(['.', ')'])
        && first.trim_end_matches(['.', ')']).chars().all(|c| "IVXLC".contains(c));
    if is_number || is_roman { rest } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Source;
    use crate::text::SourcePath;

    #[test]
    fn a_slip_is_near_and_stands_where_sections_stand() {
        let like = |body: &str| {
            let source = Source::new(SourcePath::new("content/adr/0001-x.md"), format!("# Pick a protocol\n\n{body}"));
            let record = Record::parse(&source, &Config::builtin()).0;
            let rule = record.kind.sections.iter().find(|rule| rule.name == "Consequences").unwrap();
            Headings::of(&record).like(rule).map(|section| section.title.clone())
        };
        assert_eq!(like("## Context\n\nx\n\n## Consequnces\n\nx\n").as_deref(), Some("Consequnces"));
        assert_eq!(like("## Context\n\nx\n\n## Rest\n\nx\n"), None);
        assert_eq!(like("## Context\n\nx\n\n### Resultz\n\nx\n"), None);
    }

    #[test]
    fn headings_are_known_through_their_dress() {
        let is = |title: &str, name: &str| forms(title).any(|form| section_key(form) == section_key(name));
        for title in [
            "2.1 Alternatives considered",
            "🔍 Alternatives Considered",
            "IV. ALTERNATIVES CONSIDERED:",
            "3) Alternatives Considered (optional)",
            "Alternatives considered <!-- optional -->",
        ] {
            assert!(is(title, "Alternatives Considered"), "{title}");
        }
        assert!(is("Option A: keep the bus", "Option A"));
        assert!(is("Implications On The Gateway", "Implications"));
        assert!(is("Decision Outcomes", "Decision Outcome") && is("Consequence", "Consequences"));
        assert!(is("Build, buy & partner", "Build, Buy and Partner"));
        assert!(is("Non functional requirements", "Non-Functional Requirements"));
        assert!(!is("Alternatives to the bus considered", "Alternatives Considered"));
        assert!(!is("2024 Context", "2024"));
    }

    proptest::proptest! {
        #[test]
        fn a_plain_title_goes_by_no_other_name(title in "[a-cIV1 ().:<!–é-]{0,6}( on |a - b|<!--| On|x){0,2}[a-c :(-]{0,4}") {
            let whole = unnumbered(title.split("<!--").next().unwrap());
            let before = MARKS.iter().filter_map(|mark| Some(&whole[..whole.find(mark)?]));
            proptest::prop_assert!(forms(&title).eq(std::iter::once(whole).chain(before)));
        }
    }
}
