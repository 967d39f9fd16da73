//! An HTML table above the text, with a key and its value in each row.

use super::field::{Field, Holder};
use super::key::Key;
use crate::text::Span;

/// The fields of the first HTML table in a part of a text.
pub(super) fn read(text: &str, part: Span) -> Vec<Field> {
    let whole = part.of(text);
    let Some(open) = find(whole, "<table", 0) else { return Vec::new() };
    let end = find(whole, "</table", open).unwrap_or(whole.len());
    let table = whole.get(open..end).unwrap_or("");
    let start = part.range().start + open;
    let mut fields = Vec::new();
    for row in pieces(table, "<tr") {
        let cells: Vec<Span> = cells(table, row).into_iter().map(|cell| cell.shift(start)).collect();
        if let [name, value, ..] = cells.as_slice() {
            let words = super::field::shown(name.of(text));
            let key = Key::named(words.trim_end_matches(':'));
            fields.extend(key.map(|key| Field::at(text, key, (*name, *value), Holder::HtmlRow)));
        }
    }
    fields
}

/// The parts of a text that a tag opens, each up to the next such tag; a closing tag may be missing.
fn pieces(text: &str, tag: &str) -> Vec<Span> {
    let mut starts = Vec::new();
    let mut at = 0;
    while let Some(start) = find(text, tag, at) {
        starts.push(start);
        at = start + tag.len();
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| Span::new(*start, end)).collect()
}

/// What is in the cells of a row, without their tags.
fn cells(text: &str, row: Span) -> Vec<Span> {
    let whole = row.of(text);
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let next = [find(whole, "<td", at), find(whole, "<th", at)].into_iter().flatten().min();
        let Some(start) = next.and_then(|next| whole.get(next..)?.find('>').map(|end| next + end + 1)) else {
            return cells;
        };
        let ends = [
            find(whole, "</td", start),
            find(whole, "</th", start),
            find(whole, "</tr", start),
            find(whole, "<td", start),
        ];
        let end = ends.into_iter().flatten().min().unwrap_or(whole.len());
        cells.push(Span::new(start, end).shift(row.range().start));
        at = end;
    }
}

/// Where a tag stands at or after `from`, in any case of letters.
fn find(text: &str, tag: &str, from: usize) -> Option<usize> {
    let places = memchr::memchr_iter(b'<', text.as_bytes().get(from..)?).map(|at| from + at);
    places.into_iter().find(|at| {
        let is_tag = text.get(*at..at + tag.len()).is_some_and(|here| here.eq_ignore_ascii_case(tag));
        is_tag && text.as_bytes().get(at + tag.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_hold_fields_with_and_without_closing_tags() {
        let text = "x\n<TABLE>\n<tr><td> Title </td><td> The <code>x</code> </td>\n<tr><th align=\"left\"><b>Status:</b></th><td>\n Accepted </td></tr>\n<tr><td>Note</td><td>y</td></tr></table>\n<table><tr><td>Status</td><td>z</td></tr></table>";
        let fields = read(text, Span::new(0, text.len()));
        let shown: Vec<String> = fields
            .iter()
            .map(|field| {
                assert_eq!(field.value.span.of(text), field.value.value);
                format!("{:?}={}", field.key, field.value.value)
            })
            .collect();
        assert_eq!(shown, ["Title=The <code>x</code>", "Status=Accepted"]);
        for broken in ["<table><tr><td", "<table><tr><td>Status<td>", "<table", "<tr><td>Status</td><td>x</td></tr>"] {
            assert!(read(broken, Span::new(0, broken.len())).len() < 2, "{broken}");
        }
    }
}
