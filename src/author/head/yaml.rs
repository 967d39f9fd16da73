//! Where a change goes in a head that is written in YAML.

use super::super::change::Change;
use super::super::literal::Literal;
use super::place::{Head, item_of, row_of};
use crate::diagnostic::Edit;
use crate::value::{Data, Entry, Table, Value};

/// The edit that makes a change; `None` where the head is written in a way that has no place for it.
pub(super) fn edit(head: &Head<'_>, change: &Change) -> Option<Edit> {
    match change {
        Change::Set { table: None, key, to } => set(head, head.table, key, to).or_else(|| {
            // A head without any key.
            head.table.entries.is_empty().then(|| head.insert(head.inner().len(), format!("{key}: {}\n", to.yaml(""))))
        }),
        Change::Set { table: Some(table), key, to } => match item_of(head.table, table) {
            Some(Value { data: Data::Table(inner), span }) => {
                set(head, inner, key, to).or_else(|| flow(head, span.end, inner, key, to))
            }
            Some(_) => None,
            None => add(head, table, &format!("\n  {key}: {}", to.yaml(""))),
        },
        Change::SetInRow { list, row, key, to } => {
            let value = row_of(head.table, list, *row)?;
            let Data::Table(inner) = &value.data else { return None };
            flow(head, value.span.end, inner, key, to).or_else(|| set(head, inner, key, to))
        }
        Change::Append { list, row } => append(head, list, row),
    }
}

/// A key in a table whose keys stand on lines of their own.
fn set(head: &Head<'_>, table: &Table, key: &str, to: &Literal) -> Option<Edit> {
    if let Some(old) = item_of(table, key) {
        return head.replace(old, |old| to.yaml(old));
    }
    if let Some(entry) = table.entries.iter().find(|entry| entry.key.value == key) {
        return Some(head.insert(colon(head, entry)?, format!(" {}", to.yaml(""))));
    }
    let (first, last) = (table.entries.first()?, table.entries.last()?);
    let indent = indent(head, first)?;
    if is_flow(head, last) {
        return None;
    }
    Some(head.insert(line_after(head, end(head, last)), format!("{indent}{key}: {}\n", to.yaml(""))))
}

/// A key in a table between braces.
fn flow(head: &Head<'_>, close: u32, table: &Table, key: &str, to: &Literal) -> Option<Edit> {
    if item_of(table, key).is_some() || !head.inner().get(..head.offset(close))?.ends_with('}') {
        return None;
    }
    let last = table.entries.last()?;
    Some(head.insert(head.offset(end(head, last)), format!(", {key}: {}", to.yaml(""))))
}

fn append(head: &Head<'_>, list: &str, row: &[(&'static str, Literal)]) -> Option<Edit> {
    let pairs: Vec<String> = row.iter().map(|(key, value)| format!("{key}: {}", value.yaml(""))).collect();
    let block = |indent: &str, gap: &str| {
        let between = format!("\n{indent} {}", " ".repeat(gap.len()));
        format!("{indent}-{gap}{}", pairs.join(&between))
    };
    match item_of(head.table, list) {
        None => add(head, list, &format!("\n{}", block("  ", " "))),
        Some(value) => {
            let Data::List(items) = &value.data else { return None };
            let Some(last) = items.last() else { return head.replace(value, |_| format!("\n{}", block("  ", " "))) };
            let start = head.offset(last.span.start);
            let line = head.inner().get(..start)?.rfind('\n').map_or(0, |at| at + 1);
            let (indent, gap) = head.inner().get(line..start)?.split_once('-')?;
            if !indent.trim().is_empty() || !gap.trim().is_empty() {
                return None;
            }
            let gap = if gap.is_empty() { " " } else { gap };
            Some(head.insert(line_after(head, end_of(head, last)), format!("{}\n", block(indent, gap))))
        }
    }
}

/// A key at the top with what stands below it: behind the key where it stands without a value, else at the end.
fn add(head: &Head<'_>, key: &str, below: &str) -> Option<Edit> {
    if let Some(entry) = head.table.entries.iter().find(|entry| entry.key.value == key) {
        let at = line_after(head, entry.key.span.end);
        return Some(head.insert(at, format!("{}\n", below.trim_start_matches('\n'))));
    }
    let is_block = head.table.entries.iter().all(|entry| indent(head, entry).is_some_and(str::is_empty));
    is_block.then(|| {
        let end = head.table.entries.last().map_or(0, |entry| line_after(head, end(head, entry)));
        head.insert(end, format!("{key}:{below}\n"))
    })
}

/// The end of an entry in the file.
fn end(head: &Head<'_>, entry: &Entry) -> u32 {
    let is_nothing = entry.value.span.is_empty();
    if is_nothing { entry.key.span.end } else { end_of(head, &entry.value) }
}

/// The end of a value in the file: of lists and tables on lines of their own that of their last part, without the comments that
/// follow.
fn end_of(head: &Head<'_>, value: &Value) -> u32 {
    let mut value = value;
    loop {
        let is_flow =
            head.inner().get(head.offset(value.span.start)..).is_some_and(|text| text.starts_with(['[', '{']));
        let last = match &value.data {
            Data::List(items) if !is_flow => items.last(),
            Data::Table(table) if !is_flow => table.entries.last().map(|entry| &entry.value),
            _ => None,
        };
        match last.filter(|last| !last.span.is_empty()) {
            Some(last) => value = last,
            None => return value.span.end,
        }
    }
}

/// The offset behind the colon of a key.
fn colon(head: &Head<'_>, entry: &Entry) -> Option<usize> {
    let at = head.offset(entry.key.span.end);
    Some(at + head.inner().get(at..)?.find(':')? + 1)
}

/// Whether what stands behind an entry on its line is the end of a table between braces.
fn is_flow(head: &Head<'_>, last: &Entry) -> bool {
    let at = head.offset(end(head, last));
    head.inner().get(at..).and_then(|rest| rest.lines().next()).is_some_and(|rest| rest.trim_start().starts_with('}'))
}

/// What stands before the first key of a table on its line, as blanks; `None` where that is more than blanks and a dash.
fn indent<'a>(head: &Head<'a>, first: &Entry) -> Option<&'a str> {
    const BLANKS: &str = "                                                                ";
    let start = head.offset(first.key.span.start);
    let line = head.inner().get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let lead = head.inner().get(line..start)?;
    let is_blank = lead.chars().all(|c| c == ' ' || c == '-');
    if lead.trim().is_empty() {
        return Some(lead);
    }
    is_blank.then(|| BLANKS.get(..lead.len())).flatten()
}

/// The offset of the line after the one that holds a place in the file.
fn line_after(head: &Head<'_>, at: u32) -> usize {
    let at = head.offset(at);
    head.inner().get(at..).and_then(|rest| rest.find('\n')).map_or(head.inner().len(), |end| at + end + 1)
}
