//! Where a text says that one record took another's place.

use crate::markdown::Outline;
use crate::text::Span;
use memchr::memchr2_iter;
use memchr::memmem::find_iter;

/// Words that say so begin with one of these, in small letters or large; the `p` in the third place is a rare letter.
const STEMS: [&str; 3] = ["supersed", "superced", "replac"];

/// How far from a link or a mention the sentence around it may reach, in bytes on either side.
pub const REACH: usize = 240;

/// What a text says of successions. It is noted while the text is at hand, and asked for when all records are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Succession {
    /// Whether the text of a superseded record says who took its place: `Superseded by ADR-9`, `Replaced-By: [x](0009-x.md)`.
    pub names_successor: bool,
    /// Links and mentions near which a word tells of a succession.
    told: Box<[Span]>,
}

impl Succession {
    /// Reads `text[body..]`; who took the record's place is looked for where its status says that somebody did.
    pub(super) fn of(text: &str, body: usize, outline: &Outline, is_superseded: bool) -> Succession {
        let bytes = text.as_bytes();
        let is_told = |place: &Span| {
            let (start, end) = (place.range().start.saturating_sub(REACH).max(body), place.range().end + REACH);
            bytes.get(start..end.min(bytes.len())).is_some_and(|around| starts(around).next().is_some())
        };
        let links = outline.links.iter().map(|link| link.span);
        let told = links.chain(outline.mentions.iter().map(|mention| mention.span)).filter(is_told).collect();
        let names_successor = is_superseded && names_successor(bytes.get(body..).unwrap_or_default());
        Succession { names_successor, told }
    }

    /// Whether the sentence around a link or a mention may tell of a succession: a word that does stands near.
    pub fn is_told_near(&self, place: Span) -> bool {
        self.told.contains(&place)
    }
}

/// Whether words say that something took another's place.
pub fn tells_of_succession(words: &str) -> bool {
    starts(words.as_bytes()).next().is_some()
}

/// Where words that tell of a succession start.
fn starts(text: &[u8]) -> impl Iterator<Item = usize> {
    let may_start = |start: &usize| text.get(start + 1).is_some_and(|second| b"uUeE".contains(second));
    let starts = memchr2_iter(b'p', b'P', text).filter_map(|at| at.checked_sub(2)).filter(may_start);
    starts.filter(|start| text.get(*start..).is_some_and(|rest| stem(rest).is_some()))
}

fn stem(text: &[u8]) -> Option<&'static str> {
    let opens = |stem: &&str| text.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem.as_bytes()));
    STEMS.into_iter().find(|stem| opens(stem))
}

fn names_successor(text: &[u8]) -> bool {
    let rest = |at: usize| text.get(at..).unwrap_or_default();
    let is_one = |rest: &[u8]| {
        rest.split_at_checked(2).is_some_and(|(end, rest)| end.eq_ignore_ascii_case(b"ed") && is_by(rest))
    };
    let is_word = |start| stem(rest(start)).is_some_and(|stem| is_one(rest(start + stem.len())));
    starts(text).any(is_word) || find_iter(text, "bsoleted").any(|at| is_by(rest(at + "bsoleted".len())))
}

fn is_by(rest: &[u8]) -> bool {
    rest.first().is_some_and(|mark| b" -".contains(mark))
        && rest.get(1..3).is_some_and(|by| by.eq_ignore_ascii_case(b"by"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Limits, outline};

    fn succession(text: &str, is_superseded: bool) -> Succession {
        Succession::of(text, 0, &outline(text, 0, &Limits::default()), is_superseded)
    }

    #[test]
    fn texts_tell_who_took_the_place() {
        for text in [
            "Superseded by ADR-9",
            "* **Superseded-By:** x",
            "was replaced by [x](x.md)",
            "SUPERSEDED BY ADR-9",
            "it superceded much, and was superceded by it",
            "Obsoleted by x",
        ] {
            assert!(succession(text, true).names_successor && !succession(text, false).names_successor, "{text}");
        }
        for text in ["Superseded", "It replaced the bus", "superseded\nby", "by", "supersed", "é", "upersed by", "p"] {
            assert!(!succession(text, true).names_successor, "{text}");
        }
    }

    #[test]
    fn a_word_near_a_link_may_tell() {
        for (before, after, is_told) in [
            ("Replaces ".to_owned(), String::new(), true),
            (String::new(), " was SUPERSEDED.".to_owned(), true),
            ("Up in a plain place, as ".to_owned(), String::new(), false),
            (format!("Replaces {}", "é".repeat(REACH)), String::new(), false),
            (String::new(), format!("{} replaces", "é".repeat(REACH)), false),
        ] {
            for link in ["ADR-9", "[x](x.md)"] {
                let text = format!("{before}{link}{after}");
                let place = Span::new(before.len(), before.len() + link.len());
                assert_eq!(succession(&text, false).is_told_near(place), is_told, "{text}");
            }
        }
        assert!(tells_of_succession("in place of, or REPLACING, it") && !tells_of_succession("a plain place, up"));
    }
}
