//! What to say about a line that is not TOML.

use super::super::excerpt::{Excerpt, INVALID, double_quoted, quoted};
use super::super::scalar::{AS_DAY, existing_day, full_date, three_numbers};
use crate::date::parse_date;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::{Location, Span};

/// A line of the form `key = value` (or, by mistake, `key: value`).
pub(super) struct Assignment<'a> {
    pub(super) key: &'a str,
    /// Whether the key may stand in TOML as it is.
    pub(super) key_is_fine: bool,
    /// Where the `=` or `:` stands.
    pub(super) sign: usize,
    /// Where the value stands, without a comment behind it.
    pub(super) value: (usize, usize),
}

impl<'a> Assignment<'a> {
    /// Reads the line from `start` to `end`; `None` when it has no key or no value.
    pub(super) fn of(text: &Excerpt<'a>, start: usize, end: usize) -> Option<Assignment<'a>> {
        let line = text.slice(start, end);
        let sign = line.find('=').or_else(|| line.find(':'))?;
        let key = line.get(..sign)?.trim();
        let rest = line.get(sign + 1..)?;
        let value = rest.trim_start();
        let from = start + sign + 1 + (rest.len() - value.len());
        let in_quotes = value.starts_with(['"', '\'']);
        let comment = if value.starts_with('#') { Some(0) } else { value.find(" #").filter(|_| !in_quotes) };
        let value = comment.and_then(|at| value.get(..at)).unwrap_or(value).trim_end();
        let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let key_is_fine = !key.is_empty() && key.chars().all(bare);
        let found = Assignment { key, key_is_fine, sign: start + sign, value: (from, from + value.len()) };
        (!key.is_empty() && !value.is_empty()).then_some(found)
    }
}

/// A scalar that the parser refuses, from `start` to `end`.
pub(super) fn scalar(text: &Excerpt<'_>, start: usize, end: usize, reason: &str) -> Diagnostic {
    let raw = text.slice(start, end);
    if raw.is_empty() {
        let (from, to) = text.line(start);
        let key = text.slice(from, to).split('=').next().unwrap_or("");
        return text
            .malformed(from, to, format!("{} has no value", quoted(key)))
            .with_help("write a value after `=`, or remove the line");
    }
    if raw.starts_with(['"', '\'']) {
        return string(text, start, end, reason);
    }
    if let Some(fault) = date(text, start, end) {
        return fault;
    }
    let bare = raw.trim_end_matches(['"', '\'', '”', '’']);
    if bare.len() < raw.len() && (parse_date(bare).is_some() || bare.parse::<i64>().is_ok()) {
        let fix = text.replace(start, end, bare.to_owned(), Applicability::Safe);
        let message = format!("{} ends with a quote that nothing opens", quoted(raw));
        return text.malformed(start, end, message).with_help(format!("take it out: {}", quoted(bare))).with_fix(fix);
    }
    let digits = raw.strip_prefix(['+', '-']).unwrap_or(raw);
    let suggestion = match raw.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => "true".to_owned(),
        "false" | "no" | "off" => "false".to_owned(),
        // Word processors make other quotes of those that were typed.
        _ => double_quoted(raw.trim_matches(|c| "“”„‟‘’‚«»".contains(c)).trim_end_matches(['"', '\''])),
    };
    // In a list of which each item has a line, a comma is soon forgotten.
    let lacks_comma = suggestion.starts_with('"') && lacks_comma_after(text, start, end);
    let suggestion = if lacks_comma { suggestion + "," } else { suggestion };
    let message = if lacks_comma {
        format!("{} needs quotes, and a comma behind it", quoted(raw))
    } else if digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("{} begins with a zero, which a TOML number may not", quoted(raw))
    } else if suggestion.starts_with('"') {
        format!("{} needs quotes", quoted(raw))
    } else {
        format!("{} is not a value that TOML knows", quoted(raw))
    };
    let fix = text.replace(start, end, suggestion.clone(), Applicability::Safe);
    text.malformed(start, end, message).with_help(format!("write {}", quoted(&suggestion))).with_fix(fix)
}

/// Whether another item follows one that has a line of its own in a list, and no comma stands between them.
fn lacks_comma_after(text: &Excerpt<'_>, start: usize, end: usize) -> bool {
    let (line, _) = text.line(start);
    let is_alone = text.slice(line, start).trim().is_empty();
    let next = text.slice(end, text.text.len()).trim_start().chars().next();
    is_alone && next.is_some_and(|next| !matches!(next, ',' | ']' | '}' | '#'))
}

/// Where the item before one ends that has a line of its own in a list, when no comma stands between them.
fn end_without_comma(text: &Excerpt<'_>, start: usize) -> Option<usize> {
    let (line, _) = text.line(start);
    let before = text.slice(0, line).trim_end();
    let is_alone = text.slice(line, start).trim().is_empty();
    (is_alone && before.ends_with(['"', '\''])).then_some(before.len())
}

fn string(text: &Excerpt<'_>, start: usize, end: usize, reason: &str) -> Diagnostic {
    let raw = text.slice(start, end);
    if let Some(before) = end_without_comma(text, start) {
        let fix = text.replace(before, before, ",".to_owned(), Applicability::Safe);
        return text
            .malformed(start, end, format!("no comma stands between {} and the item before it", quoted(raw)))
            .with_help("put a `,` behind the item before it")
            .with_fix(fix);
    }
    if reason.contains("escape") {
        return text
            .malformed(start, end, format!("{} has a backslash that begins no known escape", quoted(raw)))
            .with_help("write `\\\\` for a backslash, or put the text between single quotes");
    }
    if reason.contains("expected `\"`") || reason.contains("expected `'`") {
        let mark = raw.get(..1).unwrap_or("\"");
        return text
            .malformed(start, end, "this quote is never closed")
            .with_help(format!("put a `{mark}` at the end of the text"));
    }
    text.malformed(start, end, format!("{} is not a TOML string: {reason}", quoted(raw)))
        .with_help("put the text between double quotes, with `\\\\` for a backslash and `\\\"` for a quote")
}

/// A date that does not exist, or that is written in another way; `None` when it is no date at all.
fn date(text: &Excerpt<'_>, start: usize, end: usize) -> Option<Diagnostic> {
    let raw = text.slice(start, end);
    let day = raw.split(['T', 't', ' ']).next()?;
    three_numbers(day)?;
    let malformed = || text.malformed(start, end, format!("{} is not a date that TOML knows", quoted(raw)));
    let Some(full) = full_date(day) else { return Some(malformed().with_help(AS_DAY)) };
    if parse_date(&full).is_none() {
        let message = format!("{} is not a day that exists", quoted(day));
        let span = text.span(start, start + day.len());
        return Some(Diagnostic::new(INVALID, text.path, span, message).with_help(existing_day(&full)));
    }
    let fault = malformed();
    if full == day {
        return Some(fault.with_help("write a time as `09:00:00Z`, or the day alone"));
    }
    let fix = text.replace(start, start + day.len(), full.clone(), Applicability::Safe);
    Some(fault.with_help(format!("write `{full}`")).with_fix(fix))
}

/// A line that the parser cannot take apart; `at` is where it stumbled.
pub(super) fn line(text: &Excerpt<'_>, at: usize, reason: &str) -> Diagnostic {
    let (start, end) = text.line(at);
    let written = text.slice(start, end).trim_start();
    let start = end - written.len();
    if written.starts_with('[') {
        return text
            .malformed(start, end, format!("{} is not the name of a table", quoted(written)))
            .with_help("write a name between brackets on a line of its own, such as `[daci]`");
    }
    let assignment = Assignment::of(text, start, end);
    match assignment {
        Some(line) if text.slice(line.sign, line.sign + 1) == ":" => {
            let fix = text.replace(line.sign, line.sign + 1, " =".to_owned(), Applicability::Unsafe);
            text.malformed(start, end, format!("{} is joined to its value by `:`", quoted(line.key)))
                .with_help("write `=` instead, or put the whole front matter between `---` lines")
                .with_fix(fix)
        }
        Some(line) if !line.key_is_fine => text
            .malformed(start, line.sign, format!("{} cannot be a key", quoted(line.key)))
            .with_help("use letters, digits, `-` and `_`, without quotes or blanks"),
        Some(line) => text
            .malformed(line.value.0, line.value.1, format!("the value of {} is not TOML: {reason}", quoted(line.key)))
            .with_help("put texts between double quotes, lists between `[` and `]`"),
        None => text
            .malformed(start, end, format!("{} is not a line of the form `key = value`", quoted(written)))
            .with_help("complete it, or put `#` before it to make it a comment"),
    }
}

/// A bracket or a long quote that is never closed.
pub(super) fn unclosed(text: &Excerpt<'_>, at: usize) -> Diagnostic {
    let (_, end) = text.line(at);
    let (mark, close) = match text.slice(at, at + 1) {
        "[" => ("[", "]"),
        "{" => ("{", "}"),
        "'" => ("'''", "'''"),
        _ => ("\"\"\"", "\"\"\""),
    };
    text.malformed(at, end, format!("this `{mark}` is never closed"))
        .with_help(format!("put a `{close}` where it ends"))
}

/// A key or a table that is written a second time.
pub(super) fn duplicate(text: &Excerpt<'_>, start: usize, end: usize, reason: &str) -> Diagnostic {
    let key = quoted(text.slice(start, end));
    if reason.starts_with("duplicate") {
        let fault = text.malformed(start, end, format!("{key} is written twice; the first is taken"));
        let fault = fault.with_help("keep one of the two");
        return match first_of(text, start) {
            Some(span) => fault.with_related(Location { path: text.path.clone(), span }, "first written here"),
            None => fault,
        };
    }
    text.malformed(start, end, format!("{key} is not a table, so no keys can be added to it"))
        .with_help("choose another name, or remove the first value")
}

/// Where the line that repeats another one was written first: a header anywhere before, a key in the same table.
fn first_of(text: &Excerpt<'_>, at: usize) -> Option<Span> {
    let (start, end) = text.line(at);
    let repeated = text.slice(start, end).trim();
    let key = Assignment::of(text, start, end).map(|line| line.key);
    let mut first = None;
    let mut next = 0;
    while next < start {
        let (start, end) = text.line(next);
        let line = text.slice(start, end);
        let header = line.trim_start().starts_with('[');
        if header && repeated.starts_with('[') && line.trim() == repeated {
            return Some(text.span(start, end));
        }
        if header {
            first = None;
        } else if first.is_none() && key.is_some() && Assignment::of(text, start, end).map(|line| line.key) == key {
            first = Some(text.span(start, end));
        }
        next = start + text.text.get(start..)?.find('\n')? + 1;
    }
    first
}
