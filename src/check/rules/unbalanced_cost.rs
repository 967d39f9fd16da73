//! A total that does not add up.

use crate::check::amount::{Amount, amount, is_same_currency};
use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::cost::{Ownership, money};
use crate::diagnostic::Diagnostic;
use crate::markdown::{Table, tables};
use crate::record::{Cost, CostOption, Record};
use crate::text::{Location, Spanned};

pub(super) const RULE: Rule = Rule {
    name: "unbalanced-cost",
    summary: "A total in the cost section is not the sum of its parts, or not what the figures come to.",
    page: include_str!("../../../content/rules/unbalanced-cost.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

/// The section that holds the figures.
const SECTION: &str = "Total Cost of Ownership";

/// Words that a total goes by.
const TOTALS: &[&str] = &["total", "totals", "sum", "σ", "tco", "overall"];

/// Words in a heading whose column is no part of a sum.
const NO_PARTS: &[&str] =
    &["per", "/", "rate", "years", "months", "%", "×", "quantity", "units", "price", "horizon", "share"];

type Cell = Spanned<String>;

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(rule) = record.kind.sections.iter().find(|rule| rule.name == SECTION).filter(|_| is_held(record)) else {
        return;
    };
    let cost = record.front.cost.as_ref().map(|cost| &cost.value);
    for table in record.headings().named(rule).iter().flat_map(|section| tables(record.text(), section.body)) {
        if let Some(finding) = second_currency(record, &table, cost) {
            found.push(finding);
            continue;
        }
        let wrong = rows(record, &table).chain(columns(record, &table)).collect::<Vec<_>>();
        let is_known = |cell: &Cell| wrong.iter().any(|finding: &Diagnostic| finding.primary.span == cell.span);
        let contradicted: Vec<_> = cost.map(|cost| claims(record, &table, cost, &is_known)).unwrap_or_default();
        found.extend(wrong.iter().cloned().chain(contradicted));
    }
}

fn is_total(cell: &Cell) -> bool {
    let lower = cell.value.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| TOTALS.contains(&word))
}

fn is_rate(cell: &Cell) -> bool {
    cell.value.contains(['%', '×'])
}

/// Rows called total against the cells above them.
fn rows<'a>(record: &'a Record, table: &'a Table) -> impl Iterator<Item = Diagnostic> + 'a {
    let is_total_row = |row: &&Vec<Cell>| row.first().is_some_and(is_total);
    let first = table.rows.iter().position(|row| is_total_row(&row));
    let total = first.and_then(|at| table.rows.get(at).map(|row| (at, row)));
    let columns = 1..table.header.len();
    columns.filter_map(move |column| {
        let (at, total) = total?;
        let parts: Vec<&Cell> = table.rows.iter().take(at).filter_map(|row| row.get(column)).collect();
        compare(record, &parts, total.get(column)?)
    })
}

/// Columns called total against the cells before them.
fn columns<'a>(record: &'a Record, table: &'a Table) -> impl Iterator<Item = Diagnostic> + 'a {
    let column = table.header.iter().skip(1).position(is_total).map(|at| at + 1);
    let parts = column.and_then(|column| table.header.get(1..column)).unwrap_or_default();
    let is_part = |cell: &Cell| !NO_PARTS.iter().any(|word| cell.value.to_lowercase().contains(word));
    let is_sum = parts.len() > 1 && parts.iter().all(is_part);
    let rows = table.rows.iter().filter(move |_| is_sum);
    rows.filter_map(move |row| {
        let column = column?;
        let parts: Vec<&Cell> = row.get(1..column)?.iter().collect();
        compare(record, &parts, row.get(column)?)
    })
}

fn compare(record: &Record, parts: &[&Cell], total: &Cell) -> Option<Diagnostic> {
    let claimed = amount(&total.value)?;
    let mut amounts: Vec<Amount> = Vec::new();
    for part in
        parts.iter().filter(|part| !part.value.trim().trim_matches(['–', '—', '-']).is_empty() && !is_rate(part))
    {
        amounts.push(amount(&part.value)?);
    }
    let sum: f64 = amounts.iter().map(|amount| amount.value).sum();
    let grain = amounts.iter().map(|amount| amount.grain).fold(claimed.grain, f64::max);
    #[allow(clippy::cast_precision_loss, reason = "a table has few rows")]
    let slack = grain * (amounts.len() as f64 + 1.0) / 2.0;
    if amounts.len() < 2 || (sum - claimed.value).abs() <= slack {
        return None;
    }
    let message = format!("the total `{}` is not the sum of its parts", total.value.trim());
    let finding = Diagnostic::new(RULE.name, record.path(), total.span, message);
    let label = format!("they come to {}", money(sum, &claimed.currency));
    Some(finding.with_label(label).with_help("correct the total, or the part that is wrong"))
}

/// A cell in another currency than the record's, or than the first of its table.
fn second_currency(record: &Record, table: &Table, cost: Option<&Cost>) -> Option<Diagnostic> {
    let amounts =
        table.rows.iter().flatten().filter_map(|cell| amount(&cell.value).map(|amount| (cell, amount.currency)));
    let written: Vec<(&Cell, String)> = amounts.filter(|(_, currency)| !currency.is_empty()).collect();
    let declared = cost.and_then(|cost| cost.currency.as_ref()).map(|currency| (currency.span, currency.value.clone()));
    let (at, expected) = declared.or_else(|| written.first().map(|(cell, currency)| (cell.span, currency.clone())))?;
    let (cell, other) = written.iter().find(|(_, currency)| !is_same_currency(currency, &expected))?;
    let at = Location { path: record.path().clone(), span: at };
    let message = format!("amounts in two currencies, `{expected}` and `{other}`");
    let finding = Diagnostic::new(RULE.name, record.path(), cell.span, message).with_label("the other one");
    let help = "convert it, and name the rate and its day below the table";
    Some(finding.with_related(at, "the currency of this record's figures").with_help(help))
}

/// Totals of an option that its own figures contradict.
fn claims(record: &Record, table: &Table, cost: &Cost, is_known: &dyn Fn(&Cell) -> bool) -> Vec<Diagnostic> {
    let Some(horizon) = &cost.horizon_years else { return Vec::new() };
    let last = table.rows.iter().find(|row| row.first().is_some_and(is_total));
    let by_column =
        table.header.iter().enumerate().skip(1).filter_map(|(column, name)| Some((name, last?.get(column)?)));
    let column = table.header.iter().skip(1).position(is_total).map(|at| at + 1);
    let by_row = table.rows.iter().filter_map(|row| Some((row.first()?, row.get(column?)?)));
    let named = by_column.chain(by_row).filter_map(|(name, cell)| Some((option(cost, &name.value)?, cell)));
    let wrong = named.filter(|(_, cell)| !is_known(cell)).filter_map(|(option, cell)| {
        let (claimed, total) = (amount(&cell.value)?, Ownership::of(option).over(horizon.value));
        let slack = claimed.grain.max(total.abs() * 0.01);
        ((claimed.value - total).abs() > slack && total.is_finite()).then_some((option, cell, total))
    });
    let currency = cost.currency.as_ref().map_or("", |currency| currency.value.as_str());
    let report = |(option, cell, total): (&CostOption, &Cell, f64)| {
        let at = Location { path: record.path().clone(), span: option.name.span };
        let label = format!("{} over {} years", money(total, currency), horizon.value);
        let message = format!("the total of `{}` is not what its figures come to", option.name.value);
        let finding = Diagnostic::new(RULE.name, record.path(), cell.span, message).with_label("in the text");
        finding.with_related(at, label).with_help("correct the table or the figures under `[cost]`")
    };
    wrong.map(report).collect()
}

/// The option that a heading or a row names: `Build (internal)` is `build`.
fn option<'a>(cost: &'a Cost, name: &str) -> Option<&'a CostOption> {
    let plain =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let name = plain(name.split(['(', ':', ',']).next().unwrap_or(name));
    cost.options.iter().find(|option| plain(&option.name.value) == name)
}
