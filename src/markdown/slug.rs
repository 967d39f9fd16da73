//! Anchors by GitHub's rule.

use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::char::is_combining_mark;

/// The anchor of a heading: lower case, punctuation dropped, blanks to hyphens; letters of every script are kept.
///
/// A heading without any letter, digit, hyphen or blank has the anchor `section`, since an empty one leads nowhere.
pub fn slug(title: &str) -> String {
    let kept = |c: char| match c {
        ' ' => Some('-'),
        c if is_word(c) || c == '-' => Some(c),
        _ => None,
    };
    let title = title.trim();
    let slug: String = match title.is_ascii() {
        true => of_ascii(title),
        false => title.to_lowercase().chars().filter_map(kept).collect(),
    };
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// The same for a title of plain letters, as most are; it takes fewer steps.
fn of_ascii(title: &str) -> String {
    let mut slug = Vec::with_capacity(title.len());
    slug.extend(title.bytes().filter_map(|byte| match byte {
        b' ' => Some(b'-'),
        b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' => Some(byte),
        b'A'..=b'Z' => Some(byte.to_ascii_lowercase()),
        _ => None,
    }));
    String::from_utf8(slug).unwrap_or_default()
}

/// Letters, marks, decimal digits and connectors, as in the `\p{Word}` of GitHub's own rule.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphabetic() || is_combining_mark(c) || (c.is_numeric() && !is_other_number(c)) || is_connector(c)
}

/// Superscripts, fractions and circled digits: numbers, but not digits.
fn is_other_number(c: char) -> bool {
    matches!(c,
        '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{bc}'..='\u{be}' | '\u{2070}'..='\u{2089}' | '\u{2150}'..='\u{215f}'
        | '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '\u{3192}'..='\u{3195}' | '\u{3220}'..='\u{32bf}')
}

fn is_connector(c: char) -> bool {
    matches!(c, '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'..='\u{fe4f}' | '\u{ff3f}')
}

/// Hands out anchors that are unique on a page.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    taken: BTreeSet<String>,
    next: BTreeMap<String, usize>,
}

impl Slugs {
    /// Keeps an anchor that the author chose from being given to another heading.
    pub(super) fn reserve(&mut self, anchor: &str) {
        self.taken.insert(anchor.to_owned());
    }

    /// The wanted anchor, or the first free one of `wanted-1`, `wanted-2`, …
    pub(super) fn unique(&mut self, wanted: String) -> String {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let next = self.next.entry(wanted.clone()).or_insert(0);
        loop {
            *next += 1;
            let candidate = format!("{wanted}-{next}");
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_github() {
        assert_eq!(slug("Who decides? (DACI)"), "who-decides-daci");
        assert_eq!(slug("1.2 Scope & goals"), "12-scope--goals");
        assert_eq!(slug("snake_case – and dashes"), "snake_case--and-dashes");
        assert_eq!(slug("Überblick ½ 日本語 e\u{301}"), "überblick--日本語-e\u{301}");
        assert_eq!(slug("???"), "section");
    }

    #[test]
    fn twins_are_numbered() {
        let mut slugs = Slugs::default();
        let anchors: Vec<String> =
            ["a", "a-1", "a", "a"].into_iter().map(|wanted| slugs.unique(wanted.to_owned())).collect();
        assert_eq!(anchors, ["a", "a-1", "a-2", "a-3"]);
    }
}
