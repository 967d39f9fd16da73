//! How long the tasks of a Gantt chart take: where it excludes days, each day of each task is looked at, and nothing stops that.

use super::draw::read;
use super::explain::analyse;
use super::place::{first_line, line_with};
use super::problem::Problem;
use super::reading::Reading;
use merman::RenderSemanticModel as Model;

/// How many days all tasks of a chart with excluded days may take together: a hundred years.
const MOST: i64 = 36_525;

/// How many days at most come of each day of a task that excludes six days of each week.
const STRETCH: i64 = 7;

/// How many days may be looked at in tasks that last until others begin, which may be later for days that are excluded.
const MOST_LATER: i64 = 1_000_000;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// What excludes days, and what as many letters do that excludes none.
const EXCLUDES: &str = "excludes";
const INCLUDES: &str = "includes";

/// What reading a chart gives that is not to be counted day by day; nothing for any other.
pub(super) fn without_end(source: &str) -> Option<Reading> {
    let plain = without_exclusions(source)?;
    let Some(longest) = read(&plain, longest) else {
        // Days would be counted until the fault is met.
        let said = |message: String| match source.contains(INCLUDES) {
            true => message,
            false => message.replace(INCLUDES, EXCLUDES),
        };
        let problems = analyse(&plain).into_iter();
        let problems = problems.map(|problem| Problem { message: said(problem.message), ..problem }).collect();
        return Some(Reading { size: None, problems });
    };
    let task = longest?;
    let problem = Problem {
        message: "the tasks take more than a hundred years together".to_owned(),
        span: line_with(source, &task).unwrap_or_else(|| first_line(source)),
        help: Some("shorten them, or take `excludes` out, without which no day is looked at".to_owned()),
    };
    Some(Reading { size: None, problems: vec![problem] })
}

/// A chart that excludes days, as one that excludes none.
fn without_exclusions(source: &str) -> Option<String> {
    // Wherever the words stand: there are many ways to write what comes before them.
    let lower = source.to_ascii_lowercase();
    if !(lower.contains("gantt") && lower.contains(EXCLUDES)) {
        return None;
    }
    let mut plain = String::with_capacity(source.len());
    let mut from = 0;
    for (at, word) in lower.match_indices(EXCLUDES) {
        plain.push_str(source.get(from..at).unwrap_or(""));
        plain.push_str(INCLUDES);
        from = at + word.len();
    }
    plain.push_str(source.get(from..).unwrap_or(""));
    Some(plain)
}

/// The longest task of a chart whose tasks take too long to be counted day by day.
fn longest(model: &Model) -> Option<String> {
    let Model::Gantt(chart) = model else { return None };
    let days = |start: i64, end: i64| end.saturating_sub(start).max(0) / DAY + 1;
    let tasks = chart.tasks.iter().map(|task| (days(task.start_ms, task.end_ms), task));
    let total = tasks.clone().fold(0i64, |total, (days, _)| total.saturating_add(days));
    let until = chart.tasks.iter().filter(|task| task.raw.end_time.data.starts_with("until")).count();
    let later = total.saturating_mul(STRETCH).saturating_mul(i64::try_from(until).unwrap_or(i64::MAX));
    let is_long = total > MOST || later > MOST_LATER;
    tasks.max_by_key(|(days, _)| *days).filter(|_| is_long).map(|(_, task)| task.task.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(chart: &str) -> Option<(String, String)> {
        let problem = without_end(chart)?.problems.into_iter().next()?;
        Some((problem.span.of(chart).to_owned(), problem.message))
    }

    #[test]
    fn only_what_is_counted_day_by_day_has_an_end() {
        let chart = |head: &str, tasks: &str| format!("%% a note\ngantt\n{head}\n section S\n{tasks}");
        let days = " dateFormat YYYY-MM-DD\n excludes weekends";
        for (head, tasks, line) in [
            (days, " A :a, 2026-01-01, 9999y", "A :a, 2026-01-01, 9999y"),
            (
                " dateFormat YYYY-MM-DD\n Excludes 2026-01-05",
                " B :a, 2026-01-01, 9999999h",
                "B :a, 2026-01-01, 9999999h",
            ),
            (" dateFormat X\n excludes weekends", " C :a, 0, 999999999999", "C :a, 0, 999999999999"),
            (" dateFormat x\n excludes weekends", " D :a, 0, 99999999999999", "D :a, 0, 99999999999999"),
            (
                " dateFormat DD.MM.YYYY\n excludes monday",
                " E :a, 01.01.1000, 01.01.2026",
                "E :a, 01.01.1000, 01.01.2026",
            ),
            (days, &" F :2026-01-01, 9y\n".repeat(20), "F :2026-01-01, 9y"),
        ] {
            let said = "the tasks take more than a hundred years together".to_owned();
            assert_eq!(found(&chart(head, tasks)), Some((line.to_owned(), said)));
        }
        assert_eq!(without_end(&chart(days, &" A :2026-01-01, 30d\n".repeat(400))), None);
        assert_eq!(without_end(&chart(" dateFormat YYYY-MM-DD", " A :a, 2026-01-01, 9999y")), None);
        assert_eq!(without_end("flowchart LR\n excludes --> 9999y"), None);
    }

    #[test]
    fn what_waits_for_others_counts_the_days_that_these_exclude() {
        let waiting = " W :w0, 2075-12-01, until x\n".repeat(100);
        let tasks = format!(" A :a, 2026-01-01, 50y\n X :x, after a, 1d\n{waiting}");
        let head = "gantt\n dateFormat YYYY-MM-DD\n excludes weekends\n section S\n";
        assert_eq!(found(&format!("{head}{tasks}")).map(|(line, _)| line).as_deref(), Some("A :a, 2026-01-01, 50y"));
        assert_eq!(
            without_end(&format!("{head} A :a, 2026-01-01, 2y\n X :x, after a, 1d\n W :2027-01-01, until x\n")),
            None
        );
    }

    #[test]
    fn a_fault_is_told_before_days_are_counted() {
        let chart = "gantt\n dateFormat X\n excludes weekends\n section S\n A :a, 0, 99999999999999\n B :b, nonsense, x\n exludes";
        let (line, message) = found(chart).unwrap();
        assert!(!message.contains("includes") && !line.is_empty(), "{line}: {message}");
    }
}
