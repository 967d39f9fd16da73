//! A comparison that leaves a dimension out.

use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::section::{is_asked_for, is_empty};
use crate::check::template::is_no_answer;
use crate::check::topic::listed;
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::{Section, Table, tables};
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
    let named = record.kind.sections.iter().filter(|rule| rule.name == SECTION);
    let Some(rule) = named.into_iter().find(|rule| is_asked_for(record, rule)) else { return };
    let named = record.headings().named(rule);
    // A comparison may stand under a heading of its own, inside the section or beside it: all of them are one.
    let sections: Vec<&Section> =
        named.iter().copied().filter(|section| !is_empty(record, section, &rule.guidance)).collect();
    let Some(first) = sections.first() else { return };
    let tables = sections.iter().flat_map(|section| tables(record.text(), section.body));
    match tables.filter(|table| known(table) > 0).max_by_key(known) {
        Some(table) => {
            found.extend(lacking(record, &table, first));
            found.extend(unfilled(record, &table));
        }
        // What is written in HTML is not read, and may hold everything.
        None if sections.iter().any(|section| section.body.of(record.text()).contains("<table")) => {}
        None => found.push(without_table(record, first)),
    }
}

fn without_table(record: &Record, section: &Section) -> Diagnostic {
    let names: Vec<&str> = ROWS.iter().map(|(name, _)| *name).collect();
    let message = format!("the section `{}` compares nothing in a table", section.title);
    let finding = Diagnostic::new(RULE.name, record.path(), section.heading, message);
    let help = format!("add a table with a column for each way and the rows {}", listed(&names));
    finding.with_label("no comparison").with_help(help)
}

/// The rows that a comparison does not have, at the section's heading.
fn lacking(record: &Record, table: &Table, section: &Section) -> Option<Diagnostic> {
    let missing: Vec<&str> = ROWS.iter().filter(|(_, words)| !has(table, words)).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return None;
    }
    let message = format!("the comparison says nothing of {}", listed(&missing));
    let finding = Diagnostic::new(RULE.name, record.path(), section.heading, message);
    let help = "add the row to its table; where it makes no difference, say so in its cells";
    Some(finding.with_label("lacks a row").with_help(help))
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

/// The rows of a comparison, or its columns when it lies on its side, with a cell that says nothing.
fn unfilled(record: &Record, table: &Table) -> Vec<Diagnostic> {
    let is_asked = |name: &&Spanned<String>| ROWS.iter().any(|(_, words)| is_named(name, words));
    let across = table.header.iter().skip(1).filter(is_asked).count();
    let down = table.rows.iter().filter_map(|row| row.first()).filter(is_asked).count();
    let open: Vec<(&Spanned<String>, &str)> = if across > down {
        let has_open = |column: usize| table.rows.iter().filter_map(|row| row.get(column)).any(is_open);
        let columns = table.header.iter().enumerate().skip(1);
        columns.filter(|(column, _)| has_open(*column)).map(|(_, name)| (name, "column")).collect()
    } else {
        let rows = table.rows.iter().filter_map(|row| row.split_first());
        rows.filter(|(_, cells)| cells.iter().any(is_open)).map(|(name, _)| (name, "row")).collect()
    };
    let report = |(name, line): (&Spanned<String>, &str)| {
        let message = format!("the {line} `{}` of the comparison has an empty cell", name.value.trim());
        let finding = Diagnostic::new(RULE.name, record.path(), name.span, message).with_label("not filled in");
        finding.with_help("fill it in; where it makes no difference, say so")
    };
    open.into_iter().filter(|(name, _)| is_asked(name)).map(report).collect()
}

/// Whether a cell says nothing; a dash says that there is nothing to say.
fn is_open(cell: &Spanned<String>) -> bool {
    let written = cell.value.trim();
    written.is_empty() || (is_no_answer(written) && !written.chars().all(|c| "–—-".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    fn found(body: &str) -> Vec<String> {
        let text = format!("+++\ntitle = \"x\"\nstatus = \"approved\"\nsourcing = \"buy\"\n+++\n\n{body}");
        let findings = trial::found(&RULE, "content/rfc/0001-x.md", &text);
        findings.iter().map(|finding| finding.primary.span.of(&text).to_owned()).collect()
    }

    fn upright(scalability: &str) -> String {
        format!(
            "| | Build | Buy |\n|-|-|-|\n| Time to market | a year | weeks |\n| Cost | staff | licence |\n\
             | Scalability | {scalability} | ok |\n| Lock-in | none | export |\n| Risks | new | prices |\n"
        )
    }

    fn lying(risk: &str) -> String {
        format!(
            "| | Lead time | TCO | Capacity | Way out | Risk |\n|-|-|-|-|-|-|\n| Build | 1 | 2 | 3 | 4 | {risk} |\n\
             | Buy | 1 | 2 | 3 | 4 | 5 |\n"
        )
    }

    #[test]
    fn whole_comparisons_pass_in_either_direction_and_under_headings_of_their_own() {
        for cell in ["x", "$O(n)$", "[^1]", "—", "`x`"] {
            assert!(found(&format!("## Sourcing\n\n{}", upright(cell))).is_empty(), "{cell}");
        }
        assert!(found(&format!("## Sourcing\n\n{}", lying("5"))).is_empty());
        assert!(found(&format!("## Sourcing\n\nWe buy.\n\n## Comparative matrix\n\n{}", upright("x"))).is_empty());
        assert!(found("## Sourcing\n\n<table><tr><td>Risk</td></tr></table>\n").is_empty());
    }

    #[test]
    fn one_fault_is_one_finding() {
        assert_eq!(found("## Sourcing\n\nWe buy.\n"), ["## Sourcing"]);
        assert_eq!(found(&format!("## Sourcing\n\n{}", upright(""))), ["Scalability"]);
        assert_eq!(found(&format!("## Sourcing\n\n{}", upright("TBD"))), ["Scalability"]);
        assert_eq!(found(&format!("## Sourcing\n\n{}", lying(""))), ["Risk"]);
        let nested = format!("## Sourcing\n\n### Comparative matrix\n\n{}", upright("x").replace("Lock-in", "Colour"));
        assert_eq!(found(&nested), ["## Sourcing"]);
    }
}
