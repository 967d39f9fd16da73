//! What a status says in the words of people: the state, who took the record's place, and when.

use super::day::days;
use super::field::shown;
use super::form::Format;
use super::key::phrases;
use super::target::targets;
use crate::config::{Decision, Lifecycle, Status};
use crate::date::Date;
use crate::record::reference::{Reference, RelationKind};
use crate::text::{Span, Spanned};
use std::sync::Arc;

/// A status as it is read.
#[derive(Clone, Debug, Default)]
pub(in crate::record) struct Reading {
    /// The state; `None` where the words name none of the kind's beyond doubt.
    pub(in crate::record) status: Option<Arc<Status>>,
    /// The words without their markup.
    pub(in crate::record) words: String,
    /// What it says of other records.
    pub(in crate::record) references: Vec<Reference>,
    /// The days it names: one since when it holds, or two between which it does.
    pub(in crate::record) days: Vec<Spanned<Date>>,
}

/// How much of a status is read, in bytes: what is longer is prose, and its words are looked at again and again.
const LONGEST: usize = 4_000;

/// Words that may follow a state and only say more of it.
const FOLLOWING: &[&str] = &[
    "by", "entirely", "fully", "on", "in", "as", "for", "at", "since", "with", "until", "from", "per", "durch", "am",
    "par", "por", "le", "el", "em", "proposal",
];

/// Marks behind which a state is spoken of further.
const MARKS: &[&str] = &[".", ",", ";", ":", "(", "—", "–", "·", "/", "|", " - ", " because ", " and "];

/// Words that take a state back or narrow it.
const DOUBTS: &[&str] = &[
    "not",
    "pending",
    "partial",
    "partially",
    "partly",
    "alpha",
    "beta",
    "if",
    "until",
    "unless",
    "conditional",
    "conditionally",
];

/// Words between a part of a record and what became of it.
const AUXILIARIES: &[&str] = &[
    "is", "was", "are", "were", "has", "have", "been", "be", "now", "but", "and", "later", "ist", "wurde", "est", "es",
];

impl Reading {
    /// Reads a status as it is written; `written.span` covers its place in `text`, with quotes where there are some.
    pub(in crate::record) fn of(
        written: &Spanned<String>,
        text: &str,
        lifecycle: &Lifecycle,
        format: Format,
    ) -> Reading {
        let of_format = format.own_status(written.value.trim()).and_then(|word| lifecycle.status(word));
        let plain = || lifecycle.status(&written.value).filter(|_| !written.value.trim().is_empty());
        if let Some(status) = of_format.or_else(plain) {
            let words = written.value.trim().to_owned();
            return Reading { status: Some(status.clone()), words, ..Reading::default() };
        }
        let value = written.value.get(..written.value.floor_char_boundary(LONGEST)).unwrap_or("");
        let words = shown(&unstruck(value));
        let words = words.trim_start_matches(|c: char| !c.is_alphanumeric() && !"{<[".contains(c)).trim();
        // Some write the key once more: `Status: **Status: Accepted**`.
        let is_key = |(key, _): &(&str, &str)| key.trim().eq_ignore_ascii_case("status");
        let words = words.split_once(':').filter(is_key).map_or(words, |(_, rest)| rest.trim()).to_owned();
        let is_choice = words.starts_with(['{', '<']) || words.contains(" | ") || words.split('|').count() > 2;
        if is_choice || words.is_empty() {
            return Reading { words, ..Reading::default() };
        }
        let place = Place::of(written, text);
        let references = references(value, place);
        let named = days(value).into_iter();
        let days = named.map(|(day, start, end)| Spanned::new(day, place.span(start, end))).collect();
        let mut status = state(&words, lifecycle);
        let is_replaced =
            references.iter().any(|reference| reference.kind == RelationKind::SupersededBy && reference.part.is_none());
        let is_accepted = status.as_ref().is_some_and(|status| status.decision == Decision::Accepted);
        if is_replaced && is_accepted {
            status = with_decision(lifecycle, Decision::Superseded);
        }
        Reading { status, words, references, days }
    }
}

/// The first status of a lifecycle that says so of the decision.
pub(in crate::record) fn with_decision(lifecycle: &Lifecycle, decision: Decision) -> Option<Arc<Status>> {
    lifecycle.statuses.iter().find(|status| status.decision == decision).cloned()
}

/// Where the bytes of a value are in the text.
#[derive(Clone, Copy)]
struct Place {
    start: Option<usize>,
    whole: Span,
}

impl Place {
    fn of(written: &Spanned<String>, text: &str) -> Place {
        let at = written.span.of(text).find(written.value.as_str());
        Place { start: at.map(|at| written.span.range().start + at), whole: written.span }
    }

    /// A part of the value; the whole of it where it is not in the text as it is read.
    fn span(self, start: usize, end: usize) -> Span {
        self.start.map_or(self.whole, |base| Span::new(base + start, base + end))
    }
}

/// A text without what is struck out.
fn unstruck(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (at, part) in text.split("~~").enumerate() {
        if at % 2 == 0 {
            kept.push_str(part);
        }
    }
    kept
}

/// The state that words name beyond doubt.
fn state(words: &str, lifecycle: &Lifecycle) -> Option<Arc<Status>> {
    let end = MARKS.iter().filter_map(|mark| words.find(mark)).min();
    let (head, rest) = words.split_at_checked(end.unwrap_or(words.len())).unwrap_or((words, ""));
    let head = head.trim();
    let parts: Vec<&str> =
        head.split(|c: char| c.is_whitespace() || c == '-').filter(|part| !part.is_empty()).collect();
    if matches!(parts.as_slice(), [part, word, ..] if is_partly(part) && is_superseded(word)) {
        return with_decision(lifecycle, Decision::Accepted);
    }
    let named = lifecycle.status(head).filter(|_| !head.is_empty()).or_else(|| {
        (1..=parts.len().saturating_sub(1).min(3)).rev().find_map(|count| {
            let (state, next) = (parts.get(..count)?.join(" "), parts.get(count)?);
            let goes_on = FOLLOWING.iter().any(|word| next.eq_ignore_ascii_case(word))
                || next.starts_with(|c: char| c.is_ascii_digit() || c == '#');
            lifecycle.status(&state).filter(|_| goes_on)
        })
    });
    let status = named?;
    if let Some(inner) = rest.strip_prefix('(') {
        let inner = inner.split(')').next().unwrap_or(inner).trim();
        return (!is_doubtful(inner, status, lifecycle)).then(|| status.clone());
    }
    let is_joined = rest.starts_with(" and ");
    let next = rest.strip_prefix([',', '/', '|', ';']).or_else(|| rest.strip_prefix(" and "));
    match next.and_then(|next| state(next.trim(), lifecycle)) {
        // `Accepted, implemented in v6`: of two that agree, the later one says more.
        Some(other) if other.decision == status.decision => {
            Some(if other.delivery == status.delivery { status.clone() } else { other })
        }
        // `Accepted, superseded by ADR-9`: the last word.
        Some(other) if other.decision == Decision::Superseded && rest.contains(" by ") => Some(other),
        Some(_) => None,
        None if is_joined => None,
        None => Some(status.clone()),
    }
}

/// Whether what stands in brackets behind a state narrows it in a way that nobody can be sure of: `(alpha)`, `(pending a review)`.
fn is_doubtful(inner: &str, status: &Status, lifecycle: &Lifecycle) -> bool {
    let lower = inner.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_told = inner.contains(|c: char| c.is_ascii_digit()) || lower.contains(" by ");
    // `(Swift Next)`: a version that is not out yet.
    let is_version = words.last().is_some_and(|last| ["next", "main", "trunk", "nightly", "unreleased"].contains(last));
    let says_same = lifecycle.status(inner).is_some_and(|other| other.decision == status.decision);
    let is_note = words.len() > 2 && !words.iter().any(|word| DOUBTS.contains(word));
    !(words.is_empty() || is_told || is_version || says_same || is_note || lower.starts_with("see "))
}

fn is_partly(word: &str) -> bool {
    ["partly", "partially", "partial", "teilweise"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

fn is_superseded(word: &str) -> bool {
    ["superseded", "superceded", "replaced", "ersetzt"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// What the words say of other records.
fn references(written: &str, place: Place) -> Vec<Reference> {
    let lower = written.to_ascii_lowercase();
    let mut found: Vec<Reference> = Vec::new();
    let mut at = 0;
    // The phrase that comes first, and of those the longest.
    let next = |from: usize| {
        let places = phrases()
            .filter_map(|(phrase, kind)| Some((from + find_word(lower.get(from..)?, phrase)?, phrase.len(), kind)));
        places.min_by_key(|(at, length, _)| (*at, usize::MAX - length))
    };
    while let Some((start, length, kind)) = next(at) {
        let (named, end) = targets(written.get(start + length..).unwrap_or(""), 0);
        let part = if kind == RelationKind::SupersededBy { part(written.get(at..start).unwrap_or("")) } else { None };
        let after = start + length + end;
        let on = day_after(written, after).map(|(day, from, to)| Spanned::new(day, place.span(from, to)));
        found.extend(named.into_iter().map(|target| {
            let span = target.span.shift(start + length).range();
            Reference {
                kind,
                target: Spanned::new(target.value, place.span(span.start, span.end)),
                part: part.clone(),
                on,
            }
        }));
        at = after.max(start + length);
    }
    found
}

/// The day that a text names right behind `from`: `on 2026-05-19`, `(2026-05-19)`.
fn day_after(written: &str, from: usize) -> Option<(Date, usize, usize)> {
    let rest = written.get(from..)?;
    let (day, start, end) = days(rest).into_iter().next()?;
    let between = rest.get(..start)?.trim_matches(|c: char| !c.is_alphanumeric());
    ["", "on", "am", "le", "el"].contains(&between).then_some((day, from + start, from + end))
}

/// The part of the record of which a clause speaks: the words before its phrase. `None` when it speaks of the whole.
fn part(before: &str) -> Option<String> {
    let clause = before.rsplit([',', '.', ';', '—', '–', '(', '|', '\n']).next().unwrap_or(before);
    let clause = clause.rsplit(" - ").next().unwrap_or(clause);
    let words = shown(&unstruck(clause));
    let mut words: Vec<&str> = words.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
    while words.last().is_some_and(|word| AUXILIARIES.contains(&word.to_lowercase().as_str())) {
        words.pop();
    }
    while words.first().is_some_and(|word| AUXILIARIES.contains(&word.to_lowercase().as_str())) {
        words.remove(0);
    }
    match words.as_slice() {
        [] => None,
        [only] if is_partly(only) => Some(String::new()),
        [only]
            if ["this", "it", "accepted", "approved", "deprecated", "status"]
                .contains(&only.to_lowercase().as_str()) =>
        {
            None
        }
        ["This" | "this", what] if ["ADR", "RFC", "record", "decision"].contains(what) => None,
        words => Some(words.join(" ")),
    }
}

/// Where a phrase stands as words of its own; blanks in it may be hyphens.
fn find_word(lower: &str, phrase: &str) -> Option<usize> {
    let first = phrase.split(' ').next().unwrap_or(phrase);
    lower.match_indices(first).map(|(at, _)| at).find(|at| {
        let before = lower.get(..*at).and_then(|before| before.chars().next_back());
        let here = lower.get(*at..at + phrase.len()).unwrap_or("");
        let after = lower.get(at + phrase.len()..).and_then(|after| after.chars().next());
        let is_phrase = here == phrase || here.replace('-', " ") == phrase;
        is_phrase && before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    /// The state, and what it says of others: `accepted / SupersededBy 008-x.md [point 3]`.
    fn read(written: &str) -> String {
        read_as("adr", written)
    }

    fn read_as(kind: &str, written: &str) -> String {
        let config = Config::builtin();
        let lifecycle = &config.kind(kind).unwrap().lifecycle;
        let written = Spanned::new(written.to_owned(), Span::new(0, written.len()));
        let reading = Reading::of(&written, &written.value, lifecycle, Format::Bullets);
        let mut shown = reading.status.map_or("?".to_owned(), |status| status.name.clone());
        for reference in &reading.references {
            assert_eq!(reference.target.span.of(&written.value), reference.target.value);
            shown.push_str(&format!(" / {:?} {}", reference.kind, reference.target.value));
            if let Some(part) = &reference.part {
                shown.push_str(&format!(" [{part}]"));
            }
            if let Some(on) = &reference.on {
                shown.push_str(&format!(" on {}", on.value));
            }
        }
        shown
    }

    #[test]
    fn statuses_in_the_wild_are_read_right() {
        for (written, wanted) in [
            ("Accepted", "accepted"),
            ("**Accepted**", "accepted"),
            ("✅ Accepted", "accepted"),
            ("Accepted.", "accepted"),
            ("accepted on 2026-01-02", "accepted"),
            ("Accepted (2026-01-02)", "accepted"),
            ("Accepted — **point 3 superseded by [ADR-008](008-x.md)**", "accepted / SupersededBy 008-x.md [point 3]"),
            (
                "Accepted. Ruling out X is superseded by [9](0009-x.md) for mobile",
                "accepted / SupersededBy 0009-x.md [Ruling out X]",
            ),
            (
                "**superseded by [ADR 0009](0009-y.md) on 2026-05-19** — note",
                "superseded / SupersededBy 0009-y.md on 2026-05-19",
            ),
            ("Superseded — 2026-01-02", "superseded"),
            ("⚠️ Superseded by ADR-12", "superseded / SupersededBy ADR-12"),
            ("Superceded entirely by [ADR-12](0012-x.md)", "superseded / SupersededBy 0012-x.md"),
            ("superseded by ADR-0123", "superseded / SupersededBy ADR-0123"),
            ("Partly superseded", "accepted"),
            ("Partially superseded by [9](9-x.md)", "accepted / SupersededBy 9-x.md []"),
            ("Accepted, superseded by ADR-9", "superseded / SupersededBy ADR-9"),
            ("~~Accepted~~ Superseded by ADR-9", "superseded / SupersededBy ADR-9"),
            ("Accepted, supersedes ADR-3 and ADR-4", "accepted / Supersedes ADR-3 / Supersedes ADR-4"),
            ("**Status: Accepted**", "accepted"),
            ("Draft Proposal, 2017-07-26", "draft"),
            ("Superseded-By: ADR 7", "superseded / SupersededBy ADR 7"),
            ("Superseded by the new bus", "superseded"),
            ("Provisional (2026-01-03 to 2026-01-17)", "proposed"),
            ("akzeptiert", "accepted"),
            ("Accepted, implemented in v6 of the app", "implemented"),
            ("Accepted and implemented", "implemented"),
            ("Deprecated (nothing takes its place)", "deprecated"),
        ] {
            assert_eq!(read(written), wanted, "{written}");
        }
    }

    #[test]
    fn proposals_under_way_are_read_right() {
        for (written, wanted) in [
            ("**Returned for revision**", "revision"),
            ("**Partially implemented (Scales 5.2):** only the wire format is", "implementing"),
            ("Expired", "deferred"),
            ("**Active Review (August 3...August 13, 2026)**", "formal-review"),
        ] {
            assert_eq!(read_as("rfc", written), wanted, "{written}");
        }
    }

    #[test]
    fn what_is_not_sure_is_no_state() {
        for written in [
            "Acepted",
            "imlpemented",
            "implemented (alpha)",
            "proposed | accepted | rejected",
            "{proposed | accepted",
            "{Active}",
            "<status>",
            "not accepted",
            "Accepted, rejected",
            "Accepted pending review",
            "no longer accepted",
            "",
            "we all accepted it",
            "Will be accepted",
            "provisional|accepted|rejected",
            "accepted (pending a review)",
            "accepted and forgotten",
        ] {
            assert!(read(written).starts_with('?'), "{written}: {}", read(written));
        }
    }
}
