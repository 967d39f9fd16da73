//! `RFC-0012`, `RFC-0007-A1`.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The id of a record: prefix in capitals, number, addendum if any. Padding is for show: `RFC-7` and `RFC-0007` are one id.
#[derive(Clone, Debug)]
pub struct RecordId {
    /// `RFC`; with the prefix of the root before it where there is one: `WEB-RFC`.
    pub prefix: String,
    /// 12.
    pub number: u32,
    /// 1 for `-A1`.
    pub addendum: Option<u32>,
    /// Digits the number is padded to.
    pub width: usize,
}

/// A number as it opens a name: `0007-use-x`, `ADR-0007`, `cep 4`, `0001-a1-x`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered<'a> {
    /// The letters before the number, as written; empty when there are none.
    pub prefix: &'a str,
    /// The number.
    pub number: u32,
    /// The addendum's number: 1 for `-A1`.
    pub addendum: Option<u32>,
    /// Digits as written.
    pub digits: usize,
    /// What stands behind it.
    pub rest: &'a str,
}

impl<'a> Numbered<'a> {
    /// Reads the number that opens a name; dates (`2023-05-09-x`, `20230509-x`, `2023-05-x`) are not numbers.
    pub fn parse(name: &'a str) -> Option<Numbered<'a>> {
        let letters = name.find(|c: char| !c.is_ascii_alphabetic())?;
        let (prefix, after) = name.split_at_checked(letters)?;
        let after = if prefix.is_empty() { after } else { without_mark(after) };
        let (number, digits, rest) = digits(after)?;
        let is_month = (1990..2100).contains(&number) && is_month(rest);
        let looks_like_date = digits == 8 || (digits == 4 && (is_month_and_day(rest) || is_month));
        let joined = rest.chars().next().is_some_and(|c| c.is_alphanumeric());
        if looks_like_date || joined {
            return None;
        }
        let (addendum, rest) = match addendum(rest) {
            Some((addendum, rest)) => (Some(addendum), rest),
            None => (None, rest),
        };
        Some(Numbered { prefix, number, addendum, digits, rest })
    }
}

/// What follows the mark between a prefix and its number; a blank may be escaped as in an address.
fn without_mark(after: &str) -> &str {
    after.strip_prefix(['-', '_', ' ', '#']).or_else(|| after.strip_prefix("%20")).unwrap_or(after)
}

/// The number that opens a text, how many digits it has, and the rest.
fn digits(text: &str) -> Option<(u32, usize, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, end, rest))
}

/// `-a1` or `-A1`, and what stands behind it.
fn addendum(text: &str) -> Option<(u32, &str)> {
    let number = text.strip_prefix(['-', '_'])?.strip_prefix(['a', 'A'])?;
    let (number, _, rest) = digits(number)?;
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    ends.then_some((number, rest))
}

/// `-05-09` after a year.
fn is_month_and_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [b'-', a, b, b'-', c, d, ..] if [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()))
}

/// `-05` after a year, and no further digit.
fn is_month(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-') else { return false };
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    end == 2 && rest.get(..end).and_then(|month| month.parse().ok()).is_some_and(|month: u8| (1..=12).contains(&month))
}

impl RecordId {
    /// Reads a whole id, whatever its padding and case: `RFC-7`, `rfc 0007`, `RFC-0007-A1`. A prefix is needed.
    pub fn parse(text: &str) -> Option<RecordId> {
        let text = text.trim();
        RecordId::bare(text).or_else(|| {
            let is_part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let scoped = text.match_indices('-').find_map(|(at, _)| {
                let (scope, bare) = (text.get(..at)?, text.get(at + 1..)?);
                let id = RecordId::bare(bare).filter(|id| id.prefix.len() > 1)?;
                scope.split('-').all(is_part).then(|| id.within(&scope.to_uppercase()))
            })?;
            scoped.prefix.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(scoped)
        })
    }

    /// An id without a root's prefix.
    fn bare(text: &str) -> Option<RecordId> {
        let numbered = Numbered::parse(text)?;
        let whole = numbered.rest.is_empty() && !numbered.prefix.is_empty();
        whole.then(|| RecordId {
            prefix: numbered.prefix.to_uppercase(),
            number: numbered.number,
            addendum: numbered.addendum,
            width: numbered.digits,
        })
    }

    /// The same id with the prefix of a root before it, unless it is there; `scope` is in capitals: `WEB`.
    #[must_use]
    pub fn within(self, scope: &str) -> RecordId {
        let is_there = self.prefix.strip_prefix(scope).is_some_and(|rest| rest.starts_with('-'));
        if scope.is_empty() || is_there {
            return self;
        }
        RecordId { prefix: format!("{scope}-{}", self.prefix), ..self }
    }

    /// The prefix without that of the root: `ADR` of `WEB-ADR-0007`.
    pub fn series(&self) -> &str {
        self.prefix.rsplit('-').next().unwrap_or("")
    }

    fn key(&self) -> (&str, u32, Option<u32>) {
        (&self.prefix, self.number, self.addendum)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:0width$}", self.prefix, self.number, width = self.width)?;
        self.addendum.map_or(Ok(()), |addendum| write!(f, "-A{addendum}"))
    }
}

impl PartialEq for RecordId {
    fn eq(&self, other: &RecordId) -> bool {
        self.key() == other.key()
    }
}

impl Eq for RecordId {}

impl Hash for RecordId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl Ord for RecordId {
    fn cmp(&self, other: &RecordId) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for RecordId {
    fn partial_cmp(&self, other: &RecordId) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_whatever_their_padding() {
        let id = RecordId::parse("rfc 0007").unwrap();
        assert_eq!(id.to_string(), "RFC-0007");
        assert_eq!(id, RecordId::parse("RFC-7").unwrap());
        assert_eq!(RecordId::parse("RFC-0007-a1").unwrap().to_string(), "RFC-0007-A1");
        let scoped = RecordId::parse("billing-api-adr 12").unwrap();
        assert_eq!((scoped.to_string().as_str(), scoped.series()), ("BILLING-API-ADR-12", "ADR"));
        assert_eq!(scoped, RecordId::parse("ADR-0012").unwrap().within("BILLING-API"));
        assert_eq!(RecordId::parse("WEB-RFC-0007-A1").unwrap().to_string(), "WEB-RFC-0007-A1");
        for wrong in ["RFC", "7", "RFC-7x", "RFC-7 and more", "", "RFC-99999999999", "a--adr-7", "1-adr-7", "x/y-adr-7"]
        {
            assert_eq!(RecordId::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn names_open_with_numbers_and_not_with_dates() {
        let number =
            |name| Numbered::parse(name).map(|numbered| (numbered.number, numbered.addendum, numbered.rest.to_owned()));
        assert_eq!(number("0007-use-x"), Some((7, None, "-use-x".to_owned())));
        assert_eq!(number("ADR032-x"), Some((32, None, "-x".to_owned())));
        assert_eq!(number("cep-0004"), Some((4, None, String::new())));
        assert_eq!(number("0001-a1-search"), Some((1, Some(1), "-search".to_owned())));
        assert_eq!(number("0001-api-search"), Some((1, None, "-api-search".to_owned())));
        for wrong in ["2023-05-09-x", "20230509-x", "2023-05-x", "readme", "7zip-format", ""] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }
}
