//! Which headings are the sections that a kind speaks of.

use super::parse::Record;
use crate::config::{SectionRule, section_key};
use crate::markdown::Section;
use crate::text::nearest;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// A record's headings by the names they go by, made once and asked for each section.
pub struct Headings<'a>(Vec<(Vec<String>, &'a Section)>);

impl<'a> Headings<'a> {
    /// The headings of a record.
    pub fn of(record: &'a Record) -> Headings<'a> {
        let keys = |section: &Section| forms(&section.title).map(section_key).collect();
        Headings(record.outline.sections.iter().map(|section| (keys(section), section)).collect())
    }

    /// Those that are a section, by its name or a synonym.
    pub fn named(&self, rule: &SectionRule) -> Vec<&'a Section> {
        let named = self.0.iter().filter(|(keys, _)| keys.iter().any(|key| rule.keys.contains(key)));
        named.map(|(_, section)| *section).collect()
    }

    /// The heading that is most like a section's name or a synonym, of those that are none of `sections`.
    pub fn like(&self, rule: &SectionRule, sections: &[SectionRule]) -> Option<&'a Section> {
        let is_section =
            |keys: &[String]| sections.iter().any(|section| section.keys.iter().any(|key| keys.contains(key)));
        let free: Vec<_> = self.0.iter().filter(|(keys, _)| !is_section(keys)).collect();
        let names = || free.iter().filter_map(|(keys, section)| Some((keys.first()?.as_str(), *section)));
        let near = rule.keys.iter().find_map(|key| nearest(key, names().map(|(name, _)| name)))?;
        names().find(|(name, _)| *name == near).map(|(_, section)| section)
    }

    /// Those of a title that no kind asks for, in any of its forms.
    pub fn titled(&self, title: &str) -> Vec<&'a Section> {
        let key = section_key(title);
        self.0.iter().filter(|(keys, _)| keys.contains(&key)).map(|(_, section)| *section).collect()
    }
}

/// The forms in which a heading may name its section: whole, before a bracket, before a colon or a dash.
fn forms(title: &str) -> impl Iterator<Item = &str> {
    static COMMENT: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("<!--"));
    static MARKS: LazyLock<[Finder<'_>; 7]> =
        LazyLock::new(|| ["(", ":", " – ", " — ", " - ", " on ", " On "].map(Finder::new));
    let title = unnumbered(before(title, &COMMENT).unwrap_or(title));
    std::iter::once(title).chain(MARKS.iter().filter_map(move |mark| before(title, mark)))
}

fn before<'a>(title: &'a str, mark: &Finder<'_>) -> Option<&'a str> {
    title.get(..mark.find(title.as_bytes())?)
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
