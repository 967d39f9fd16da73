//! The records that a few words name: links, ids and numbers, one after the other.

use super::field::link;
use crate::record::id::{Numbered, RecordId};
use crate::text::{Span, Spanned};

/// What may stand between two records that are named together.
const JOINTS: &[&str] = &[",", ";", "&", "and ", "und ", "et ", "y ", "e ", "+", "\n", "- ", "* "];

/// The records that `words` opens with, each at its place when `words` starts at `start`, and where they end in `words`.
pub(in crate::record) fn targets(words: &str, start: usize) -> (Vec<Spanned<String>>, usize) {
    let mut found: Vec<Spanned<String>> = Vec::new();
    let mut at = 0;
    loop {
        let rest = words.get(at..).unwrap_or("");
        let bare = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || "*_`\"'".contains(c) || ":(<-".contains(c) && found.is_empty()
        });
        let from = at + rest.len() - bare.len();
        let Some((named, length)) = target(bare) else { return (found, at) };
        if let Some((word, offset)) = named {
            let place = start + from + offset;
            found.push(Spanned::new(word.to_owned(), Span::new(place, place + word.len())));
        }
        at = from + length;
        let after = words.get(at..).unwrap_or("");
        let close = after.trim_start_matches(['*', '_', '`', '"', '\'', ' ', '\r']);
        let Some(joint) = JOINTS.iter().find(|joint| close.starts_with(**joint)) else { return (found, at) };
        let mut next = after.len() - close.len() + joint.len();
        // `, and`, and the mark of an item on a line of its own.
        let more = after.get(next..).unwrap_or("").trim_start();
        if let Some(second) = JOINTS.iter().find(|joint| more.starts_with(**joint)) {
            next = after.len() - more.len() + second.len();
        }
        at += next;
    }
}

/// A word and where it stands; `None` for a link that leads out of the log.
type Named<'a> = Option<(&'a str, usize)>;

/// The record that some words open with, where it is named in them, and how long its naming is.
fn target(words: &str) -> Option<(Named<'_>, usize)> {
    if let Some((label, address, length)) = link(words) {
        let is_local = !address.contains("://") && !address.starts_with("mailto:") && !address.is_empty();
        let named = if is_local {
            // The label may say the address, too.
            let behind = "[".len() + label.len();
            words.get(behind..)?.find(address).map(|at| (address, behind + at))
        } else {
            let label = label.trim();
            RecordId::parse(label).and_then(|_| Some((label, words.find(label)?)))
        };
        return Some((named, length));
    }
    if let Some(inner) = words.strip_prefix('[') {
        // `[ADR-0005]`, a link whose address stands elsewhere.
        let end = inner.find(']')?;
        let label = inner.get(..end)?;
        return RecordId::parse(label).map(|_| (Some((label, 1)), end + 2));
    }
    let length = words.find(|c: char| c.is_whitespace() || ",;()<>*`\"'—–".contains(c)).unwrap_or(words.len());
    let word = words.get(..length)?.trim_end_matches(['.', ':', '_']);
    let hash = word.strip_prefix('#').unwrap_or(word);
    if !hash.is_empty() && hash.len() < 7 && hash.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((Some((hash, word.len() - hash.len())), word.len()));
    }
    if is_id(word) || word.ends_with(".md") && !word.contains("://") {
        return Some((Some((word, 0)), word.len()));
    }
    // `ADR 0009`: the number is a word of its own.
    let is_prefix = (2..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let after = words.get(word.len()..).filter(|_| is_prefix)?;
    let digits = after.trim_start_matches([' ', '#']);
    let blanks = after.len() - digits.len();
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let whole = words.get(..word.len() + blanks + end).filter(|_| end > 0 && end < 7 && (1..=2).contains(&blanks))?;
    // A month before a day is no prefix.
    let is_month =
        super::day::days(words.get(..words.floor_char_boundary(word.len() + blanks + end + 8)).unwrap_or(""))
            .first()
            .is_some_and(|day| day.1 == 0);
    (!is_month).then_some((Some((whole, 0)), whole.len()))
}

/// `ADR-008`, `ADR-0003#decision`, `0009-x`.
fn is_id(word: &str) -> bool {
    let whole = word.split('#').next().unwrap_or(word);
    let is_slug = || {
        Numbered::parse(whole)
            .is_some_and(|numbered| numbered.prefix.is_empty() && numbered.digits > 2 && numbered.rest.starts_with('-'))
    };
    RecordId::parse(whole).is_some() || is_slug()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(words: &str) -> Vec<String> {
        let (found, _) = targets(words, 0);
        found
            .into_iter()
            .map(|target| {
                assert_eq!(target.span.of(words), target.value);
                target.value
            })
            .collect()
    }

    #[test]
    fn a_link_is_pointed_at_where_its_address_is() {
        let place = |words: &str| targets(words, 0).0.first().map(|target| target.span.range());
        assert_eq!(place("[0005-x.md](0005-x.md)"), Some(12..21));
        assert_eq!(place("[5](0005-x.md)"), Some(4..13));
        assert_eq!(place("[ADR-5](https://example.org/ADR-5)"), Some(1..6));
        assert_eq!(place("[](0005-x.md)"), Some(3..12));
    }

    #[test]
    fn records_are_named_in_many_ways() {
        assert_eq!(named("[ADR-0005](0005-x.md)"), ["0005-x.md"]);
        assert_eq!(named(" [2. Use SQLite](<0002-use sqlite.md>), ADR-7 and 9."), ["0002-use", "ADR-7", "9"]);
        assert_eq!(named("ADR 0009 on 2026-01-02"), ["ADR 0009"]);
        assert_eq!(named("CEP 33, CEP 34, and CEP 36"), ["CEP 33", "CEP 34", "CEP 36"]);
        assert_eq!(named("- [a](a.md)\n- [b](b.md)"), ["a.md", "b.md"]);
        assert_eq!(named("[ADR-9](https://example.org/9), `#12`"), ["ADR-9", "12"]);
        assert_eq!(named("0009-new-bus.md"), ["0009-new-bus.md"]);
        for nothing in [
            "—",
            "-",
            "none",
            "",
            "the new bus",
            "March 2, 2026",
            "May 2, 2026 — then",
            "[x](https://example.org)",
            "N/A",
        ] {
            assert_eq!(named(nothing), [""; 0], "{nothing}");
        }
    }
}
