//! A Markdown table above the text: a key and its value in each row, or keys in the first row and values in the second.

use super::field::{Field, Holder};
use super::key::Key;
use super::line::{Line, lines};
use crate::text::Span;

/// The fields of the first tables in a part of a text.
pub(super) fn read(text: &str, part: Span) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut table: Vec<Vec<Span>> = Vec::new();
    for line in lines(text, part) {
        if line.text.contains('|') {
            table.push(cells(line));
        } else {
            fields.extend(fields_of(text, &std::mem::take(&mut table)));
        }
    }
    fields.extend(fields_of(text, &table));
    fields
}

fn fields_of(text: &str, table: &[Vec<Span>]) -> Vec<Field> {
    let is_rule = |row: &Vec<Span>| {
        !row.is_empty()
            && row.iter().all(|cell| cell.of(text).contains('-') && cell.of(text).chars().all(|c| "-: ".contains(c)))
    };
    let Some(rule) = table.iter().position(is_rule) else { return Vec::new() };
    let rows = || table.iter().enumerate().filter(|(at, _)| *at != rule).map(|(_, row)| row.as_slice());
    let key = |cell: Span| Key::named(cell.of(text).trim_matches(|c: char| c.is_whitespace() || "*_`:".contains(c)));
    let head = rule.checked_sub(1).and_then(|head| table.get(head)).map_or(&[][..], Vec::as_slice);
    let is_head_of_keys = head.len() > 1 && head.iter().filter(|cell| key(**cell).is_some()).count() > 1;
    if is_head_of_keys {
        // One row of values is the record's; several list others.
        let values: Vec<&[Span]> = rows().skip(rule).collect();
        let [only] = values.as_slice() else { return Vec::new() };
        let pairs = head.iter().zip(*only);
        return pairs
            .filter_map(|(name, value)| Some(Field::at(text, key(*name)?, (*name, *value), Holder::Column)))
            .collect();
    }
    let pair = |row: &[Span]| match row {
        [name, value, ..] => Some(Field::at(text, key(*name)?, (*name, *value), Holder::Row)),
        _ => None,
    };
    rows().filter_map(pair).collect()
}

/// The cells of a row; `\|` is a bar within a cell.
fn cells(line: Line<'_>) -> Vec<Span> {
    let mut bounds = Vec::new();
    let mut escaped = false;
    for (at, c) in line.text.char_indices() {
        if c == '|' && !escaped {
            bounds.push(at);
        }
        escaped = c == '\\' && !escaped;
    }
    let bare = line.text.trim();
    let mut starts = Vec::new();
    if !bare.starts_with('|') {
        starts.push(line.text.len() - line.text.trim_start().len());
    }
    starts.extend(bounds.iter().map(|at| at + 1));
    let mut ends: Vec<usize> = bounds.iter().copied().skip(usize::from(bare.starts_with('|'))).collect();
    ends.push(line.text.len());
    let cells =
        starts.into_iter().zip(ends).map(|(start, end)| Span::new(line.start + start, line.start + end.max(start)));
    let mut cells: Vec<Span> = cells.collect();
    if bare.ends_with('|') && bare.len() > 1 {
        cells.pop();
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<String> {
        let show = |field: &Field| {
            assert_eq!(field.value.span.of(text), field.value.value);
            format!("{:?}={}", field.key, field.value.value)
        };
        read(text, Span::new(0, text.len())).iter().map(show).collect()
    }

    #[test]
    fn rows_and_heads_hold_fields() {
        assert_eq!(
            fields("| cip | 10 |\n| - | - |\n| title | A \\| b |\n| status | Final |\n"),
            ["Number=10", "Title=A \\| b", "Status=Final"]
        );
        assert_eq!(
            fields("| Field | Value |\n|---|:-:|\n| **Status** | Accepted |\n| Note | x |"),
            ["Status=Accepted"]
        );
        assert_eq!(
            fields("| Status | Date | Author(s) |\n|---|---|---|\n| Draft | 2026-01-02 | A |"),
            ["Status=Draft", "Created=2026-01-02", "Authors=A"]
        );
        assert_eq!(
            fields("Status | Accepted\n--- | ---\nDate | 2026-01-02\n"),
            ["Status=Accepted", "Created=2026-01-02"]
        );
    }

    #[test]
    fn tables_of_other_things_hold_none() {
        assert_eq!(fields("| Status | Title |\n|---|---|\n| Draft | A |\n| Final | B |"), [""; 0]);
        assert_eq!(fields("| Status | Accepted |\n"), [""; 0]);
        assert_eq!(fields("a | b\n"), [""; 0]);
    }
}
