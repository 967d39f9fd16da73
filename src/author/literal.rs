//! Values as they are written in a front matter.

use crate::date::{Date, Moment};
use std::fmt::Write;

/// A value that a command writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// Words.
    Text(String),
    /// A day or a moment, which both languages write without quotes.
    Bare(String),
}

/// Words that YAML would take for something else.
const NOT_PLAIN: &[&str] = &["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

impl Literal {
    /// Words.
    pub fn text(text: impl Into<String>) -> Literal {
        Literal::Text(text.into())
    }

    /// A day.
    pub fn day(day: Date) -> Literal {
        Literal::Bare(day.to_string())
    }

    /// A day, or a moment: as somebody wrote it where TOML and YAML take it so, else in universal time.
    pub fn moment(moment: Moment, written: &str) -> Literal {
        let written = written.trim();
        Literal::Bare(match moment {
            Moment::Day(day) => day.to_string(),
            Moment::Instant { .. } if is_full(written) => written.to_owned(),
            Moment::Instant { at, .. } => at.to_string(),
        })
    }

    /// What a reader of the front matter gets to see.
    pub(super) fn words(&self) -> &str {
        match self {
            Literal::Text(text) | Literal::Bare(text) => text,
        }
    }

    /// As TOML; `old` is what it takes the place of, whose way of quoting is kept where it can be.
    pub(super) fn toml(&self, old: &str) -> String {
        match self {
            Literal::Bare(text) => text.clone(),
            Literal::Text(text) if old.starts_with('\'') && is_simple(text) => format!("'{text}'"),
            Literal::Text(text) => quoted(text),
        }
    }

    /// As YAML; `old` is what it takes the place of, whose way of quoting is kept where it can be.
    pub(super) fn yaml(&self, old: &str) -> String {
        match self {
            Literal::Bare(text) => text.clone(),
            Literal::Text(text) if old.starts_with('\'') && is_simple(text) => format!("'{text}'"),
            Literal::Text(text) if !old.starts_with('"') && is_plain(text) => text.clone(),
            Literal::Text(text) => quoted(text),
        }
    }
}

/// Whether a moment is written to the second, with its offset: `2026-03-12T10:00:00+01:00`.
fn is_full(moment: &str) -> bool {
    let shape: String = moment.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    ["0000-00-00T00:00:00Z", "0000-00-00T00:00:00+00:00", "0000-00-00T00:00:00-00:00"].contains(&shape.as_str())
}

/// Whether a text may stand between single quotes as it is.
fn is_simple(text: &str) -> bool {
    !text.contains('\'') && !text.contains(char::is_control)
}

/// Whether YAML reads a text without quotes as that very text.
fn is_plain(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/');
    let opens = text.starts_with(char::is_alphabetic) && !text.ends_with(' ');
    opens && text.chars().all(is_word) && !NOT_PLAIN.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// A text between double quotes: what both languages escape in the same way.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // Next line and byte order marks are no letters to YAML either.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_its_offset() {
        for (written, literal) in [
            ("2026-03-12T10:00:00+01:00", "2026-03-12T10:00:00+01:00"),
            ("2026-03-12 10:00+01:00", "2026-03-12T09:00:00Z"),
            (" 2026-03-12 ", "2026-03-12"),
        ] {
            let moment = Moment::parse(written).unwrap();
            assert_eq!(Literal::moment(moment, written), Literal::Bare(literal.to_owned()));
        }
    }

    #[test]
    fn the_way_of_quoting_is_kept() {
        let text = Literal::text("formal-review");
        assert_eq!(
            (text.toml("\"x\""), text.toml("'x'")),
            ("\"formal-review\"".to_owned(), "'formal-review'".to_owned())
        );
        assert_eq!(text.yaml("x"), "formal-review");
        assert_eq!(
            (text.yaml("'x'"), text.yaml("\"x\"")),
            ("'formal-review'".to_owned(), "\"formal-review\"".to_owned())
        );
        assert_eq!(Literal::text("it's").toml("'x'"), "\"it's\"");
        for odd in ["no", "41 ms", "a: b", "- x", "", "#1", "@sre", "x ", "2026-03-01"] {
            assert_eq!(Literal::text(odd).yaml("x"), format!("\"{odd}\""));
        }
        assert_eq!(Literal::text("a\"b\\c\nd\u{1}").toml(""), "\"a\\\"b\\\\c\\nd\\u0001\"");
    }
}
