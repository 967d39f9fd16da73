//! A comparison that leaves a dimension out.

use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::section::{asked, is_empty};
use crate::check::template::is_no_answer;
use crate::check::topic::listed;
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::{Table, tables};
use crate::record::Record;
use crate::text::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "incomplete-matrix",
    summary: "The comparison of building, buying and partnering lacks one of its rows.",
    page: include_str!("../../../content/rules/incomplete-matrix.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

/// The section that holds the comparison.
const SECTION: &str = "Build, Buy or Partner";

/// The rows, each with words that show it.
const ROWS: &[(&str, &[&str])] = &[
    (
        "time to value",
        &["time to value", "time-to-value", "lead time", "time to market", "delivery", "schedule", "time"],
    ),
    ("CapEx vs OpEx", &["capex", "opex", "cost", "price", "spend", "tco", "money"]),
    ("scalability", &["scal", "capacity", "throughput", "growth", "load"]),
    ("exit strategy", &["exit", "leav", "lock-in", "lock in", "way out", "reversib"]),
    ("risk", &["risk", "danger", "threat"]),
];

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !is_held(record) {
        return;
    }
    let Some(rule) = asked(record).find(|rule| rule.name == SECTION) else { return };
    for section in record.headings().named(rule) {
        if is_empty(record, section, &rule.guidance) {
            continue;
        }
        let comparison = tables(record.text(), section.body).into_iter().max_by_key(known);
        let Some(table) = comparison.filter(|table| known(table) > 0) else {
            let names: Vec<&str> = ROWS.iter().map(|(name, _)| *name).collect();
            let message = format!("the section `{}` compares nothing in a table", section.title);
            let finding = Diagnostic::new(RULE.name, record.path(), section.heading, message);
            let help = format!("add a table with a column for each way and the rows {}", listed(&names));
            found.push(finding.with_label("no comparison").with_help(help));
            continue;
        };
        let missing: Vec<&str> = ROWS.iter().filter(|(_, words)| !has(&table, words)).map(|(name, _)| *name).collect();
        if !missing.is_empty() {
            let message = format!("the comparison says nothing of {}", listed(&missing));
            let finding = Diagnostic::new(RULE.name, record.path(), section.heading, message);
            let help = "add the row to its table; where it makes no difference, say so in its cells";
            found.push(finding.with_label("lacks a row").with_help(help));
        }
        found.extend(table.rows.iter().filter_map(|row| unfilled(record, row)));
    }
}

/// How many of the rows a table has.
fn known(table: &Table) -> usize {
    ROWS.iter().filter(|(_, words)| has(table, words)).count()
}

/// Whether a table has a row of that name, or, when it lies on its side, a column.
fn has(table: &Table, words: &[&str]) -> bool {
    let names = table.rows.iter().filter_map(|row| row.first()).chain(&table.header);
    names.into_iter().any(|name| is_named(name, words))
}

fn is_named(name: &Spanned<String>, words: &[&str]) -> bool {
    let name = name.value.to_lowercase();
    words.iter().any(|word| name.contains(word))
}

/// A row of the comparison with a cell that says nothing.
fn unfilled(record: &Record, row: &[Spanned<String>]) -> Option<Diagnostic> {
    let (name, cells) = row.split_first()?;
    let is_asked = ROWS.iter().any(|(_, words)| is_named(name, words));
    let is_open = |cell: &Spanned<String>| is_no_answer(&cell.value) && !"–—-".contains(cell.value.trim());
    let is_blank = cells.iter().any(|cell| cell.value.trim().is_empty() || is_open(cell));
    let message = format!("the row `{}` of the comparison has an empty cell", name.value.trim());
    (is_asked && is_blank).then(|| {
        let finding = Diagnostic::new(RULE.name, record.path(), name.span, message).with_label("not filled in");
        finding.with_help("fill it in; where it makes no difference, say so")
    })
}
