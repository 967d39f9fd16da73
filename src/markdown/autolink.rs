//! Identifiers and web addresses that stand bare in prose.

use memchr::memchr2;
use std::ops::Range;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// An identifier: `ADR-7`, `RFC-0007-A1`.
    Identifier,
    /// A web address: `https://example.org`.
    Address,
}

/// Finds identifiers and addresses in a run of text, in order.
#[derive(Debug)]
pub(super) struct Finds<'t> {
    text: &'t str,
    at: usize,
    last: usize,
}

impl<'t> Finds<'t> {
    /// Looks through `text`.
    pub(super) fn new(text: &'t str) -> Finds<'t> {
        Finds { text, at: 0, last: 0 }
    }
}

impl Iterator for Finds<'_> {
    type Item = (Found, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        // Every identifier has a hyphen and every address a colon, so only those are looked at closely.
        while let Some(step) = memchr2(b'-', b':', bytes.get(self.at..)?) {
            let pivot = self.at + step;
            self.at = pivot + 1;
            let before = pivot.checked_sub(1).and_then(|at| bytes.get(at));
            // What stands beside most of them tells at once that they are neither.
            let found = match (before, bytes.get(pivot), bytes.get(pivot + 1)) {
                (Some(b'A'..=b'Z'), Some(b'-'), Some(b'0'..=b'9')) => {
                    identifier_around(self.text, pivot, self.last).map(|range| (Found::Identifier, range))
                }
                (Some(_), Some(b':'), Some(b'/')) => {
                    address_around(self.text, pivot, self.last).map(|range| (Found::Address, range))
                }
                _ => None,
            };
            if let Some((found, range)) = found {
                self.at = range.end;
                self.last = range.end;
                return Some((found, range));
            }
        }
        None
    }
}

/// Whether a text is exactly one identifier.
pub fn is_identifier(text: &str) -> bool {
    // Groups of letters and digits may stand before it.
    let starts = text.match_indices('-').map(|(at, _)| at + 1);
    let mut starts =
        std::iter::once(0).chain(starts).filter(|start| identifier_at(text.as_bytes(), *start) == Some(text.len()));
    starts.any(|start| scoped_from(text.as_bytes(), start, 0) == 0)
}

/// Where the groups of capitals and digits begin that open the identifier at `start`, as in `WEB-ADR-7`; `start` where there are none.
fn scoped_from(bytes: &[u8], start: usize, last: usize) -> usize {
    let mut from = start;
    while from > last && bytes.get(from - 1) == Some(&b'-') {
        let group = bytes.get(last..from - 1).unwrap_or_default();
        let is_of_group = |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        match group.iter().rev().take_while(is_of_group).count() {
            0 => break,
            length => from -= length + 1,
        }
    }
    if bytes.get(from).is_some_and(u8::is_ascii_uppercase) { from } else { start }
}

/// The end of the identifier that starts at `at`.
fn identifier_at(bytes: &[u8], at: usize) -> Option<usize> {
    let letters = count(bytes, at, u8::is_ascii_uppercase);
    if !(2..=12).contains(&letters) || bytes.get(at + letters) != Some(&b'-') {
        return None;
    }
    let number = at + letters + 1;
    let digits = count(bytes, number, u8::is_ascii_digit);
    if !(1..=9).contains(&digits) {
        return None;
    }
    let end = number + digits;
    if bytes.get(end) == Some(&b'-') && bytes.get(end + 1) == Some(&b'A') {
        let amendment = count(bytes, end + 2, u8::is_ascii_digit);
        if amendment > 0 {
            return Some(end + 2 + amendment);
        }
    }
    Some(end)
}

fn count(bytes: &[u8], from: usize, which: impl Fn(&u8) -> bool) -> usize {
    bytes.iter().skip(from).take_while(|byte| which(byte)).count()
}

/// The identifier whose first hyphen is at `pivot`; `last` is the end of what was found before.
fn identifier_around(text: &str, pivot: usize, last: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let letters = bytes.get(last..pivot)?.iter().rev().take(13).take_while(|byte| byte.is_ascii_uppercase()).count();
    let start = pivot - letters;
    let end = identifier_at(bytes, start)?;
    let start = scoped_from(bytes, start, last);
    let before = text.get(..start)?.chars().next_back();
    let opens = match before {
        None => true,
        Some('/') => start.checked_sub(1) == Some(last) && last > 0,
        Some(c) => !(c.is_alphanumeric() || matches!(c, '-' | '_' | '#' | '@' | '=' | '.' | '\\' | '&' | '%')),
    };
    let mut after = text.get(end..)?.chars();
    let closes = match after.next() {
        None => true,
        Some('-' | '.') => !after.next().is_some_and(char::is_alphanumeric),
        Some('/') => identifier_at(bytes, end + 1).is_some(),
        Some(c) => !(c.is_alphanumeric() || matches!(c, '_' | '\\' | '=')),
    };
    (opens && closes).then_some(start..end)
}

/// The web address whose first colon is at `pivot`, by the rule of GitHub Flavored Markdown.
fn address_around(text: &str, pivot: usize, last: usize) -> Option<Range<usize>> {
    let rest = text.get(pivot..)?.strip_prefix("://")?;
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        let start = pivot.checked_sub(scheme.len());
        start.and_then(|start| text.get(start..pivot)).is_some_and(|written| written.eq_ignore_ascii_case(scheme))
    })?;
    let start = pivot - scheme.len();
    let glued = text.get(..start)?.chars().next_back().is_some_and(char::is_alphanumeric);
    let host = rest.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '[');
    if glued || !host || start < last {
        return None;
    }
    let stop = rest.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(rest.len());
    let address = rest.get(..stop)?;
    Some(start..pivot + 3 + trimmed(address))
}

/// The length of an address without the punctuation that belongs to the sentence around it.
fn trimmed(address: &str) -> usize {
    let opened = address.bytes().filter(|byte| *byte == b'(').count();
    let mut closed = address.bytes().filter(|byte| *byte == b')').count();
    let mut rest = address;
    while let Some(last) = rest.chars().next_back() {
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => {}
            ')' if closed > opened => closed -= 1,
            ';' => {
                rest = rest.get(..entity_start(rest)).unwrap_or("");
                continue;
            }
            _ => break,
        }
        rest = rest.get(..rest.len() - last.len_utf8()).unwrap_or("");
    }
    rest.len()
}

/// Where a trailing `;` or the entity that it ends starts.
fn entity_start(address: &str) -> usize {
    let before = address.len().saturating_sub(1);
    let name = address.bytes().take(before).rev().take_while(u8::is_ascii_alphanumeric).count();
    match (before - name).checked_sub(1) {
        Some(ampersand) if name > 0 && address.as_bytes().get(ampersand) == Some(&b'&') => ampersand,
        _ => before,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        Finds::new(text).map(|(_, range)| &text[range]).collect()
    }

    #[test]
    fn identifiers_stand_alone() {
        assert_eq!(found("see ADR-7, RFC-0007-A1; and (ADR-12)."), ["ADR-7", "RFC-0007-A1", "ADR-12"]);
        assert_eq!(found("ADR-7/ADR-8 and ADR-9's"), ["ADR-7", "ADR-8", "ADR-9"]);
        assert!(found("x-ADR-7 ADR-7y ADR-7-slug docs/ADR-7 ADR-7.md A-1 adr-7 ADR- ABCDEFGHIJKLM-1").is_empty());
        assert_eq!(found("Ends with ADR-7-"), ["ADR-7"]);
    }

    #[test]
    fn addresses_lose_the_sentences_punctuation() {
        assert_eq!(
            found("(see https://e.org/a_(b)). Or HTTP://x.y?q=1&amp;"),
            ["https://e.org/a_(b)", "HTTP://x.y?q=1"]
        );
        assert_eq!(found("https://e.org/ADR-7 is an address"), ["https://e.org/ADR-7"]);
        assert!(found("xhttps://e.org http:// ftp://e.org https://").is_empty());
    }
}
