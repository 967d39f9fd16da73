//! What a kind asks of a record at its status, under which conditions.

use crate::config::{Condition, Decision, Delivery, Kind};
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::text::{Location, Span};
use crate::value::{Data, Scalar, Table, Value};

/// Whether a record has come as far as `from`, under one of the conditions.
///
/// A record without a known status is held to what its kind asks from the start, and to no more.
pub(super) fn is_asked(record: &Record, from: &str, when: &[Condition]) -> bool {
    let reached = match &record.status {
        _ if from.is_empty() => true,
        Some(status) => record.kind.lifecycle.reached(status, from),
        None => is_first(&record.kind, from),
    };
    reached && applies(record, when)
}

/// Whether a record fulfils one of the conditions, whatever its status.
pub fn applies(record: &Record, when: &[Condition]) -> bool {
    when.is_empty() || when.iter().any(|condition| holds(condition, &record.front.table))
}

/// Whether the process holds a record to its rules: its status is known, and it is in review or in force.
pub(super) fn is_held(record: &Record) -> bool {
    matches!(record.status.as_ref().map(|status| status.decision), Some(Decision::InReview | Decision::Accepted))
}

/// Whether the process asks nothing of a record any more: it was turned down, taken back, put off, given up or replaced.
pub(super) fn owes_nothing(record: &Record) -> bool {
    record.status.as_ref().is_some_and(|status| {
        let is_open = matches!(status.decision, Decision::Draft | Decision::InReview | Decision::Accepted);
        !is_open || status.delivery == Delivery::Abandoned
    })
}

/// Whether the process holds a record and it stands on the main path: a plan that was given up owes nothing more.
pub(super) fn is_pursued(record: &Record) -> bool {
    is_held(record) && record.status.as_ref().is_some_and(|status| status.step.is_some())
}

/// Whether a record's decision is in force.
pub(super) fn is_accepted(record: &Record) -> bool {
    record.status.as_ref().is_some_and(|status| status.decision == Decision::Accepted)
}

/// A finding that something is absent: at the status that asks for it, else at the title, and at what makes it needed.
pub(super) fn absence(rule: &'static str, record: &Record, message: String, asked: &Asked<'_>) -> Diagnostic {
    let label = in_sentence(&record.kind.label);
    let is_always = asked.when.is_empty();
    let (span, label) = match record.raw_status.as_ref().filter(|status| !status.span.is_empty()) {
        Some(status) if !is_first(&record.kind, asked.from) => match is_always {
            true => (status.span, format!("from `{}` on, every {label} needs it", asked.from)),
            false => (status.span, format!("from `{}` on, this {label} needs it …", asked.from)),
        },
        _ if is_always => (title_or_start(record), format!("every {label} needs it")),
        _ => (title_or_start(record), format!("this {label} needs it …")),
    };
    let mut finding = Diagnostic::new(rule, record.path(), span, message).with_label(label);
    for span in asked.when.iter().find_map(|condition| reasons(condition, &record.front.table)).unwrap_or_default() {
        finding = finding.with_related(Location { path: record.path().clone(), span }, "… because of this");
    }
    match asked.at {
        Some(at) => finding.with_related(at.clone(), "asked for here"),
        None => finding,
    }
}

/// What is asked for: from which status on, under which conditions, and where the organisation says so.
pub(super) struct Asked<'a> {
    /// The status from which it is asked for.
    pub(super) from: &'a str,
    /// When it is asked for; always when empty.
    pub(super) when: &'a [Condition],
    /// Where the organisation asks for it.
    pub(super) at: Option<&'a Location>,
}

/// A phrase as it stands within a sentence: `Lite RFC` as `lite RFC`, `RFC` as it is.
pub(super) fn in_sentence(phrase: &str) -> String {
    let mut letters = phrase.chars();
    let first = letters.next();
    let rest = letters.as_str();
    match (first, letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            let mut words: String = first.to_lowercase().collect();
            words.push_str(rest);
            words
        }
        _ => phrase.to_owned(),
    }
}

/// The title's place, or the first line that says anything.
pub(super) fn title_or_start(record: &Record) -> Span {
    record.title_span.filter(|span| !span.is_empty()).unwrap_or_else(|| first_line(record.text()))
}

/// The values under a dotted key; a list of tables gives one for each.
pub(super) fn values<'a>(table: &'a Table, key: &str) -> Vec<&'a Value> {
    if let Some(value) = table.get(key) {
        return vec![value];
    }
    let mut found = Vec::new();
    if !key.contains('.') {
        return found;
    }
    let mut tables = vec![table];
    for part in key.split('.') {
        found = tables.iter().filter_map(|table| table.get(part)).collect::<Vec<_>>();
        tables = found.iter().flat_map(|value| inner_tables(value)).collect();
    }
    found
}

/// What a row of a list of tables (`[[sign-off]]`) holds under a key, rightly or wrongly; rows are counted from 0.
pub(super) fn row_value<'a>(record: &'a Record, list: &str, row: usize, key: &str) -> Option<&'a Value> {
    let rows = record.front.table.get(list).into_iter().flat_map(inner_tables);
    rows.into_iter().nth(row)?.get(key).filter(|value| !matches!(value.data, Data::Scalar(Scalar::Null, _)))
}

/// Whether there is anything in a value: no blank text, no empty list, no `TBD`.
pub(super) fn says_something(value: &Value) -> bool {
    match &value.data {
        Data::Scalar(Scalar::Null, _) => false,
        Data::Scalar(_, text) => !super::template::is_no_answer(text),
        Data::List(items) => items.iter().any(says_something),
        Data::Table(table) => !table.entries.is_empty(),
    }
}

fn inner_tables(value: &Value) -> Vec<&Table> {
    let table = |value| match value {
        &Value { data: Data::Table(ref table), .. } => Some(table),
        _ => None,
    };
    match &value.data {
        Data::List(items) => items.iter().filter_map(table).collect(),
        _ => table(value).into_iter().collect(),
    }
}

fn holds(condition: &Condition, table: &Table) -> bool {
    reasons(condition, table).is_some()
}

/// The values that make a condition hold, one for each of its fields; `None` when it does not.
fn reasons(condition: &Condition, table: &Table) -> Option<Vec<Span>> {
    let reason = |(key, wanted): &(String, Vec<String>)| {
        let is_wanted = |value: &&Value| match wanted.is_empty() {
            true => says_something(value),
            false => words(value).iter().any(|word| wanted.iter().any(|wanted| plain(wanted).eq(plain(word)))),
        };
        values(table, key).into_iter().find(is_wanted).map(|value| value.span)
    };
    condition.0.iter().map(reason).collect()
}

fn words(value: &Value) -> Vec<&str> {
    let word = |value| match value {
        &Value { data: Data::Scalar(_, ref text), .. } => Some(text.as_str()),
        _ => None,
    };
    match &value.data {
        Data::List(items) => items.iter().filter_map(word).collect(),
        _ => word(value).into_iter().collect(),
    }
}

fn is_first(kind: &Kind, status: &str) -> bool {
    status.is_empty() || kind.lifecycle.statuses.iter().any(|known| known.name == status && known.step == Some(0))
}

/// How words are compared: `One Way`, `one-way` and `one_way` are the same.
fn plain(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn first_line(text: &str) -> Span {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let shown = line.trim_start_matches('\u{feff}').trim();
        if !shown.is_empty() {
            let lead = line.find(shown).unwrap_or(0);
            return Span::new(start + lead, start + lead + shown.len());
        }
        start += line.len();
    }
    Span::default()
}
