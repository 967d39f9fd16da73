//! Somebody disagrees, and commits all the same.

use super::change::Change;
use super::find::name;
use super::literal::Literal;
use crate::check::is_same_person;
use crate::date::Date;
use crate::error::{Error, Result};
use crate::record::Record;

/// A dissent, or the day on which one that is on record was committed to.
///
/// # Errors
/// When a new dissent has no position, or nothing would change.
pub fn dissent(record: &Record, who: &str, position: Option<&str>, committed: Option<Date>) -> Result<Vec<Change>> {
    let refused = |message: String| Err(Error::Refused { message });
    let is_theirs =
        |row: &crate::record::Dissent| row.who.as_ref().is_some_and(|known| is_same_person(&known.value, who));
    let known = record.front.dissent.iter().position(|row| is_theirs(&row.value));
    let position = position.map(str::trim).filter(|position| !position.is_empty());
    match (known, position, committed) {
        (None, None, _) => refused(format!("say what `{who}` would have done: `--position \"prefers …\"`")),
        (None, Some(position), committed) => {
            let mut row = vec![("who", Literal::text(who)), ("position", Literal::text(position))];
            row.extend(committed.map(|on| ("committed", Literal::day(on))));
            Ok(vec![Change::Append { list: "dissent", row }])
        }
        (Some(_), Some(_), _) => refused(format!(
            "the dissent of `{who}` is on record in {}; what somebody said is not rewritten by a command",
            name(record)
        )),
        (Some(row), None, Some(on)) => {
            let is_committed = record.front.dissent.get(row).is_some_and(|row| row.value.committed.is_some());
            if is_committed {
                return refused(format!("`{who}` has committed to {} already", name(record)));
            }
            Ok(vec![Change::SetInRow { list: "dissent", row, key: "committed", to: Literal::day(on) }])
        }
        (Some(_), None, None) => {
            refused(format!("the dissent of `{who}` is on record; add `--committed` once they disagree and commit"))
        }
    }
}
