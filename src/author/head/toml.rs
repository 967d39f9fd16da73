//! Where a change goes in a head that is written in TOML.

use super::super::change::Change;
use super::super::literal::Literal;
use super::lines::{Line, What, lines};
use super::place::{Head, after_line, item_of, row_of};
use crate::diagnostic::Edit;
use crate::value::{Data, Table, Value};

/// Tables in the order in which a record tells them; a new one goes behind those that come before it.
const ORDER: &[&str] = &[
    "daci",
    "consulted",
    "review",
    "history",
    "sign-off",
    "dissent",
    "metric",
    "debt",
    "cost",
    "deprecation",
    "extra",
];

/// The edit that makes a change; `None` where the head is written in a way that has no place for it.
pub(super) fn edit(head: &Head<'_>, change: &Change) -> Option<Edit> {
    let plan = Plan { head, lines: lines(head.inner()) };
    match change {
        Change::Set { table: None, key, to } => match item_of(head.table, key) {
            Some(value) => head.replace(value, |old| to.toml(old)),
            None => Some(plan.at_top(&format!("{key} = {}\n", to.toml("")))),
        },
        Change::Set { table: Some(table), key, to } => plan.in_table(table, key, to),
        Change::SetInRow { list, row, key, to } => plan.in_row(list, *row, key, to),
        Change::Append { list, row } => plan.append(list, row),
    }
}

struct Plan<'a> {
    head: &'a Head<'a>,
    lines: Vec<Line>,
}

impl Plan<'_> {
    /// A line after the last key at the top.
    fn at_top(&self, line: &str) -> Edit {
        let first_table = self.lines.iter().position(|line| matches!(line.what, What::Table(_) | What::Row(_)));
        let top = self.lines.get(..first_table.unwrap_or(self.lines.len())).unwrap_or_default();
        let last = top.iter().rev().find(|line| line.what == What::Key);
        self.head.insert(last.map_or(0, |line| line.end), line.to_owned())
    }

    fn in_table(&self, table: &str, key: &str, to: &Literal) -> Option<Edit> {
        let pair = format!("{key} = {}", to.toml(""));
        let Some(value) = item_of(self.head.table, table) else {
            return Some(self.block(table, &format!("[{table}]\n{pair}\n")));
        };
        let Data::Table(inner) = &value.data else { return None };
        if let Some(old) = item_of(inner, key) {
            return self.head.replace(old, |old| to.toml(old));
        }
        if let Some(at) = self.position(|what| *what == What::Table(table.to_owned())) {
            return Some(self.add_to_section(at, &pair));
        }
        self.inline(value, inner, &pair).or_else(|| {
            // Dotted keys: `review.held = …`.
            let dotted =
                |line: &&Line| line.what == What::Key && self.text(line).trim_start().starts_with(&format!("{table}."));
            let last = self.lines.iter().rev().find(dotted)?;
            Some(self.head.insert(last.end, format!("{table}.{pair}\n")))
        })
    }

    fn in_row(&self, list: &str, row: usize, key: &str, to: &Literal) -> Option<Edit> {
        let value = row_of(self.head.table, list, row)?;
        let Data::Table(inner) = &value.data else { return None };
        if let Some(old) = item_of(inner, key) {
            return self.head.replace(old, |old| to.toml(old));
        }
        let pair = format!("{key} = {}", to.toml(""));
        if let Some(edit) = self.inline(value, inner, &pair) {
            return Some(edit);
        }
        let mut rows = self.positions(|what| *what == What::Row(list.to_owned()));
        let at = rows
            .nth(row)
            .or_else(|| self.position(|what| *what == What::Table(list.to_owned())).filter(|_| row == 0))?;
        Some(self.add_to_section(at, &pair))
    }

    fn append(&self, list: &str, row: &[(&'static str, Literal)]) -> Option<Edit> {
        let pairs: Vec<String> = row.iter().map(|(key, value)| format!("{key} = {}", value.toml(""))).collect();
        let block = format!("[[{list}]]\n{}\n", pairs.join("\n"));
        let Some(value) = item_of(self.head.table, list) else { return Some(self.block(list, &block)) };
        let Data::List(items) = &value.data else { return None };
        if let Some(last) = self.positions(|what| is_of(what, list)).last() {
            return Some(self.head.insert(self.end_of(last), format!("\n{block}")));
        }
        let row = format!("{{ {} }}", pairs.join(", "));
        // An inline list: behind its last row and the comma that may follow that.
        let Some(last) = items.last() else { return self.head.replace(value, |_| format!("[{row}]")) };
        let end = self.head.offset(last.span.end);
        let rest = self.head.inner().get(end..)?;
        let comma = rest.trim_start().starts_with(',').then(|| rest.find(',').map_or(0, |at| at + 1));
        let start = self.head.offset(last.span.start);
        let line = self.head.inner().get(..start)?.rfind('\n').map_or(0, |at| at + 1);
        let indent = self.head.inner().get(line..start).filter(|lead| lead.trim().is_empty());
        Some(match (comma, indent) {
            (Some(comma), Some(indent)) => self.head.insert(end + comma, format!("\n{indent}{row},")),
            (None, Some(indent)) => self.head.insert(end, format!(",\n{indent}{row}")),
            (Some(comma), None) => self.head.insert(end + comma, format!(" {row},")),
            (None, None) => self.head.insert(end, format!(", {row}")),
        })
    }

    /// A new block, behind the tables that come before it in the order of a record.
    fn block(&self, name: &str, block: &str) -> Edit {
        let before = ORDER.iter().take_while(|known| **known != name);
        let is_before = |what: &What| before.clone().any(|known| is_of(what, known));
        let at = match self.positions(is_before).last() {
            Some(section) => self.end_of(section),
            None => {
                let is_table = |line: &Line| matches!(line.what, What::Table(_) | What::Row(_));
                let first = self.lines.iter().position(is_table).unwrap_or(self.lines.len());
                self.content_end(0, first)
            }
        };
        let lead = if at == 0 { "" } else { "\n" };
        let rest = self.head.inner().get(at..).unwrap_or("");
        let trail = if rest.trim().is_empty() || rest.starts_with(['\n', '\r']) { "" } else { "\n" };
        self.head.insert(at, format!("{lead}{block}{trail}"))
    }

    /// A pair at the end of the section whose header is a line.
    fn add_to_section(&self, header: usize, pair: &str) -> Edit {
        let next = self.next_header(header);
        let keys = self.lines.get(header + 1..next).unwrap_or_default();
        let last = keys.iter().rev().find(|line| line.what == What::Key);
        let indent = last.map_or("", |line| lead(self.text(line)));
        let end = last.or(self.lines.get(header)).map_or(0, |line| line.end);
        self.head.insert(end, format!("{indent}{pair}\n"))
    }

    /// A pair in an inline table.
    fn inline(&self, value: &Value, inner: &Table, pair: &str) -> Option<Edit> {
        let text = self.head.inner().get(self.head.offset(value.span.start)..self.head.offset(value.span.end))?;
        if !text.starts_with('{') || !text.ends_with('}') {
            return None;
        }
        let Some(last) = inner.entries.last() else { return self.head.replace(value, |_| format!("{{ {pair} }}")) };
        Some(self.head.insert(self.head.offset(last.value.span.end), format!(", {pair}")))
    }

    /// Where a section and the comments that belong to it end.
    fn end_of(&self, header: usize) -> usize {
        self.content_end(header, self.next_header(header))
    }

    fn content_end(&self, first: usize, next: usize) -> usize {
        let is_said =
            |at: &usize| self.lines.get(*at).is_some_and(|line| !matches!(line.what, What::Blank | What::Comment));
        let Some(last) = (first..next).rev().find(is_said) else {
            return self.lines.get(first).map_or(0, |line| if first == 0 { 0 } else { line.end });
        };
        // Comments right behind belong to it, unless they stand right before what follows.
        let comments =
            (last + 1..next).take_while(|at| self.lines.get(*at).is_some_and(|line| line.what == What::Comment));
        let behind = comments.last().filter(|at| self.lines.get(at + 1).is_none_or(|line| line.what == What::Blank));
        self.lines.get(behind.unwrap_or(last)).map_or(0, |line| line.end)
    }

    fn next_header(&self, header: usize) -> usize {
        let is_header = |line: &Line| matches!(line.what, What::Table(_) | What::Row(_));
        let rest = self.lines.get(header + 1..).unwrap_or_default();
        rest.iter().position(is_header).map_or(self.lines.len(), |at| header + 1 + at)
    }

    fn positions(&self, is_it: impl Fn(&What) -> bool) -> impl Iterator<Item = usize> {
        self.lines.iter().enumerate().filter(move |(_, line)| is_it(&line.what)).map(|(at, _)| at)
    }

    fn position(&self, is_it: impl Fn(&What) -> bool) -> Option<usize> {
        self.positions(is_it).next()
    }

    fn text(&self, line: &Line) -> &str {
        after_line(self.head.inner(), line.start, line.end)
    }
}

/// Whether a header is that of a table or of a list, or of a part of it.
fn is_of(what: &What, name: &str) -> bool {
    match what {
        What::Table(path) | What::Row(path) => {
            path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }
        _ => false,
    }
}

/// The blanks that open a line.
fn lead(line: &str) -> &str {
    line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or("")
}
