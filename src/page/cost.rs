//! What a decision costs over the years: its figures, where each option stands at the end of each year, and who overtakes whom.

use super::chart::{ChartView, Line, chart};
use super::register::words;
use crate::cost::{Ownership, chosen, walk_away_price};
use crate::record::{Cost, CostOption, FrontMatter};
use serde::Serialize;

/// Years shown as rows; of a longer horizon every second year is shown, or every fifth, and so on.
const ROWS: u32 = 12;

/// Options by column; rows for the figures as written, and for what they come to.
#[derive(Debug, Serialize)]
pub(super) struct CostView {
    currency: String,
    /// `5 years`; `None` where no horizon is given, and then nothing is added up.
    horizon: Option<String>,
    options: Vec<OptionView>,
    figures: Vec<RowView>,
    /// What each option has cost by the end of a year; the last row is the total.
    years: Vec<RowView>,
    walk_away: Option<WalkAwayView>,
    break_even: Vec<BreakEvenView>,
    chart: Option<ChartView>,
}

#[derive(Debug, Serialize)]
struct OptionView {
    label: String,
    /// Whether the record's `sourcing` chooses it.
    chosen: bool,
    /// Whether it is the cheapest over the horizon.
    cheapest: bool,
}

#[derive(Debug, Serialize)]
struct RowView {
    label: String,
    /// One cell for each option; `None` where it gives no such amount.
    cells: Vec<Option<String>>,
}

/// What building costs, which is the most that a vendor may ask, and how the chosen option compares.
#[derive(Debug, Serialize)]
struct WalkAwayView {
    price: String,
    option: Option<String>,
    total: Option<String>,
    /// By how much of it the option is above or below: `13 %`.
    share: Option<String>,
    above: bool,
}

/// By the end of which year one option has cost less than another that was cheaper before.
#[derive(Debug, Serialize)]
struct BreakEvenView {
    option: String,
    other: String,
    year: u32,
}

/// The view of a record's costs; `None` without any option.
pub(super) fn cost(front: &FrontMatter) -> Option<CostView> {
    let cost = &front.cost.as_ref()?.value;
    if cost.options.is_empty() {
        return None;
    }
    let chosen = front.sourcing.as_ref().and_then(|sourcing| chosen(cost, sourcing.value));
    let horizon = cost.horizon_years.as_ref().map(|years| years.value).filter(|years| *years > 0.0);
    let priced: Vec<Priced<'_>> = cost.options.iter().filter(|option| !option.amounts.is_empty()).map(priced).collect();
    let totals: Vec<f64> = horizon.into_iter().flat_map(|years| over(&priced, years)).collect();
    let least = totals.iter().copied().filter(|total| total.is_finite()).fold(f64::INFINITY, f64::min);
    let is_cheapest = |at: usize| priced.len() > 1 && totals.get(at).is_some_and(|total| *total <= least);
    let option_view = |(at, option): (usize, &Priced<'_>)| OptionView {
        label: option.label.clone(),
        chosen: chosen.is_some_and(|chosen| chosen.name == option.option.name),
        cheapest: is_cheapest(at),
    };
    Some(CostView {
        currency: cost.currency.as_ref().map(|currency| currency.value.clone()).unwrap_or_default(),
        horizon: horizon.map(years_in_words),
        options: priced.iter().enumerate().map(option_view).collect(),
        figures: figures(&priced),
        years: horizon.map(|horizon| years(&priced, horizon)).unwrap_or_default(),
        walk_away: horizon.and_then(|horizon| walk_away(cost, chosen, horizon)),
        break_even: horizon.map(|horizon| break_even(&priced, horizon)).unwrap_or_default(),
        chart: horizon.and_then(|horizon| chart(&lines(&priced, horizon), horizon)),
    })
}

/// An option with figures.
struct Priced<'a> {
    option: &'a CostOption,
    label: String,
    cost: Ownership,
}

fn priced(option: &CostOption) -> Priced<'_> {
    Priced { option, label: words(&option.name.value), cost: Ownership::of(option) }
}

fn over<'a>(priced: &'a [Priced<'_>], years: f64) -> impl Iterator<Item = f64> + 'a {
    priced.iter().map(move |option| option.cost.over(years))
}

/// The amounts as written, one row for each name, in the order in which names first appear.
fn figures(priced: &[Priced<'_>]) -> Vec<RowView> {
    let mut names: Vec<&str> = Vec::new();
    for (amount, _) in priced.iter().flat_map(|option| &option.option.amounts) {
        if !names.contains(&amount.value.as_str()) {
            names.push(&amount.value);
        }
    }
    let cell = |option: &Priced<'_>, name: &str| {
        let amount = option.option.amounts.iter().find(|(known, _)| known.value == name);
        amount.map(|(name, amount)| figure(&name.value, amount.value))
    };
    let row =
        |name: &&str| RowView { label: words(name), cells: priced.iter().map(|option| cell(option, name)).collect() };
    names.iter().map(row).collect()
}

/// The ends of years that are shown: of all up to a dozen, of more every second, every fifth and so on; the horizon last.
fn ends(horizon: f64) -> Vec<f64> {
    let whole = (1..).take_while(|year| f64::from(*year) < horizon.min(100.0));
    let step = [1, 2, 5, 10].into_iter().find(|step| horizon / f64::from(*step) <= f64::from(ROWS)).unwrap_or(25);
    whole.filter(|year| year % step == 0).map(f64::from).chain([horizon]).collect()
}

fn years(priced: &[Priced<'_>], horizon: f64) -> Vec<RowView> {
    let row = |end: f64| {
        let cells = over(priced, end).map(|total| total.is_finite().then(|| grouped(total.round())));
        RowView { label: grouped(end), cells: cells.collect() }
    };
    ends(horizon).into_iter().map(row).collect()
}

fn walk_away(cost: &Cost, chosen: Option<&CostOption>, horizon: f64) -> Option<WalkAwayView> {
    let price = walk_away_price(cost)?;
    let other = chosen.filter(|option| option.name.value != "build" && !option.amounts.is_empty());
    let total = other.map(|option| Ownership::of(option).over(horizon)).filter(|total| total.is_finite());
    let share = total.filter(|_| price > 0.0).map(|total| ((total - price).abs() / price * 100.0).round());
    Some(WalkAwayView {
        price: grouped(price.round()),
        option: total.and(other).map(|option| words(&option.name.value)),
        total: total.map(|total| grouped(total.round())),
        share: share.map(|share| format!("{}\u{a0}%", grouped(share))),
        above: total.is_some_and(|total| total > price),
    })
}

/// Every overtaking, by year.
fn break_even(priced: &[Priced<'_>], horizon: f64) -> Vec<BreakEvenView> {
    let pairs = priced.iter().flat_map(|option| priced.iter().map(move |other| (option, other)));
    let overtaking = |(option, other): (&Priced<'_>, &Priced<'_>)| {
        let year = option.cost.breaks_even(&other.cost, horizon)?;
        // Both must have been the dearer one at some time: at the very start, all that was not yet paid is equal.
        let was_dearer = option.cost.over(0.0) > other.cost.over(0.0) || year > 1;
        was_dearer.then(|| BreakEvenView { option: option.label.clone(), other: other.label.clone(), year })
    };
    let mut found: Vec<BreakEvenView> = pairs.filter_map(overtaking).collect();
    found.sort_by_key(|found| found.year);
    found
}

/// Each option as a line through the ends of all years.
fn lines(priced: &[Priced<'_>], horizon: f64) -> Vec<Line> {
    let whole = (0..).take_while(|year| f64::from(*year) < horizon.min(100.0)).map(f64::from);
    let years: Vec<f64> = whole.chain([horizon.min(100.0)]).collect();
    let line = |option: &Priced<'_>| Line {
        label: option.label.clone(),
        points: years.iter().map(|year| (*year, option.cost.over(*year))).collect(),
    };
    priced.iter().map(line).collect()
}

fn years_in_words(years: f64) -> String {
    format!("{}\u{a0}{}", grouped(years), if years == 1.0 { "year" } else { "years" })
}

/// An amount of money, or a share where its name says that it is one.
fn figure(name: &str, amount: f64) -> String {
    if name.ends_with("-rate") || name.ends_with("-share") {
        let percent = (amount * 1000.0).round() / 10.0;
        return format!("{percent}\u{a0}%");
    }
    grouped(amount)
}

/// A number with its thousands apart: `1 250 000`, with narrow spaces that do not break.
pub(super) fn grouped(amount: f64) -> String {
    let text = format!("{}", (amount.abs() * 100.0).round() / 100.0);
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), ""), |(whole, fraction)| (whole, fraction));
    let mut out = String::new();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    let sign = if amount < 0.0 { "−" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{out}{point}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_at_a_glance() {
        assert_eq!(grouped(1_250_000.0), "1\u{202f}250\u{202f}000");
        assert_eq!(grouped(-999.5), "−999.5");
        assert_eq!(figure("maintenance-rate", 0.25), "25\u{a0}%");
        assert_eq!((years_in_words(1.0), years_in_words(2.5)), ("1\u{a0}year".to_owned(), "2.5\u{a0}years".to_owned()));
    }

    #[test]
    fn a_long_horizon_is_shown_in_strides() {
        assert_eq!(ends(2.5), [1.0, 2.0, 2.5]);
        assert_eq!(ends(12.0).len(), 12);
        assert_eq!(ends(30.0), [5.0, 10.0, 15.0, 20.0, 25.0, 30.0]);
        assert!(ends(1e9).len() <= 12);
    }
}
