//! What a form says of people, days and tickets, put where a head of the house has it.

use super::decision::{Consulted, Daci};
use super::format::{DayNumbers, Field, Key, Stated, day_by, days, ends_entity, names, shown};
use super::front_matter::FrontMatter;
use super::identity;
use crate::config::DayOrder;
use crate::date::{Date, parse_date};
use crate::diagnostic::Diagnostic;
use crate::text::{Location, SourcePath, Span, Spanned};

impl FrontMatter {
    /// Adds what the record says elsewhere; what the head says itself comes first. A day that cannot be read is reported. `order`
    /// says which number of `03/04/2026` is the day.
    pub(super) fn complete(&mut self, stated: &Stated, path: &SourcePath, order: Option<DayOrder>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if stated.format.is_native() {
            return found;
        }
        for (key, place) in [(Key::Created, &mut self.created), (Key::Updated, &mut self.updated)] {
            if place.is_none() {
                let fields: Vec<&Field> = stated.all(key).collect();
                let of_name = identity::day_of(path);
                let same = |field: &&&Field| of_name.is_some_and(|day| has_numbers_of(&shown(&field.value.value), day));
                let by_name =
                    || fields.iter().find(same).and_then(|field| Some(Spanned::new(of_name?, field.value.span)));
                *place = fields.iter().find_map(|field| read_day(field, None)).or_else(by_name);
                *place = place.or_else(|| fields.iter().find_map(|field| read_day(field, order)));
                if place.is_none() {
                    found.extend(fields.first().and_then(|field| unread_day(field, path)));
                }
            }
        }
        if self.created.is_none() {
            self.created = identity::day_of(path).map(|day| Spanned::new(day, Span::default()));
        }
        if self.summary.is_none() {
            self.summary = stated.first(Key::Summary).map(plain).filter(|summary| !summary.value.is_empty());
        }
        if self.tags.is_empty() {
            self.tags = stated.all(Key::Tags).flat_map(tags).collect();
        }
        if self.tracking.is_empty() {
            self.tracking = stated.all(Key::Tracking).filter_map(ticket).collect();
        }
        self.add_people(stated);
        found
    }

    /// Authors drive, deciders approve, reviewers contribute.
    fn add_people(&mut self, stated: &Stated) {
        let people =
            |key: Key| -> Vec<Spanned<String>> { stated.all(key).flat_map(|field| names(&field.value)).collect() };
        if self.consulted.is_empty() {
            let alone = |who: Spanned<String>| {
                let span = who.span;
                Spanned::new(Consulted { who: Some(who), on: None, stance: None, outcome: None }, span)
            };
            self.consulted = people(Key::Consulted).into_iter().map(alone).collect();
        }
        if self.daci.is_some() {
            return;
        }
        let mut authors = people(Key::Authors).into_iter();
        let driver = authors.next();
        let contributors: Vec<_> = authors.chain(people(Key::Contributors)).collect();
        let daci = Daci { driver, approver: people(Key::Deciders), contributors, informed: people(Key::Informed) };
        let named = daci.driver.iter().chain(&daci.approver).chain(&daci.contributors).chain(&daci.informed);
        let span = named
            .map(|name| name.span)
            .reduce(|one, other| Span { start: one.start.min(other.start), end: one.end.max(other.end) });
        self.daci = span.map(|span| Spanned::new(daci, span));
    }
}

/// What the days of a record show of the order of their numbers.
pub(super) fn day_numbers(stated: &Stated) -> DayNumbers {
    let days = stated.all(Key::Created).chain(stated.all(Key::Updated));
    days.fold(DayNumbers::default(), |all, field| all.and(DayNumbers::of(&field.value.value)))
}

fn read_day(field: &Field, order: Option<DayOrder>) -> Option<Spanned<Date>> {
    if let Some(day) = day_of_list(field) {
        return Some(day);
    }
    let Some((day, length)) = day_by(&field.value.value, order) else {
        // Written with links, entities or other markup, it is pointed at as a whole.
        return day_by(&shown(&field.value.value), order).map(|(day, _)| Spanned::new(day, field.value.span));
    };
    let lead = field.value.value.get(..length)?;
    let start = lead.find(|c: char| c.is_alphanumeric()).unwrap_or(0);
    let place = field.value.span;
    // A value that was quoted or escaped is pointed at as a whole.
    let is_plain = place.range().len() == field.value.value.len();
    let span = if is_plain { Span::new(place.range().start + start, place.range().start + length) } else { place };
    Some(Spanned::new(day, span))
}

/// What a list of days says, such as one of all changes: the first day it was written, the last it was changed.
fn day_of_list(field: &Field) -> Option<Spanned<Date>> {
    let value = &field.value.value;
    if !["- ", "* ", "+ "].iter().any(|mark| value.starts_with(mark)) {
        return None;
    }
    let days = days(value).into_iter().map(|(day, ..)| day);
    let day = if field.key == Key::Updated { days.max() } else { days.min() }?;
    Some(Spanned::new(day, field.value.span))
}

/// Whether a text has the numbers of a day in any order: `12/06/2023` in a file whose name opens with `20230612`.
fn has_numbers_of(words: &str, day: Date) -> bool {
    let numbers = words.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    let mut numbers: Vec<i16> = numbers.filter_map(|number| number.parse().ok()).collect();
    let mut wanted = vec![day.year(), i16::from(day.month()), i16::from(day.day())];
    numbers.sort_unstable();
    wanted.sort_unstable();
    numbers == wanted
}

/// A finding on a value that ought to be a day; a blank, a dash and a template's words are none.
fn unread_day(field: &Field, path: &SourcePath) -> Option<Diagnostic> {
    let words = shown(&field.value.value);
    let is_said = words.contains(|c: char| c.is_ascii_digit()) && !words.starts_with(['{', '[', '<']);
    let message = format!("`{}` is `{}`, which is not one day", field.name.value, short(&words));
    let help = match is_month(&words) {
        true => "write the day, too",
        false => "write it as year-month-day, such as `2026-03-10`",
    };
    is_said.then(|| Diagnostic::new("invalid-value", path, field.value.span, message).with_help(help))
}

/// Whether words are a year and a month: `2022-09`.
fn is_month(words: &str) -> bool {
    parse_date(&format!("{words}-01")).is_some()
}

/// Adds what is said of days that cannot be read, save of those that the head's own reader has refused.
pub(super) fn add_unread(found: &mut Vec<Diagnostic>, unread: Vec<Diagnostic>) {
    if unread.is_empty() {
        return;
    }
    let known: Vec<Location> = found.iter().map(|finding| finding.primary.clone()).collect();
    found.extend(unread.into_iter().filter(|finding| !known.contains(&finding.primary)));
}

fn short(words: &str) -> String {
    match words.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or("")),
        None => words.to_owned(),
    }
}

fn plain(field: &Field) -> Spanned<String> {
    Spanned::new(shown(&field.value.value), field.value.span)
}

/// The tags of a value, parted by commas, or by blanks where there are none.
fn tags(field: &Field) -> Vec<Spanned<String>> {
    let (value, start) = (field.value.value.as_str(), field.value.span.range().start);
    // The semicolon that closes an entity parts nothing.
    let is_mark = |(at, c): &(usize, char)| match c {
        ',' | '\n' => true,
        ';' => !value.get(..*at).is_some_and(ends_entity),
        _ => false,
    };
    let has_marks = value.char_indices().any(|place| is_mark(&place));
    let parts = |place: &(usize, char)| if has_marks { is_mark(place) } else { place.1 == ' ' };
    let ends = value.char_indices().filter(parts).map(|(at, _)| at).chain([value.len()]);
    let mut at = 0;
    let mut found = Vec::new();
    for end in ends {
        let part = value.get(at..end).unwrap_or("");
        let dress = |c: char| c.is_whitespace() || "-*_`[]#\"'".contains(c);
        let bare = part.trim_matches(dress);
        let lead = part.len() - part.trim_start_matches(dress).len();
        // Without an entity, marks within a tag are its own: `snake_case`.
        let words = if bare.contains('&') { shown(bare) } else { bare.to_owned() };
        let words = words.trim();
        if words.contains(char::is_alphanumeric) && !part.trim_start().starts_with(['{', '<']) && words.len() <= 60 {
            let from = start + at + lead;
            found.push(Spanned::new(words.to_owned(), Span::new(from, from + bare.len())));
        }
        at = end + 1;
    }
    found
}

/// The address or the ticket that a value names.
fn ticket(field: &Field) -> Option<Spanned<String>> {
    let value = field.value.value.as_str();
    let at = ["https://", "http://"].into_iter().filter_map(|scheme| value.find(scheme)).min();
    let start = at.unwrap_or(0);
    let rest = value.get(start..)?;
    let end = rest.find(|c: char| c.is_whitespace() || "()<>[]\"'`,*".contains(c)).unwrap_or(rest.len());
    let word = rest.get(..end)?;
    let is_ticket = match at {
        Some(_) => word.len() > "https://".len(),
        None => word.len() == value.len() && word.contains(|c: char| c.is_ascii_digit()) && word.contains('-'),
    };
    let place = Span::new(field.value.span.range().start + start, field.value.span.range().start + start + end);
    is_ticket.then(|| Spanned::new(word.to_owned(), place))
}

#[cfg(test)]
mod tests {
    use super::super::format::Holder;
    use super::*;

    #[test]
    fn tags_are_parted_by_commas_or_blanks_and_read_as_they_are_shown() {
        let named = |value: &str| {
            let value = Spanned::new(value.to_owned(), Span::new(10, 10 + value.len()));
            let name = Spanned::new("Tags".to_owned(), Span::default());
            let field = Field { key: Key::Tags, name, value, holder: Holder::Head };
            tags(&field).into_iter().map(|tag| tag.value).collect::<Vec<_>>()
        };
        assert_eq!(named("mail, [the queue]; `snake_case`"), ["mail", "the queue", "snake_case"]);
        assert_eq!(named("mail queue"), ["mail", "queue"]);
        assert_eq!(named("the&#x20;queue, R&amp;D&#x20;, mail&#x20;"), ["the queue", "R&D", "mail"]);
        assert_eq!(named("R&amp;D mail"), ["R&D", "mail"]);
        assert_eq!(named("R&D; mail"), ["R&D", "mail"]);
        assert_eq!(named("&#x20;, {tag}, -"), [""; 0]);
    }

    #[test]
    fn a_ticket_is_an_address_or_a_name_of_its_own() {
        let named = |value: &str| {
            let value = Spanned::new(value.to_owned(), Span::new(10, 10 + value.len()));
            let name = Spanned::new("Ticket".to_owned(), Span::default());
            let field = Field { key: Key::Tracking, name, value, holder: Holder::Head };
            let ticket = ticket(&field)?;
            let place = ticket.span.range();
            assert_eq!(field.value.value.get(place.start - 10..place.end - 10), Some(ticket.value.as_str()));
            Some(ticket.value)
        };
        for (value, wanted) in [
            ("PAY-412", "PAY-412"),
            ("CHECKOUT-1234", "CHECKOUT-1234"),
            ("[#7](https://example.org/7)", "https://example.org/7"),
            ("the http proxy: https://example.org/8", "https://example.org/8"),
            ("http://example.org/9, https://example.org/10", "http://example.org/9"),
        ] {
            assert_eq!(named(value).as_deref(), Some(wanted), "{value}");
        }
        for value in ["", "none", "https://", "http://", "ask the team of PAY-412", "the http proxy"] {
            assert_eq!(named(value), None, "{value}");
        }
    }
}
