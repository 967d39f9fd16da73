//! A measure of success that nobody can read off.

use crate::check::demand::is_pursued;
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
    "zero", "none", "no", "nobody", "nothing", "all", "every", "never", "half", "twice", "double", "third", "quarter",
    "one", "two",
];

/// Answers to a question, which measure nothing.
const ANSWERS: &[&str] = &["yes", "no", "true", "false"];

/// What the name of a metric says when its number needs no unit.
const COUNTS: &[&str] =
    &["number of", "count", "score", "ratio", "share", "index", "nps", "factor", "rank", "level", "how many", "#"];

/// Headings of columns that hold what is aimed at.
const TARGETS: &[&str] = &["target", "goal", "aim", "objective"];

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !is_pursued(record) {
        return;
    }
    found.extend(record.front.metrics.iter().filter_map(|row| of_row(record, row)));
    // Where the front matter holds the metrics, a table repeats them for readers.
    if !record.front.metrics.is_empty() {
        return;
    }
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
    let target = target.trim().to_lowercase();
    let has_word = target.split_whitespace().any(|part| NUMBERS.contains(&part));
    let is_answer = ANSWERS.contains(&target.trim_end_matches('.'));
    if is_answer || !(has_word || target.contains(char::is_numeric)) {
        return Some("no number");
    }
    // A day, a ratio and a mark out of some are measured without a unit.
    let is_compound = target.contains(['/', ':']) || target.matches('-').count() > 1;
    let has_unit = target.contains(|c: char| c.is_alphabetic() || "%‰€$£¥×°".contains(c));
    let needs_none = || {
        let beside = beside.to_lowercase();
        beside.contains('(') || COUNTS.iter().any(|word| beside.contains(word))
    };
    (!has_unit && !is_compound && !needs_none()).then_some("no unit")
}

fn report(record: &Record, name: &str, place: Span, lack: &'static str) -> Diagnostic {
    let message = format!("nobody can tell whether `{}` was reached", name.trim());
    Diagnostic::new(RULE.name, record.path(), place, message)
        .with_label(lack)
        .with_help("write a number and a unit, such as `< 50 ms`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    #[test]
    fn a_target_has_a_number_and_a_unit() {
        for fine in [
            "< 50 ms",
            "50ms",
            "99.9 %",
            "2×",
            "$40",
            "≤ 3 pages a week",
            "0 pages",
            "no pages",
            "zero",
            "none",
            "nobody waits",
            "2026-09-01",
            "3/3",
            "1:10",
            "48 of 79",
            "half of today's",
            "twice the throughput",
            "every team",
        ] {
            assert_eq!(lack(fine, "p99 latency 120 ms"), None, "{fine}");
        }
        for vague in ["faster", "yes", "No.", "true", "TBD", "", "improve a lot", "as good as it gets"] {
            assert_eq!(lack(vague, "p99 latency 120 ms"), Some("no number"), "{vague}");
        }
        for bare in ["50", "< 50", "-3", "0"] {
            assert_eq!(lack(bare, "p99 latency 120 ms"), Some("no unit"), "{bare}");
            assert_eq!(lack(bare, "number of pages"), None, "{bare}");
            assert_eq!(lack(bare, "latency (ms)"), None, "{bare}");
        }
    }

    #[test]
    fn the_front_matter_comes_before_a_table() {
        let text = |metrics: &str, table: &str| {
            let head = format!("title = \"x\"\nstatus = \"formal-review\"\n{metrics}");
            format!("+++\n{head}+++\n\n## Success Metrics\n\n| metric | target |\n|---|---|\n| p99 | {table} |\n")
        };
        let places = |metrics: &str, table: &str| -> Vec<String> {
            let text = text(metrics, table);
            let found = trial::found(&RULE, "content/rfc/0001-x.md", &text);
            found.iter().map(|finding| finding.primary.span.of(&text).to_owned()).collect()
        };
        let metric = |target: &str| format!("[[metric]]\nname = \"p99\"\n{target}");
        assert_eq!(places("", "lower"), ["lower"]);
        assert_eq!(places("", "< 50 ms"), [""; 0]);
        assert_eq!(places(&metric("target = \"lower\"\n"), "lower"), ["\"lower\""]);
        assert_eq!(places(&metric(""), "lower"), ["\"p99\""]);
        assert_eq!(places(&metric("target = \"< 50 ms\"\n"), "lower"), [""; 0]);
    }
}
