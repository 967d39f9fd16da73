//! What came of a metric.

use super::change::Change;
use super::find::name;
use super::literal::Literal;
use super::step::listed;
use crate::date::Date;
use crate::error::{Error, Result};
use crate::record::Record;
use crate::text::nearest;

/// What was measured of a metric: its row, and the changes. The metric goes by its name, or by a part of it that no other has.
///
/// # Errors
/// When no metric, or more than one, goes by that name, or the value says nothing.
pub fn measure(record: &Record, metric: &str, value: &str, on: Date) -> Result<(usize, Vec<Change>)> {
    let named = name(record);
    let refused = |message: String| Err(Error::Refused { message });
    let names: Vec<&str> =
        record.front.metrics.iter().map(|row| row.value.name.as_ref().map_or("", |name| name.value.trim())).collect();
    if names.is_empty() {
        return refused(format!(
            "{named} has no metrics in its front matter; add rows of `[[metric]]` with `name`, `baseline` and `target`"
        ));
    }
    let value = value.trim();
    if !value.contains(|c: char| c.is_ascii_digit()) {
        return refused(format!(
            "`{}` has no number in it; give what was measured with its unit, such as `41 ms`",
            value.escape_debug()
        ));
    }
    let wanted = metric.trim().to_lowercase();
    let exact: Vec<usize> =
        (0..names.len()).filter(|at| names.get(*at).is_some_and(|name| name.to_lowercase() == wanted)).collect();
    let part: Vec<usize> = (0..names.len())
        .filter(|at| names.get(*at).is_some_and(|name| name.to_lowercase().contains(&wanted)))
        .collect();
    let found = if exact.is_empty() { part } else { exact };
    let row = match found.as_slice() {
        [only] => *only,
        [] => {
            let advice = nearest(metric, names.iter().copied())
                .map_or_else(|| format!("it has {}", listed(&names, "and")), |near| format!("did you mean `{near}`?"));
            return refused(format!("{named} has no metric `{}`; {advice}", metric.escape_debug()));
        }
        several => {
            let several: Vec<&str> = several.iter().filter_map(|at| names.get(*at).copied()).collect();
            return refused(format!(
                "`{}` may be {}; give more of the name",
                metric.escape_debug(),
                listed(&several, "or")
            ));
        }
    };
    let set = |key, to| Change::SetInRow { list: "metric", row, key, to };
    Ok((row, vec![set("actual", Literal::text(value)), set("measured", Literal::day(on))]))
}
