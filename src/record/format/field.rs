//! One thing that a record says of itself outside a head of the house, and where.

use super::key::Key;
use crate::text::{Span, Spanned};

/// How far the end of a label, an address or a tag is looked for, in bytes: were it sought further, many that do not end would
/// take the square of their number.
const NEAR: usize = 400;

/// Entities that people write by their names.
const ENTITIES: &[(&str, char)] =
    &[("lt", '<'), ("gt", '>'), ("amp", '&'), ("nbsp", ' '), ("quot", '"'), ("ndash", '–'), ("mdash", '—')];

/// A key and its value as they stand in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What it says.
    pub key: Key,
    /// The key as written.
    pub name: Spanned<String>,
    /// The value as written, with its markup; empty where nothing is written.
    pub value: Spanned<String>,
    /// In what it stands.
    pub holder: Holder,
}

/// What a field stands in: how much of the text is there only to say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The head, or the file of data beside the text.
    Head,
    /// A line, with those that it goes on over.
    Line,
    /// A row of a Markdown table.
    Row,
    /// A column of a Markdown table whose first row holds the keys.
    Column,
    /// A row of an HTML table.
    HtmlRow,
    /// A section of its own, heading included.
    Section(Span),
    /// A line in a section that stands in place of a head, such as *Meta*.
    Meta(Span),
    /// A line of the text that readers need where it is, as in a section *Links*.
    Text,
}

impl Field {
    /// A field from two places of a text; blanks around the value are left off.
    pub(super) fn at(text: &str, key: Key, (name, value): (Span, Span), holder: Holder) -> Field {
        let (name, value) = (trimmed(text, name), trimmed(text, value));
        Field {
            key,
            name: Spanned::new(name.of(text).to_owned(), name),
            value: Spanned::new(value.of(text).to_owned(), value),
            holder,
        }
    }
}

/// A span without the blanks at its ends.
pub(in crate::record) fn trimmed(text: &str, span: Span) -> Span {
    let whole = span.of(text);
    let start = span.range().start + (whole.len() - whole.trim_start().len());
    Span::new(start, start + whole.trim().len())
}

/// The words that a reader sees of a text: links by their words, without emphasis, code marks, tags and escapes.
pub fn shown(markdown: &str) -> String {
    let mut words = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or("");
        rest = match c {
            '[' => match link(rest) {
                Some((label, _, length)) => {
                    words.push_str(&shown(label));
                    rest.get(length..).unwrap_or("")
                }
                None => {
                    words.push(c);
                    after
                }
            },
            '*' | '`' => after,
            '_' if words.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric) => {
                words.push(c);
                after
            }
            '_' => after,
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => after,
            '<' if after.starts_with("!--") => after.find("-->").and_then(|end| after.get(end + 3..)).unwrap_or(""),
            '<' => match near(after).find('>').filter(|end| is_tag(after.get(..*end).unwrap_or(""))) {
                Some(end) => {
                    words.push(' ');
                    after.get(end + 1..).unwrap_or("")
                }
                None => {
                    words.push(c);
                    after
                }
            },
            '&' => match entity(rest) {
                Some((letter, length)) => {
                    words.push(letter);
                    rest.get(length..).unwrap_or("")
                }
                None => {
                    words.push(c);
                    after
                }
            },
            c => {
                words.push(c);
                after
            }
        };
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The label, the address and the length in bytes of the link that a text opens with: `[label](address)`.
pub(super) fn link(text: &str) -> Option<(&str, &str, usize)> {
    let inner = text.strip_prefix('[')?;
    let mut depth = 1_usize;
    let end = near(inner).char_indices().find_map(|(at, c)| {
        depth = match c {
            '[' => depth + 1,
            ']' => depth - 1,
            _ => depth,
        };
        (depth == 0).then_some(at)
    })?;
    let label = inner.get(..end)?;
    let address = inner.get(end + 1..)?.strip_prefix('(')?;
    let is_close = |close: &usize| address.get(*close..).is_some_and(|rest| rest.starts_with(')'));
    let close = near(address).find([')', '\n']).filter(is_close)?;
    let whole = 1 + end + 1 + 1 + close + 1;
    let address = address.get(..close)?.trim();
    let address = address.split_whitespace().next().unwrap_or("").trim_matches(['<', '>']);
    Some((label, address, whole))
}

/// The beginning of a text, as far as an end is looked for in it.
fn near(text: &str) -> &str {
    text.get(..text.floor_char_boundary(NEAR)).unwrap_or(text)
}

/// The letter that an entity of HTML stands for, and the entity's length: `&lt;`, `&#x31;`.
fn entity(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('&')?;
    let name = inner.get(..inner.char_indices().take(10).find(|(_, c)| *c == ';')?.0)?;
    let letter = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
            char::from_u32(code).filter(|letter| !letter.is_control())?
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter)?,
    };
    Some((letter, name.len() + 2))
}

/// `br`, `/td`, `a href="x"`; not `a@example.org` and not `3`.
fn is_tag(inner: &str) -> bool {
    let name = inner.trim_start_matches('/').split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("");
    !name.is_empty() && name.len() < 12 && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_without_marks() {
        for (written, words) in [
            ("**superseded by** [ADR-0005](0005-x.md)", "superseded by ADR-0005"),
            ("`proposed` _now_ snake_case", "proposed now snake_case"),
            ("Jane &lt;jane@example.org&gt;, <b>x</b> <j@example.org>", "Jane <jane@example.org>, x <j@example.org>"),
            ("[[1] x](a.md \"t\") [left", "[1] x [left"),
            (r"P\&D", "P&D"),
            ("&#x31;2 &#50; &amp; &nosuch; &", "12 2 & &nosuch; &"),
        ] {
            assert_eq!(shown(written), words);
        }
    }
}
