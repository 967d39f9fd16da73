//! How long the tasks of a Gantt chart take: where it excludes days, each day of each task is looked at, and nothing stops that.

use super::problem::Problem;
use crate::text::Span;

/// How many days all tasks of a chart with excluded days may take together: a hundred years.
const MOST: f64 = 36_525.0;

/// Units of lengths, in days.
const UNITS: [(&str, f64); 8] = [
    ("ms", 1.0 / 86_400_000.0),
    ("s", 1.0 / 86_400.0),
    ("m", 1.0 / 1_440.0),
    ("h", 1.0 / 24.0),
    ("d", 1.0),
    ("w", 7.0),
    ("M", 31.0),
    ("y", 366.0),
];

/// What to say of a chart whose tasks take too long to be counted day by day.
pub(super) fn too_long(source: &str) -> Option<Problem> {
    // Wherever the words stand: there are many ways to write what comes before them.
    if !(source.contains("gantt") && source.to_ascii_lowercase().contains("excludes")) {
        return None;
    }
    let mut total = 0.0;
    let word = source.split([',', ':', ';', ' ', '\t', '\r', '\n']).find(|word| {
        total += days(word).unwrap_or(0.0);
        total > MOST
    })?;
    let start = word.as_ptr() as usize - source.as_ptr() as usize;
    Some(Problem {
        message: "the tasks take more than a hundred years together".to_owned(),
        span: Span::new(start, start + word.len()),
        help: Some("shorten them, or take `excludes` out, without which no day is looked at".to_owned()),
    })
}

/// The length that a word says: `3d`, `1.5w`.
fn days(word: &str) -> Option<f64> {
    let end = word.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    let (number, unit) = word.split_at(end);
    let (_, days) = UNITS.iter().find(|(name, _)| *name == unit)?;
    Some(number.parse::<f64>().ok()? * days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_counted_day_by_day_has_an_end() {
        let found = |tasks: &str| too_long(tasks).map(|problem| problem.span.of(tasks).to_owned());
        let chart =
            |head: &str, tasks: &str| format!("%% a note\ngantt\n dateFormat YYYY-MM-DD\n{head}\n section S\n{tasks}");
        assert_eq!(found(&chart(" excludes weekends", " A :a, 2026-01-01, 9999y")).as_deref(), Some("9999y"));
        assert_eq!(
            found(&chart(" Excludes 2026-01-05", " A :a, 2026-01-01, 9999999999h")).as_deref(),
            Some("9999999999h")
        );
        assert_eq!(found(&chart(" excludes weekends", &" A :2026-01-01, 9y\n".repeat(20))).as_deref(), Some("9y"));
        assert_eq!(found(&chart(" excludes weekends", &" A :a, 2026-01-01, 30d\n".repeat(400))), None);
        assert_eq!(found(&chart("", " A :a, 2026-01-01, 9999y")), None);
        assert_eq!(found("flowchart LR\n excludes --> 9999y"), None);
    }
}
