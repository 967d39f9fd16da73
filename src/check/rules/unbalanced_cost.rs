//! A total that does not add up.

use crate::check::amount::{Amount, amount, is_currency, is_same_currency};
use crate::check::claim::{is_subtotal, is_total, is_whole, may_add_up, may_be_over};
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
        let wrong: Vec<Diagnostic> = rows(record, &table).into_iter().chain(columns(record, &table)).collect();
        let is_known = |cell: &Cell| wrong.iter().any(|finding: &Diagnostic| finding.primary.span == cell.span);
        let contradicted: Vec<_> = cost.map(|cost| claims(record, &table, cost, &is_known)).unwrap_or_default();
        found.extend(wrong.iter().cloned().chain(contradicted));
    }
}

fn is_rate(cell: &Cell) -> bool {
    cell.value.contains(['%', '×'])
}

/// The first row that is called a total, and where it stands.
fn total_row(table: &Table) -> Option<(usize, &[Cell])> {
    let is_it = |row: &[Cell]| row.first().is_some_and(|name| is_total(&name.value));
    table.rows.iter().map(Vec::as_slice).enumerate().find(|(_, row)| is_it(row))
}

/// The first column that is called a total.
fn total_column(table: &Table) -> Option<usize> {
    table.header.iter().skip(1).position(|name| is_total(&name.value)).map(|at| at + 1)
}

/// A row called total against the cells above it.
fn rows(record: &Record, table: &Table) -> Vec<Diagnostic> {
    let Some((at, total)) = total_row(table) else { return Vec::new() };
    let named = table.rows.iter().take(at).filter_map(|row| Some((row.first()?.value.as_str(), row)));
    let named: Vec<(&str, &Vec<Cell>)> = named.filter(|(name, _)| !is_subtotal(name)).collect();
    let columns = (1..table.header.len()).filter_map(|column| {
        let parts = named.iter().filter_map(|(name, row)| Some((*name, row.get(column)?)));
        compare(record, parts, total.first()?, total.get(column)?)
    });
    columns.collect()
}

/// A column called total against the cells before it.
fn columns(record: &Record, table: &Table) -> Vec<Diagnostic> {
    let Some(column) = total_column(table) else { return Vec::new() };
    let parts: Vec<(usize, &str)> =
        table.header.iter().map(|name| name.value.as_str()).enumerate().take(column).skip(1).collect();
    let parts: Vec<(usize, &str)> = parts.into_iter().filter(|(_, name)| !is_subtotal(name)).collect();
    let rows = table.rows.iter().filter_map(|row| {
        let parts = parts.iter().filter_map(|(at, name)| Some((*name, row.get(*at)?)));
        compare(record, parts, table.header.get(column)?, row.get(column)?)
    });
    rows.collect()
}

/// A total held against its parts, each with its name; one that nobody can read leaves all of them in peace.
fn compare<'a>(
    record: &Record,
    parts: impl Iterator<Item = (&'a str, &'a Cell)>,
    name: &Cell,
    total: &Cell,
) -> Option<Diagnostic> {
    let claimed = amount(&total.value)?;
    let is_blank = |cell: &Cell| cell.value.trim().trim_matches(['–', '—', '-']).is_empty();
    let (names, parts): (Vec<&str>, Vec<&Cell>) = parts.filter(|(_, cell)| !is_blank(cell) && !is_rate(cell)).unzip();
    if !may_add_up(&names, &name.value) {
        return None;
    }
    let amounts = parts.iter().map(|part| amount(&part.value)).collect::<Option<Vec<Amount>>>()?;
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
    let written: Vec<(&Cell, String)> = named_in(table).chain(amounts.filter(|(_, currency)| !currency.is_empty())).collect();
    let declared = cost.and_then(|cost| cost.currency.as_ref()).filter(|currency| is_currency(&currency.value));
    let declared = declared.map(|currency| (currency.span, currency.value.clone()));
    let (at, expected) = declared.or_else(|| written.first().map(|(cell, currency)| (cell.span, currency.clone())))?;
    let (cell, other) = written.iter().find(|(_, currency)| !is_same_currency(currency, &expected))?;
    let at = Location { path: record.path().clone(), span: at };
    let message = format!("amounts in two currencies, `{expected}` and `{other}`");
    let finding = Diagnostic::new(RULE.name, record.path(), cell.span, message).with_label("the other one");
    let help = "convert it, and name the rate and its day below the table";
    Some(finding.with_related(at, "the currency of this record's figures").with_help(help))
}

/// The currencies that columns are headed with (`Build (USD)`), or that a row `Currency` names.
fn named_in(table: &Table) -> impl Iterator<Item = (&Cell, String)> {
    let rows = table.rows.iter().filter(|row| row.first().is_some_and(|name| name.value.trim().eq_ignore_ascii_case("currency")));
    let words = |cell: &'_ Cell| -> Vec<String> {
        let words = cell.value.split(|c: char| c.is_whitespace() || "()[]/,:".contains(c));
        words.filter(|word| is_currency(word)).map(str::to_owned).collect()
    };
    table.header.iter().chain(rows.flatten()).flat_map(move |cell| words(cell).into_iter().map(move |word| (cell, word)))
}

/// Totals of an option over the horizon that its own figures contradict.
fn claims(record: &Record, table: &Table, cost: &Cost, is_known: &dyn Fn(&Cell) -> bool) -> Vec<Diagnostic> {
    let Some(horizon) = cost.horizon_years.as_ref().map(|horizon| horizon.value) else { return Vec::new() };
    let is_over = |name: &Cell| may_be_over(&name.value, horizon);
    let is_claim = |name: &&Cell| is_whole(&name.value, horizon) && table.header.first().is_some_and(is_over);
    let last = total_row(table).map(|(_, row)| row).filter(|row| row.first().filter(is_claim).is_some());
    let by_column =
        table.header.iter().enumerate().skip(1).filter_map(|(column, name)| Some((name, last?.get(column)?)));
    let column = total_column(table).filter(|column| table.header.get(*column).filter(is_claim).is_some());
    let by_row = table.rows.iter().filter_map(|row| Some((row.first()?, row.get(column?)?)));
    let named = by_column.chain(by_row).filter(|(name, cell)| is_over(name) && !is_known(cell));
    let named = named.filter_map(|(name, cell)| Some((option(cost, &name.value)?, cell)));
    let wrong = named.filter_map(|(option, cell)| {
        let (claimed, total) = (amount(&cell.value)?, Ownership::of(option).over(horizon));
        // A table may be kept in thousands or in millions, and say so above it.
        let is_same =
            |scale: f64| (claimed.value * scale - total).abs() <= (claimed.grain * scale).max(total.abs() * 0.01);
        let is_right = [1.0, 1e3, 1e6].into_iter().any(is_same);
        (!is_right && !option.amounts.is_empty() && total.is_finite()).then_some((option, cell, total))
    });
    let currency = cost.currency.as_ref().map_or("", |currency| currency.value.as_str());
    let report = |(option, cell, total): (&CostOption, &Cell, f64)| {
        let at = Location { path: record.path().clone(), span: option.name.span };
        let label = format!("{} over {horizon} years", money(total, currency));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    const HEAD: &str = "+++\ntitle = \"x\"\nstatus = \"approved\"\n\n[cost]\ncurrency = \"EUR\"\nhorizon-years = 5\n\
                        build = { initial = 100, run-per-year = 20 }\nbuy = { licence-per-year = 50 }\n+++\n\n## TCO\n\n";

    fn found(table: &str) -> Vec<String> {
        let text = format!("{HEAD}{table}");
        let findings = trial::found(&RULE, "content/rfc/0001-x.md", &text);
        findings.iter().map(|finding| finding.primary.span.of(&text).to_owned()).collect()
    }

    #[test]
    fn totals_that_do_not_add_up_are_found() {
        for (table, wrong) in [
            ("| | A |\n|-|-|\n| Once | 10 |\n| Licence | 20 |\n| Total | 35 |\n", "35"),
            ("| | A |\n|-|-|\n| Once | 10 |\n| Operations | 20 |\n| **Total** | **35** |\n", "**35**"),
            ("| | A |\n|-|-|\n| X | 10 |\n| Y | 20 |\n| Subtotal | 30 |\n| Z | 5 |\n| Total | 65 |\n", "65"),
            ("| | Year 1 | Year 2 | Total |\n|-|-|-|-|\n| A | 10 | (4) | 14 |\n", "14"),
            ("| | A |\n|-|-|\n| X | 1.2 M |\n| Y | 600k |\n| Sum | 2.5 M |\n", "2.5 M"),
            ("| | Total |\n|-|-|\n| Build | 300 |\n| Buy | 250 |\n", "300"),
            ("| | Build |\n|-|-|\n| Total over five years, EUR | 300 |\n", "300"),
            ("| | A |\n|-|-|\n| X | €10 |\n| Y | $20 |\n", "$20"),
            ("| | Build (EUR) | Buy (USD) |\n|-|-|-|\n| Run | 10 | 20 |\n", "Buy (USD)"),
            ("| | Build | Buy |\n|-|-|-|\n| Currency | EUR | USD |\n| Run | 10 | 20 |\n", "USD"),
        ] {
            assert_eq!(found(table), [wrong], "{table}");
        }
    }

    #[test]
    fn what_may_be_right_is_left_alone() {
        for table in [
            // A yearly amount is not a part of what is paid over the horizon.
            "| | Build |\n|-|-|\n| at first | 100 |\n| each year | 20 |\n| total | 200 |\n",
            "| | Initial | Annual | 5-year total |\n|-|-|-|-|\n| Build | 100 | 20 | 200 |\n",
            "| | Initial | Run | Total over 5 years |\n|-|-|-|-|\n| Build | 100 | 20 | 200 |\n",
            "| | A |\n|-|-|\n| Licence per year | 20 |\n| Years | 5 |\n| Total | 100 |\n",
            // Other sums than the plain one.
            "| | A |\n|-|-|\n| X | 10 |\n| Y | 20 |\n| Subtotal | 30 |\n| Z | 5 |\n| Total | 35 |\n",
            "| | A |\n|-|-|\n| X | 10 |\n| Y | 20 |\n| Average total | 15 |\n",
            "| | A |\n|-|-|\n| Price | 10 |\n| Savings | 4 |\n| Total | 6 |\n",
            "| | Cost | Risk | Overall |\n|-|-|-|-|\n| A | 3 | 4 | 3.5 |\n",
            // Another horizon, a part of the cost, or another unit than in the front matter.
            "| | Build |\n|-|-|\n| Total over 3 years | 160 |\n",
            "| over three years | Build |\n|-|-|\n| Total | 160 |\n",
            "| | Build (year 1) |\n|-|-|\n| Total | 120 |\n",
            "| | Build |\n|-|-|\n| Total CapEx | 100 |\n",
            "| thousands | Build |\n|-|-|\n| Total | 0.2 |\n",
            // Neither people nor standards are currencies.
            "| | A |\n|-|-|\n| Staff | 5 FTE |\n| Audit | SOC 2 |\n| Licence | €20 |\n",
            "| | A |\n|-|-|\n| X | $5-$10 |\n| Y | 3 |\n| Total | 8 |\n",
            // Rounded.
            "| | A |\n|-|-|\n| X | 1.24 M |\n| Y | 0.33 M |\n| Total | 1.6 M |\n",
        ] {
            assert_eq!(found(table), Vec::<String>::new(), "{table}");
        }
    }
}
