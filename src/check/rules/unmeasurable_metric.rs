//! A measure of success that nobody can read off.

use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::tables;
use crate::record::{Metric, Record};
use crate::text::{Span, Spanned};

pub(super) const RULE: Rule = Rule {
    name: "unmeasurable-metric",
    summary: "A success metric has no number, or a number without a unit.",
    page: include_str!("../../../content/rules/unmeasurable-metric.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

/// Words that stand for a number.
const NUMBERS: &[&str] = &[
    "zero", "none", "no ", "nobody", "nothing", "all", "every", "never", "half", "twice", "double", "third", "quarter",
    "one", "two",
];

/// What the name of a metric says when its number needs no unit.
const COUNTS: &[&str] =
    &["number of", "count", "score", "ratio", "share", "index", "nps", "factor", "rank", "level", "how many", "#"];

/// Headings of columns that hold what is aimed at.
const TARGETS: &[&str] = &["target", "goal", "aim", "objective"];

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !is_held(record) {
        return;
    }
    found.extend(record.front.metrics.iter().filter_map(|row| of_row(record, row)));
    let asked = record.kind.sections.iter().find(|rule| rule.name == "Success Metrics");
    let sections = asked.map(|rule| record.headings().named(rule)).unwrap_or_default();
    for table in sections.iter().flat_map(|section| tables(record.text(), section.body)) {
        let is_target = |cell: &Spanned<String>| TARGETS.contains(&cell.value.trim().to_lowercase().as_str());
        let Some(column) = table.header.iter().position(is_target) else { continue };
        for row in &table.rows {
            let (Some(name), Some(target)) = (row.first(), row.get(column)) else { continue };
            let whole = row.iter().map(|cell| cell.value.as_str()).collect::<Vec<_>>().join(" ");
            let place = if target.span.is_empty() { name.span } else { target.span };
            found.extend(lack(&target.value, &whole).map(|lack| report(record, &name.value, place, lack)));
        }
    }
}

fn of_row(record: &Record, row: &Spanned<Metric>) -> Option<Diagnostic> {
    let metric = &row.value;
    let name = metric.name.as_ref().map_or("", |name| name.value.as_str());
    let Some(target) = &metric.target else {
        let place = metric.name.as_ref().map_or(row.span, |name| name.span);
        return Some(report(record, name, place, "no target"));
    };
    let baseline = metric.baseline.as_ref().map_or("", |baseline| baseline.value.as_str());
    lack(&target.value, &format!("{name} {baseline}")).map(|lack| report(record, name, target.span, lack))
}

/// What a target lacks, given what stands beside it.
fn lack(target: &str, beside: &str) -> Option<&'static str> {
    let (target, beside) = (target.to_lowercase(), beside.to_lowercase());
    let has_word = NUMBERS.iter().any(|word| format!("{target} ").split_whitespace().any(|part| part == word.trim()));
    if !target.contains(|c: char| c.is_numeric()) && !has_word {
        return Some("no number");
    }
    let has_unit = |text: &str| text.contains(|c: char| c.is_alphabetic() || "%‰€$£¥×°".contains(c));
    let needs_none = beside.contains('(') || COUNTS.iter().any(|word| beside.contains(word));
    (!has_unit(&target) && !needs_none).then_some("no unit")
}

fn report(record: &Record, name: &str, place: Span, lack: &'static str) -> Diagnostic {
    let message = format!("nobody can tell whether `{}` was reached", name.trim());
    Diagnostic::new(RULE.name, record.path(), place, message)
        .with_label(lack)
        .with_help("write a number and a unit, such as `< 50 ms`")
}
