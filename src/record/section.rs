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
    headings: Vec<(Vec<String>, &'a Section)>,
    /// Those that are a section, in the order in which the kind lists its sections.
    named: OnceCell<Vec<Vec<&'a Section>>>,
    /// The positions of those that are none of the kind's sections.
    free: OnceCell<Vec<usize>>,
}

impl<'a> Headings<'a> {
    /// The headings of a record.
    pub fn of(record: &'a Record) -> Headings<'a> {
        let keys = |section: &Section| forms(&section.title).map(section_key).collect();
        let headings = record.outline.sections.iter().map(|section| (keys(section), section)).collect();
        Headings { record, headings, named: OnceCell::new(), free: OnceCell::new() }
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
        let level = self.all_named().iter().flatten().map(|section| section.level).min()?;
        let own = self.named(rule).iter().find(|section| section.level == level)?;
        let name = forms(&own.title).find(|form| rule.keys.contains(&section_key(form)))?;
        Some(name.trim_end_matches([':', ' ']))
    }

    /// Those that are a section, in the order in which the kind lists its sections.
    fn all_named(&self) -> &[Vec<&'a Section>] {
        self.named.get_or_init(|| {
            let mut named = vec![Vec::new(); self.record.kind.sections.len()];
            for (keys, section) in &self.headings {
                for rule in self.record.kind.sections_named(keys) {
                    named.get_mut(rule).into_iter().for_each(|of_rule| of_rule.push(*section));
                }
            }
            named
        })
    }

    /// The heading that is most like a section's name or a synonym, of those that are no section of the record's kind.
    pub fn like(&self, rule: &SectionRule) -> Option<&'a Section> {
        let free = self.free.get_or_init(|| self.free()).iter().filter_map(|position| self.headings.get(*position));
        let names = || free.clone().filter_map(|(keys, section)| Some((keys.first()?.as_str(), *section)));
        // Alike from both sides: `Rest` is no slip of `Result`, of which a third is two letters.
        let is_slip = |key: &str, name: &str| nearest(name, [key]).is_some();
        let near = rule.keys.iter().find_map(|key| {
            let near = nearest(key, names().map(|(name, _)| name))?;
            is_slip(key, near).then_some(near)
        })?;
        names().find(|(name, _)| *name == near).map(|(_, section)| section)
    }

    /// Only headings of the level at which the record's sections stand: deeper ones name something within a section.
    fn free(&self) -> Vec<usize> {
        let known = || self.all_named().iter().flatten();
        let is_section = |section: &Section| known().any(|known| std::ptr::eq(*known, section));
        let level = known().map(|section| section.level).min();
        let is_free = |(_, section): &(Vec<String>, &Section)| {
            !is_section(section) && level.is_none_or(|level| section.level <= level)
        };
        let free = self.headings.iter().enumerate().filter(|(_, heading)| is_free(heading));
        free.map(|(position, _)| position).collect()
    }

    /// The record whose headings they are.
    pub fn record(&self) -> &'a Record {
        self.record
    }

    /// Those of a title that no kind asks for, in any of its forms, by its [`section_key`].
    pub fn titled(&self, key: &str) -> Vec<&'a Section> {
        let titled = self.headings.iter().filter(|(keys, _)| keys.iter().any(|known| known == key));
        titled.map(|(_, section)| *section).collect()
    }
}

/// The forms in which a heading may name its section: whole, before a bracket, before a colon or a dash.
fn forms(title: &str) -> impl Iterator<Item = &str> {
    let title = if title.contains('<') { title.split("<!--").next().unwrap_or(title) } else { title };
    let title = unnumbered(title);
    // Where each of the marks stands first. Titles are short: one look at each letter is sooner done than a search for each mark.
    let mut cuts = [None; MARKS.len()];
    let bytes = title.as_bytes();
    let opens = |at: usize, byte: u8| match byte {
        b'(' | b':' => true,
        b' ' => bytes.get(at + 1).is_some_and(|next| matches!(next, b'-' | b'o' | b'O') || !next.is_ascii()),
        _ => false,
    };
    for (at, _) in title.bytes().enumerate().filter(|(at, byte)| opens(*at, *byte)) {
        let is_here = |mark: &str| title.get(at..).is_some_and(|rest| rest.starts_with(mark));
        for (cut, _) in cuts.iter_mut().zip(MARKS).filter(|(cut, mark)| cut.is_none() && is_here(mark)) {
            *cut = title.get(..at);
        }
    }
    std::iter::once(title).chain(cuts.into_iter().flatten())
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
}
