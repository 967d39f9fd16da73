//! A small chart of lines that is drawn while the site is built: all of it is numbers, and style sheets do the rest.

use serde::Serialize;

/// The drawing's size, in its own units, which are about pixels.
const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 260.0;
/// Where the axes end: room for amounts on the left, names on the right, years below.
const LEFT: f64 = 52.0;
const RIGHT: f64 = 440.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 230.0;
/// The least distance between two names.
const LINE_HEIGHT: f64 = 17.0;
/// Lines that can be told apart by stroke and colour; more are in the table alone.
const MOST: usize = 6;
/// Characters of a name beside its line.
const NAME: usize = 14;

/// Something that grows over the years.
pub(super) struct Line {
    /// Its name.
    pub(super) label: String,
    /// Years and amounts.
    pub(super) points: Vec<(f64, f64)>,
}

/// The chart for its template.
#[derive(Debug, Serialize)]
pub(super) struct ChartView {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    bottom: f64,
    lines: Vec<LineView>,
    /// Amounts, from below.
    levels: Vec<TickView>,
    years: Vec<TickView>,
}

#[derive(Debug, Serialize)]
struct LineView {
    label: String,
    /// As `polyline` takes them.
    points: String,
    end: String,
    /// Where its name stands.
    label_at: String,
}

#[derive(Debug, Serialize)]
struct TickView {
    label: String,
    at: String,
}

/// Draws lines over the years from 0 to `horizon`; `None` where there is nothing to compare.
pub(super) fn chart(lines: &[Line], horizon: f64) -> Option<ChartView> {
    let lines = lines.get(..lines.len().min(MOST))?;
    let amounts = || lines.iter().flat_map(|line| &line.points).map(|(_, amount)| *amount);
    let (least, most) = (amounts().fold(0.0, f64::min), amounts().fold(0.0, f64::max));
    let range = most - least;
    if lines.len() < 2 || !(range.is_finite() && range > 0.0) || horizon < 1.0 {
        return None;
    }
    let step = step(range / 4.0);
    let (floor, ceiling) = ((least / step).floor() * step, (most / step).ceil() * step);
    let across = |year: f64| LEFT + (RIGHT - LEFT) * year / horizon.min(100.0);
    let up = |amount: f64| BOTTOM - (BOTTOM - TOP) * (amount - floor) / (ceiling - floor);
    let ends: Vec<f64> =
        lines.iter().map(|line| line.points.last().map_or(BOTTOM, |(_, amount)| up(*amount))).collect();
    let label_at = apart(&ends);
    let line_view = |((line, end), at): ((&Line, &f64), f64)| {
        let points = line.points.iter().map(|(year, amount)| format!("{:.1},{:.1}", across(*year), up(*amount)));
        LineView {
            label: super::view::shortened_word(&line.label, NAME),
            points: points.collect::<Vec<_>>().join(" "),
            end: format!("{end:.1}"),
            label_at: format!("{:.1}", at + 4.5),
        }
    };
    let level = |count: u32| floor + step * f64::from(count);
    let levels = (0..12).map(level).take_while(|level| *level <= ceiling + step / 2.0);
    let levels = levels.map(|level| TickView { label: short(level), at: format!("{:.1}", up(level)) });
    let every = [1, 2, 5, 10].into_iter().find(|every| horizon / f64::from(*every) <= 10.0).unwrap_or(20);
    let years = (0..=100_u32).filter(|year| f64::from(*year) <= horizon && year % every == 0);
    let years = years.map(|year| TickView { label: year.to_string(), at: format!("{:.1}", across(f64::from(year))) });
    Some(ChartView {
        width: WIDTH,
        height: HEIGHT,
        left: LEFT,
        right: RIGHT,
        bottom: BOTTOM,
        lines: lines.iter().zip(&ends).zip(label_at).map(line_view).collect(),
        levels: levels.collect(),
        years: years.collect(),
    })
}

/// The next of 1, 2, 5, 10, 20 … that is no less.
fn step(least: f64) -> f64 {
    let magnitude = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|step| step * magnitude).find(|step| *step >= least).unwrap_or(10.0 * magnitude)
}

/// Heights near the given ones, and none nearer to another than a line's height.
fn apart(ends: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..ends.len()).collect();
    let end = |at: usize| ends.get(at).copied().unwrap_or(BOTTOM);
    order.sort_by(|one, other| end(*one).total_cmp(&end(*other)));
    let mut placed = ends.to_vec();
    let mut lowest = f64::NEG_INFINITY;
    for at in order.iter().copied() {
        lowest = end(at).max(lowest + LINE_HEIGHT);
        placed.get_mut(at).into_iter().for_each(|place| *place = lowest);
    }
    // What was pushed out at the bottom pushes the others up.
    let mut highest = BOTTOM + LINE_HEIGHT / 2.0;
    for at in order.into_iter().rev() {
        placed.get_mut(at).into_iter().for_each(|place| {
            *place = place.min(highest);
            highest = *place - LINE_HEIGHT;
        });
    }
    placed
}

/// An amount in few letters: `1.5M`.
fn short(amount: f64) -> String {
    let units = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")];
    let unit = units.into_iter().find(|(unit, _)| amount.abs() >= *unit);
    let (unit, letter) = unit.unwrap_or((1.0, ""));
    let sign = if amount < 0.0 { "−" } else { "" };
    format!("{sign}{}{letter}", (amount.abs() / unit * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: &str, points: &[(f64, f64)]) -> Line {
        Line { label: label.to_owned(), points: points.to_vec() }
    }

    #[test]
    fn lines_fill_the_drawing_and_names_stand_apart() {
        let lines = [line("Build", &[(0.0, 0.0), (5.0, 1000.0)]), line("Buy", &[(0.0, 500.0), (5.0, 990.0)])];
        let chart = chart(&lines, 5.0).unwrap();
        assert_eq!(chart.lines[0].points, "52.0,230.0 440.0,14.0");
        let labels: Vec<&str> = chart.levels.iter().map(|level| level.label.as_str()).collect();
        assert_eq!(labels, ["0", "500", "1k"]);
        assert_eq!(chart.years.len(), 6);
        let at = |line: usize| chart.lines[line].label_at.parse::<f64>().unwrap();
        assert!(at(1) - at(0) >= LINE_HEIGHT);
    }

    #[test]
    fn what_cannot_be_drawn_is_not() {
        let flat = line("a", &[(0.0, 0.0), (5.0, 0.0)]);
        assert!(chart(&[flat, line("b", &[(0.0, 0.0)])], 5.0).is_none());
        assert!(chart(&[line("a", &[(0.0, 1.0)])], 5.0).is_none());
        assert!(chart(&[line("a", &[(0.0, f64::INFINITY)]), line("b", &[(0.0, 1.0)])], 5.0).is_none());
        assert!(chart(&[line("a", &[(0.0, -f64::MAX)]), line("b", &[(0.0, f64::MAX)])], 5.0).is_none());
        assert!(chart(&[], 5.0).is_none());
    }

    #[test]
    fn amounts_are_short_on_the_axis() {
        let shown: Vec<String> = [0.0, 950.0, 1500.0, 2e6, -2.5e9].into_iter().map(short).collect();
        assert_eq!(shown, ["0", "950", "1.5k", "2M", "−2.5B"]);
        assert_eq!(apart(&[230.0, 230.0, 229.0]).len(), 3);
    }
}
