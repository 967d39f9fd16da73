//! `Key: value` on a line: in a list, in bold, in a block quote, as in a mail, and several on one line.

use super::field::{Field, Holder, trimmed};
use super::form::Format;
use super::key::{Key, LONGEST};
use super::people::ends_entity;
use crate::text::{Span, whole_lines};

/// Marks that part several fields on a line.
const MARKS: &[char] = &['·', '|', '•', ';', '/', '—', '–'];

/// A line of a text, without its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
}

/// The lines of a part of a text, each with its place.
pub(super) fn lines(text: &str, part: Span) -> impl Iterator<Item = Line<'_>> {
    let mut start = part.range().start;
    whole_lines(part.of(text)).map(move |line| {
        let here = Line { text: line.trim_end_matches(['\n', '\r']), start };
        start += line.len();
        here
    })
}

/// The fields on the lines of a part of a text, and how they are written.
pub(super) fn read(text: &str, part: Span) -> (Vec<Field>, Option<Format>) {
    let mut fields: Vec<Field> = Vec::new();
    let mut format = None;
    let (mut fence, mut comment) = (false, false);
    // Where the last field may still go on: its indent.
    let mut open: Option<usize> = None;
    for line in lines(text, part) {
        let bare = line.text.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fence = !fence;
        }
        comment = (comment || bare.starts_with("<!--")) && !bare.contains("-->");
        if fence || comment || bare.is_empty() || bare.starts_with('#') {
            open = None;
            continue;
        }
        let opening = Opening::of(line.text);
        let found = fields_on(text, line, opening.length);
        if let Some(last) = found.last() {
            open = Some(opening.indent);
            // A list in which one item has lost its mark is a list.
            format = match (format, opening.format(last, bare)) {
                (_, Format::Bullets) => Some(Format::Bullets),
                (format, own) => format.or(Some(own)),
            };
            fields.extend(found);
        } else if let (Some(indent), Some(field)) = (open, fields.last_mut()) {
            // What is set deeper than the key, or stands below a key without a value, belongs to it.
            let value = field.value.span;
            let is_deeper =
                opening.indent > indent || (opening.indent == indent && opening.is_item && value.is_empty());
            let is_below = value.is_empty() && !opening.is_item && opening.indent >= indent;
            if (is_deeper && !is_strange_key(bare)) || is_below {
                let start = if value.is_empty() { line.start } else { value.range().start };
                field.value.span = trimmed(text, Span::new(start, line.start + line.text.len()));
            } else {
                open = None;
            }
        }
    }
    // Words are taken up when it is known how far they go: a value may go on over very many lines.
    for value in fields.iter_mut().map(|field| &mut field.value) {
        if value.value.len() != value.span.range().len() {
            value.value = value.span.of(text).to_owned();
        }
    }
    (fields, format)
}

/// What stands before the words of a line.
struct Opening {
    /// Bytes of marks before the words.
    length: usize,
    /// Blanks before the first mark.
    indent: usize,
    is_item: bool,
}

impl Opening {
    fn of(line: &str) -> Opening {
        let indent = line.len() - line.trim_start().len();
        let mut rest = line.trim_start();
        while let Some(inner) = rest.strip_prefix('>') {
            rest = inner.trim_start();
        }
        let item = ["- ", "* ", "+ ", "-\t", "*\t", "• "].iter().find_map(|mark| rest.strip_prefix(mark));
        let rest_of_item = item.map(str::trim_start);
        let is_item = item.is_some();
        let rest = rest_of_item.unwrap_or(rest);
        Opening { length: line.len() - rest.len(), indent, is_item }
    }

    fn format(&self, field: &Field, bare: &str) -> Format {
        if self.is_item {
            Format::Bullets
        } else if bare.starts_with(['*', '_', '>', '`']) || field.name.value.contains('*') {
            Format::Lines
        } else {
            Format::Headers
        }
    }
}

/// `Other: value`, a key that nobody knows: the field above ends before it.
fn is_strange_key(bare: &str) -> bool {
    let bare = bare.trim_start_matches(['-', '*', '_', '+', ' ', '>']);
    bare.split_once(':').is_some_and(|(key, rest)| {
        let is_short = !key.is_empty() && key.len() <= LONGEST && key.split(' ').count() <= 3;
        is_short && !rest.starts_with("//") && key.chars().all(|c| c.is_alphanumeric() || " -_*()".contains(c))
    })
}

/// The fields of one line, whose words start at `from`.
fn fields_on(text: &str, line: Line<'_>, from: usize) -> Vec<Field> {
    let Some(first) = line.text.get(from..).and_then(Keyed::read) else { return Vec::new() };
    let mut fields = Vec::new();
    let (mut keyed, mut at) = (first, from);
    loop {
        let start = at + keyed.value;
        let rest = line.text.get(start..).unwrap_or("");
        let next = next_key(rest);
        let end = next.as_ref().map_or(line.text.len(), |(mark, ..)| start + mark);
        let value = line.text.get(start..end).unwrap_or("");
        let value = undressed(value, keyed.is_open);
        let (lead, length) = (value.0, value.1);
        let name = Span::new(line.start + at + keyed.name.0, line.start + at + keyed.name.1);
        let place = Span::new(line.start + start + lead, line.start + start + lead + length);
        // `Status: **Status: Active**` says its key twice.
        let is_repeated = length == 0 && next.as_ref().is_some_and(|(.., following)| following.key == keyed.key);
        if !is_repeated {
            fields.push(Field::at(text, keyed.key, (name, place), Holder::Line));
        }
        let Some((_, offset, following)) = next else { return fields };
        at = start + offset;
        keyed = following;
    }
}

/// Where a value's own words are: without the marks of an emphasis that opened before the key, and without a hard break.
fn undressed(value: &str, is_open: bool) -> (usize, usize) {
    let mut words = value.trim_end();
    words = words.strip_suffix('\\').unwrap_or(words).trim_end();
    for tag in ["<br>", "<br/>", "<br />"] {
        words = words.strip_suffix(tag).unwrap_or(words).trim_end();
    }
    let bare = words.trim_end_matches(|c: char| MARKS.contains(&c) && c != '—' && c != '–');
    // What closes an entity parts nothing.
    let is_entity = words.get(bare.len()..).is_some_and(|rest| rest.starts_with(';')) && ends_entity(bare);
    words = words.get(..bare.len() + usize::from(is_entity)).unwrap_or(bare).trim_end();
    if is_open {
        words = words.trim_end_matches(['*', '_', '`']);
    }
    let inner = words.trim_start();
    (words.len() - inner.len(), inner.len())
}

/// The next field further on in a line: where the value before it ends, where it starts, and itself.
fn next_key(rest: &str) -> Option<(usize, usize, Keyed)> {
    let places = rest.char_indices().filter(|(at, c)| {
        MARKS.contains(c) || (*c == '*' && rest.get(*at..).is_some_and(|rest| rest.starts_with("**")))
    });
    for (at, c) in places {
        let (end, start) = match c {
            '*' => (at, at),
            mark => (at, at + mark.len_utf8()),
        };
        let after = rest.get(start..)?;
        let blanks = after.len() - after.trim_start().len();
        // A second field is known by a known key with its colon, set off from the value by a mark, or in bold.
        if let Some(keyed) = Keyed::read(after.trim_start()) {
            return Some((end, start + blanks, keyed));
        }
    }
    None
}

/// A key at the start of some words.
struct Keyed {
    key: Key,
    /// Where its name is.
    name: (usize, usize),
    /// Where its value starts.
    value: usize,
    /// Whether an emphasis opens before the key and goes on in the value: `**Status: Active**`.
    is_open: bool,
}

impl Keyed {
    /// `Status: x`, `**Status:** x`, `**Status**: x`, `**Status: x**`, `` `Status`: x ``.
    fn read(words: &str) -> Option<Keyed> {
        let inner = words.trim_start_matches(['*', '_', '`']);
        let dress = words.len() - inner.len();
        let window = inner.char_indices().map(|(at, c)| (at, c.len_utf8())).take_while(|(at, _)| *at <= LONGEST + 6);
        let end = window.last().map_or(0, |(at, length)| at + length);
        let (colon, mark) = inner.get(..end)?.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
        let written = inner.get(..colon)?;
        let name = written.trim_end_matches(['*', '_', '`', ' ']);
        let key = Key::named(name)?;
        let after = inner.get(colon + mark.len_utf8()..)?;
        let closing = after.len() - after.trim_start_matches(['*', '_', '`']).len();
        let closes_before = written.trim_end().len() > name.len();
        // Marks behind the colon close the key's emphasis only as far as one was opened.
        let closing = if dress == 0 || closes_before { 0 } else { closing.min(dress) };
        // `Status::x` and `https://` are no keys; a value is set off by a blank, a mark or the line's end.
        let value = after.get(closing..)?;
        let is_apart = mark == '：'
            || value.is_empty()
            || value.starts_with(|c: char| c.is_whitespace() || "*_`[{<\"".contains(c))
            || dress > 0;
        is_apart.then(|| Keyed {
            key,
            name: (dress, dress + name.len()),
            value: dress + colon + mark.len_utf8() + closing,
            is_open: dress > 0 && closing == 0 && !closes_before,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `key=value` for each field.
    fn fields(text: &str) -> Vec<String> {
        let (fields, _) = read(text, Span::new(0, text.len()));
        let show = |field: &Field| {
            assert_eq!(field.value.span.of(text), field.value.value);
            assert_eq!(field.name.span.of(text), field.name.value);
            format!("{:?}={}", field.key, field.value.value)
        };
        fields.iter().map(show).collect()
    }

    #[test]
    fn fields_are_read_in_every_dress() {
        for text in [
            "Status: Accepted",
            "**Status:** Accepted",
            "**Status**: Accepted",
            "* **Status:** Accepted",
            "- Status: Accepted",
            "> **Status:** Accepted",
            "**Status: Accepted**\\",
            "*Status:* Accepted<br>",
            "__Status:__ Accepted",
            "- `Status`: Accepted",
            "Status：Accepted",
            "- Status: **Status: Accepted**",
        ] {
            assert_eq!(fields(text).first().map(String::as_str).unwrap_or(""), "Status=Accepted", "{text}");
        }
        assert_eq!(
            fields("* **Status:** **superseded by [ADR 9](9-x.md)** — note"),
            ["Status=**superseded by [ADR 9](9-x.md)** — note"]
        );
    }

    #[test]
    fn several_fields_stand_on_a_line() {
        let both = ["Status=Accepted", "Created=2026-01-02"];
        for text in [
            "**Status:** Accepted · **Date:** 2026-01-02",
            "Status: Accepted | Date: 2026-01-02",
            "**Status:** Accepted **Date:** 2026-01-02",
        ] {
            assert_eq!(fields(text), both, "{text}");
        }
        assert_eq!(fields("Status: accepted — note: none"), ["Status=accepted — note: none"]);
    }

    #[test]
    fn values_go_on_below() {
        assert_eq!(fields("- Deciders:\n  - A\n  - B\n- Status: x"), ["Deciders=- A\n  - B", "Status=x"]);
        assert_eq!(fields("Author: A,\n        B\nStatus: Draft"), ["Authors=A,\n        B", "Status=Draft"]);
        assert_eq!(fields("* **Status:**\n  accepted\n\ntext"), ["Status=accepted"]);
        assert_eq!(fields("Status:\n\ntext"), ["Status="]);
    }

    #[test]
    fn prose_is_no_field() {
        for text in [
            "The status: it hangs",
            "Status quo: we wait",
            "Note: x",
            "```\nStatus: x\n```",
            "<!-- \nStatus: x\n-->",
            "Status",
        ] {
            assert_eq!(fields(text), [""; 0], "{text}");
        }
    }
}
