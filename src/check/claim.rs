//! What the names of rows and columns in a table of costs say of the figures beside them.

use crate::text::words;

/// Words that a total goes by.
const TOTALS: &[&str] = &["total", "totals", "sum", "σ", "tco"];

/// Words of totals that are not the sum of what stands before them.
const UNSUMMED: &[&str] = &["sub", "running", "cumulative", "cumulated", "average", "mean", "npv", "discounted", "net"];

/// Words of figures that are not added up as they stand: rates, quantities, and what is taken off.
const NO_PARTS: &[&str] = &[
    "per",
    "each",
    "every",
    "yearly",
    "annual",
    "annually",
    "monthly",
    "rate",
    "rates",
    "quantity",
    "qty",
    "units",
    "price",
    "prices",
    "horizon",
    "share",
    "growth",
    "saving",
    "savings",
    "discount",
    "discounts",
    "credit",
    "credits",
    "revenue",
    "benefit",
    "benefits",
    "income",
    "less",
    "minus",
    "difference",
];

/// Words that add nothing to what a total says: `Total cost of ownership, all in`.
const PLAIN: &[&str] = &[
    "cost",
    "costs",
    "of",
    "ownership",
    "over",
    "for",
    "in",
    "the",
    "all",
    "whole",
    "horizon",
    "period",
    "and",
    "full",
];

/// Words for a number of years.
const NUMBERS: &[&str] = &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// Whether a name claims that its figures are the sum of others.
pub(super) fn is_total(name: &str) -> bool {
    let words: Vec<String> = words(name).collect();
    has(&words, TOTALS) && !has(&words, UNSUMMED)
}

/// Whether a name says that its figures sum up some of those before them.
pub(super) fn is_subtotal(name: &str) -> bool {
    let words: Vec<String> = words(name).collect();
    has(&words, &["subtotal", "subtotals"]) || (has(&words, TOTALS) && has(&words, UNSUMMED))
}

/// Whether the figures of these names can be what a total sums up; in doubt they are not.
///
/// Where the total alone speaks of years, the parts may be what is paid in one of them.
pub(super) fn may_add_up(parts: &[&str], total: &str) -> bool {
    let is_part = |name: &&str| {
        let words: Vec<String> = words(name).collect();
        let is_count = matches!(words.as_slice(), [only] if ["years", "months"].contains(&only.as_str()));
        !has(&words, NO_PARTS) && !is_count && !name.contains(['%', '×', '/'])
    };
    let parts_tell = || parts.iter().any(|name| speaks_of_time(name));
    parts.iter().all(is_part) && (!speaks_of_time(total) || parts_tell())
}

/// Whether a total's name says nothing but that it is the whole over so many years, or over all that are looked at.
pub(super) fn is_whole(name: &str, years: f64) -> bool {
    let is_plain = |word: &String| {
        let word = word.as_str();
        TOTALS.contains(&word) || PLAIN.contains(&word) || is_year(word) || number(word).is_some() || is_currency(word)
    };
    words(name).all(|word| is_plain(&word)) && may_be_over(name, years)
}

/// Whether a name leaves open that its figures are those of so many years.
pub(super) fn may_be_over(name: &str, years: f64) -> bool {
    let words: Vec<String> = words(name).collect();
    let numbers: Vec<f64> = words.iter().filter_map(|word| number(word)).collect();
    #[allow(clippy::float_cmp, reason = "both are written by hand")]
    let is_it = |number: &f64| *number == years;
    match speaks_of_time(name) {
        true => matches!(numbers.as_slice(), [only] if is_it(only)) && words.iter().any(|word| is_year(word)),
        false => numbers.is_empty() || !has(&words, TOTALS),
    }
}

fn speaks_of_time(name: &str) -> bool {
    words(name).any(|word| is_year(&word) || word.starts_with("month") || word.starts_with("quarter"))
}

fn is_year(word: &str) -> bool {
    ["year", "years", "yr", "yrs", "annual"].contains(&word)
}

fn is_currency(word: &str) -> bool {
    super::amount::is_currency(&word.to_uppercase())
}

fn number(word: &str) -> Option<f64> {
    let spelt = (1u8..).zip(NUMBERS).find(|(_, known)| **known == word).map(|(number, _)| f64::from(number));
    spelt.or_else(|| word.parse().ok().filter(|number: &f64| number.is_finite()))
}

fn has(words: &[String], known: &[&str]) -> bool {
    words.iter().any(|word| known.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_known_by_its_name() {
        for name in ["Total", "TOTAL (5 years)", "Σ", "Sum", "TCO", "Total cost of ownership"] {
            assert!(is_total(name) && !is_subtotal(name), "{name}");
        }
        for name in ["Subtotal", "Sub-total", "Running total", "Net total"] {
            assert!(!is_total(name) && is_subtotal(name), "{name}");
        }
        assert!(!is_total("Summary") && !is_subtotal("Licence"));
    }

    #[test]
    fn only_what_can_be_added_up_is() {
        for (parts, total) in [
            (vec!["Once", "Operations", "Licence (years 1 to 5)"], "Total"),
            (vec!["Year 1", "Year 2"], "Total over two years"),
            (vec!["Once", "Five years"], "Total, 5 years"),
        ] {
            assert!(may_add_up(&parts, total), "{parts:?}");
        }
        for (parts, total) in [
            (vec!["Once", "each year"], "Total"),
            (vec!["Once", "Annual licence"], "Total"),
            (vec!["Once", "$/month"], "Total"),
            (vec!["Once", "Years"], "Total"),
            (vec!["Build", "Savings"], "Total"),
            (vec!["Initial", "Run"], "Total over five years"),
        ] {
            assert!(!may_add_up(&parts, total), "{parts:?}");
        }
    }

    #[test]
    fn only_a_plain_total_over_the_same_years_is_the_whole() {
        for name in ["Total", "Total cost of ownership", "Total (5 years)", "5-year TCO", "Total over five years, USD"]
        {
            assert!(is_whole(name, 5.0), "{name}");
        }
        for name in [
            "Total (3 years)",
            "Total year 1",
            "Total CapEx",
            "Annual total",
            "Total, k€",
            "Total after tax",
            "Total 5",
        ] {
            assert!(!is_whole(name, 5.0), "{name}");
        }
        assert!(may_be_over("Build", 5.0) && may_be_over("Option 2", 5.0) && !may_be_over("Build (3 years)", 5.0));
    }
}
