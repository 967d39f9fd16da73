//! iCalendar (RFC 5545) as it is written: lines that are escaped, folded and ended as the standard asks.

use crate::date::{Date, Offset, Timestamp};

/// Octets in a line, without its end.
const LONGEST_LINE: usize = 75;

/// A calendar that is being written.
pub(super) struct Ics {
    out: String,
}

impl Ics {
    /// Starts a calendar of this name.
    pub(super) fn new(name: &str) -> Ics {
        let mut ics = Ics { out: String::new() };
        ics.line("BEGIN:VCALENDAR");
        ics.line("VERSION:2.0");
        ics.line("PRODID:-//Precedent//Precedent//EN");
        ics.line("CALSCALE:GREGORIAN");
        // Both are in use: the second came before the standard had the first.
        ics.text("NAME", name);
        ics.text("X-WR-CALNAME", name);
        ics
    }

    /// Writes one line, whose content is right as it is.
    pub(super) fn line(&mut self, line: &str) {
        let mut room = LONGEST_LINE;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.out.push_str("\r\n ");
                room = LONGEST_LINE - 1;
            }
            room -= c.len_utf8();
            self.out.push(c);
        }
        self.out.push_str("\r\n");
    }

    /// Writes a property whose value is a text.
    pub(super) fn text(&mut self, property: &str, text: &str) {
        self.line(&format!("{property}:{}", escaped(text)));
    }

    /// Writes a property whose value is a day.
    pub(super) fn day(&mut self, property: &str, day: Date) {
        self.line(&format!("{property};VALUE=DATE:{}", compact(day)));
    }

    /// Writes a property whose value is an instant.
    pub(super) fn instant(&mut self, property: &str, at: Timestamp) {
        let at = Offset::UTC.to_datetime(at);
        let (hour, minute, second) = (at.hour(), at.minute(), at.second());
        self.line(&format!("{property}:{}T{hour:02}{minute:02}{second:02}Z", compact(at.date())));
    }

    /// Writes the start of a day as an instant.
    pub(super) fn midnight(&mut self, property: &str, day: Date) {
        self.line(&format!("{property}:{}T000000Z", compact(day)));
    }

    /// Ends the calendar, and gives its bytes.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.line("END:VCALENDAR");
        self.out.into_bytes()
    }
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A text as it stands in a value: without control characters, which the standard does not allow.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        for (c, most) in [("x", 75), ("é", 37), ("日", 25), ("😀", 18)] {
            for length in 0..200 {
                let line = c.repeat(length);
                let mut ics = Ics { out: String::new() };
                ics.line(&line);
                let written = ics.out.strip_suffix("\r\n").unwrap();
                assert!(written.split("\r\n").all(|part| part.len() <= LONGEST_LINE), "{length} of {c}");
                assert_eq!(written.replace("\r\n ", ""), line);
                assert_eq!(written.contains("\r\n"), length > most);
            }
        }
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escaped("a; b, c\\d\r\ne\u{0}\u{7f}\u{85}\tf:\"g\""), "a\\; b\\, c\\\\d\\ne f:\"g\"");
    }
}
