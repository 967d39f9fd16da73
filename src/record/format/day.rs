//! Days as people write them, read only where they can mean one day.

use crate::config::DayOrder;
use crate::date::Date;

/// The first three or four letters of months in English, German, French, Spanish and Portuguese, which are all different.
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("ene", 1),
    ("feb", 2),
    ("fév", 2),
    ("fev", 2),
    ("mar", 3),
    ("mär", 3),
    ("maerz", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("juin", 6),
    ("jul", 7),
    ("juil", 7),
    ("aug", 8),
    ("aoû", 8),
    ("ago", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("out", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("déc", 12),
    ("dic", 12),
];

/// The day that a text opens with, and how many bytes it takes: `2026-03-02`, `2026/3/2`, `2.3.2026`, `23/02/2026`,
/// `March 2, 2026`, `2 March 2026`, `02-Mar-2026`. `None` where it could mean two days, or none.
pub(in crate::record) fn day(text: &str) -> Option<(Date, usize)> {
    day_by(text, None)
}

/// The same, where it is known which of two numbers is the day.
pub(in crate::record) fn day_by(text: &str, order: Option<DayOrder>) -> Option<(Date, usize)> {
    let parts = Parts::read(text)?;
    let [one, two, three] = &parts.words;
    let number = |word: &str| word.parse::<i16>().ok();
    let is_year = |word: &str| word.len() == 4 && number(word).is_some_and(|year| year >= 1900);
    let (year, month, date) = match (number(one), number(two), number(three)) {
        (Some(year), Some(month), Some(date)) if is_year(one) => (year, i8::try_from(month).ok()?, date),
        (Some(first), Some(second), Some(year)) if is_year(three) => {
            let (date, month) = either(first, second, parts.is_dotted).or_else(|| by(order?, first, second))?;
            (year, month, date)
        }
        (None, Some(date), Some(year)) if is_year(three) => (year, month_of(one)?, date),
        (Some(date), None, Some(year)) if is_year(three) => (year, month_of(two)?, date),
        (Some(year), None, Some(date)) if is_year(one) => (year, month_of(two)?, date),
        _ => return None,
    };
    Some((Date::new(year, month, i8::try_from(date).ok()?).ok()?, parts.length))
}

/// Day and month of two numbers of which either could come first: told apart by dots, which only mean one order, or by size.
fn either(first: i16, second: i16, is_dotted: bool) -> Option<(i16, i8)> {
    let (day, month) = match (first, second) {
        (first, second) if is_dotted || first == second || first > 12 => (first, second),
        (first, second) if second > 12 => (second, first),
        _ => return None,
    };
    Some((day, i8::try_from(month).ok()?))
}

fn by(order: DayOrder, first: i16, second: i16) -> Option<(i16, i8)> {
    let (day, month) = match order {
        DayOrder::DayFirst => (first, second),
        DayOrder::MonthFirst => (second, first),
    };
    Some((day, i8::try_from(month).ok()?))
}

/// What the days of records show of the order of their numbers, whatever order they are read in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayNumbers {
    /// A day such as `23/02/2026` is there.
    pub day_first: bool,
    /// A day such as `02/23/2026` is there.
    pub month_first: bool,
    /// A day such as `03/04/2026` is there, which could be either.
    pub open: bool,
}

impl DayNumbers {
    /// What the day shows that a text opens with.
    pub(in crate::record) fn of(text: &str) -> DayNumbers {
        let Some(parts) = Parts::read(text).filter(|parts| !parts.is_dotted) else { return DayNumbers::default() };
        let [one, two, three] = parts.words.map(|word| word.parse::<i16>().ok());
        let is_year = |year: i16| (1900..=9999).contains(&year);
        match (one, two, three) {
            (Some(first @ 1..=31), Some(second @ 1..=31), Some(year)) if is_year(year) => DayNumbers {
                day_first: first > 12 && second <= 12,
                month_first: second > 12 && first <= 12,
                open: first <= 12 && second <= 12 && first != second,
            },
            _ => DayNumbers::default(),
        }
    }

    /// What either shows.
    #[must_use]
    pub fn and(self, other: DayNumbers) -> DayNumbers {
        DayNumbers {
            day_first: self.day_first || other.day_first,
            month_first: self.month_first || other.month_first,
            open: self.open || other.open,
        }
    }

    /// The order that all days have which show one, where there is a day that needs it.
    pub fn order(self) -> Option<DayOrder> {
        match (self.open, self.day_first, self.month_first) {
            (true, true, false) => Some(DayOrder::DayFirst),
            (true, false, true) => Some(DayOrder::MonthFirst),
            _ => None,
        }
    }
}

/// The month that a word names by its first letters.
fn month_of(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let known = MONTHS.iter().filter(|(start, _)| word.starts_with(start));
    known.max_by_key(|(start, _)| start.len()).map(|(_, month)| *month)
}

/// Three words, what parts them, and where they end.
struct Parts<'a> {
    words: [&'a str; 3],
    is_dotted: bool,
    length: usize,
}

impl<'a> Parts<'a> {
    fn read(text: &'a str) -> Option<Parts<'a>> {
        let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || "(*_`".contains(c));
        let mut words = [""; 3];
        let mut marks = String::new();
        for (at, word) in words.iter_mut().enumerate() {
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let whole = rest.get(..end)?;
            *word = match at {
                // `2nd March`, `March 2nd`: the ordinal's letters say nothing.
                0 | 1 => ordinal(whole),
                _ => whole.split(['T', 't']).next().unwrap_or(whole),
            };
            let whole_length = if at == 2 { word.len() } else { whole.len() };
            rest = rest.get(whole_length..)?;
            if word.is_empty() {
                return None;
            }
            if at < 2 {
                let after = rest.trim_start_matches([' ', '.', ',', '-', '/', '\u{a0}']);
                let after = after.strip_prefix("de ").or_else(|| after.strip_prefix("of ")).unwrap_or(after);
                marks.push_str(rest.get(..rest.len() - after.len())?);
                rest = after;
            }
        }
        // More digits or a third mark: a version or an address, and no day.
        let is_mark = |c: char| matches!(c, '.' | '-' | '/') && marks.contains(c);
        let has_third = rest.strip_prefix(is_mark).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let goes_on = has_third || rest.starts_with(|c: char| c.is_alphanumeric() && !matches!(c, 'T' | 't'));
        let is_dotted = marks.contains('.') && !marks.contains(['/', '-']);
        (!goes_on && !marks.is_empty()).then_some(Parts { words, is_dotted, length: text.len() - rest.len() })
    }
}

fn ordinal(word: &str) -> &str {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let suffix = word.get(digits.len()..).unwrap_or("");
    if ["st", "nd", "rd", "th", "er"].contains(&suffix) && !digits.is_empty() { digits } else { word }
}

/// The days in a text with their places, in order.
pub(in crate::record) fn days(text: &str) -> Vec<(Date, usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        let start = at + next;
        // A name of a month may stand before the first digit.
        let before = text.get(at..start).unwrap_or("");
        let named = before.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
        let word = named.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let from_word = month_of(word).map(|_| at + named.len() - word.len());
        let candidates = [from_word, Some(start).filter(|_| !is_inside(text, start))];
        let hit = candidates
            .into_iter()
            .flatten()
            .find_map(|from| day(text.get(from..)?).map(|(day, length)| (day, from, from + length)));
        match hit {
            Some(hit) => {
                at = hit.2;
                found.push(hit);
            }
            None => {
                let rest = text.get(start..).unwrap_or("");
                at = start + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            }
        }
    }
    found
}

/// Whether a digit stands within a word or a version: `v1.2.2026`, `3.1.2.2026`.
fn is_inside(text: &str, digit: usize) -> bool {
    let before = text.get(..digit).unwrap_or("");
    let is_version = || before.strip_suffix('.').is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    before.ends_with(|c: char| c.is_ascii_alphabetic()) || is_version()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        day(text).map(|(day, _)| day.to_string())
    }

    #[test]
    fn days_are_read_in_the_ways_people_write_them() {
        for (text, wanted) in [
            ("2026-03-02", "2026-03-02"),
            ("2026-03-02T10:00:00Z", "2026-03-02"),
            ("(2026-03-02)", "2026-03-02"),
            ("2026/3/2", "2026-03-02"),
            ("2018-3-15", "2018-03-15"),
            ("23/02/2026", "2026-02-23"),
            ("02/23/2026", "2026-02-23"),
            ("2.3.2026", "2026-03-02"),
            ("March 2, 2026", "2026-03-02"),
            ("Sept 2nd, 2026", "2026-09-02"),
            ("2 March 2026", "2026-03-02"),
            ("02-Mar-2026", "2026-03-02"),
            ("2. März 2026", "2026-03-02"),
            ("2 de marzo de 2026", "2026-03-02"),
            ("1er août 2026", "2026-08-01"),
            ("2026-03-02, last changed 2026-04-01", "2026-03-02"),
            ("2026-03-02/2026-03-16", "2026-03-02"),
            ("2.3.2026.", "2026-03-02"),
        ] {
            assert_eq!(read(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_could_mean_two_days_or_none_is_not_read() {
        for text in [
            "03/04/2026",
            "2026-02-30",
            "2026-03",
            "2026",
            "soon",
            "YYYY-MM-DD",
            "{date}",
            "",
            "1.2.3",
            "v1.2.2026.4",
            "1.2.2026.4",
            "2026/03/02/7",
            "10.0.2019x",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn days_show_in_which_order_their_numbers_are() {
        let order = |texts: &[&str]| {
            texts.iter().fold(DayNumbers::default(), |all, text| all.and(DayNumbers::of(text))).order()
        };
        assert_eq!(order(&["17/05/2021", "06/05/2021"]), Some(DayOrder::DayFirst));
        assert_eq!(order(&["05/17/2021", "6/5/2021", "2021-05-06"]), Some(DayOrder::MonthFirst));
        assert_eq!(order(&["05/17/2021", "17/05/2021", "06/05/2021"]), None, "they do not agree");
        assert_eq!(order(&["06/05/2021", "05/05/2021", "17.05.2021"]), None, "nothing shows it");
        assert_eq!(order(&["17/05/2021"]), None, "nothing needs it");
        let read = |order| day_by("06/05/2021", Some(order)).map(|(day, _)| day.to_string());
        assert_eq!(read(DayOrder::DayFirst).as_deref(), Some("2021-05-06"));
        assert_eq!(read(DayOrder::MonthFirst).as_deref(), Some("2021-06-05"));
    }

    #[test]
    fn days_in_a_sentence_have_their_places() {
        let text = "Trial (2026-01-03 to 2026-01-17), closed on March 2, 2026 as v2";
        let found: Vec<&str> = days(text).iter().map(|(_, start, end)| &text[*start..*end]).collect();
        assert_eq!(found, ["2026-01-03", "2026-01-17", "March 2, 2026"]);
        let text = "am 2.3.2026\u{a0}— Sept.\u{a0}2, 2026 (—March\u{a0}3, 2026), 于2026-04-05";
        let found: Vec<&str> = days(text).iter().map(|(_, start, end)| &text[*start..*end]).collect();
        assert_eq!(found, ["2.3.2026", "Sept.\u{a0}2, 2026", "March\u{a0}3, 2026", "2026-04-05"]);
        for text in ["Swift 5.9 and 12 more", "in v1.2.2026.4", "since v1.2.2026", "version 3.1.2.2026"] {
            assert_eq!(days(text), [], "{text}");
        }
    }
}
