//! What to say about a text that is not YAML.

use super::super::excerpt::{Excerpt, double_quoted, quoted};
use super::block::KeyLine;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::{Location, Span, Spanned};
use granit_parser::ErrorKind;

/// The parser stumbled at a byte.
pub(super) fn syntax(text: &Excerpt<'_>, kind: &ErrorKind, at: usize) -> Diagnostic {
    let (start, end) = text.line(at);
    let line = KeyLine::of(text, start, end);
    // The parser stops at the line that the tab continues.
    if let Some(tabbed) = tabbed(text, start, end) {
        return tabbed;
    }
    let spot = (at.min(end), end);
    match kind {
        ErrorKind::UnclosedQuotedScalar => text
            .malformed(spot.0, spot.1, "this quote is never closed")
            .with_help(format!("put a `{}` at the end of the text", text.slice(at, at + 1))),
        ErrorKind::UnclosedFlowCollection { open } => text
            .malformed(spot.0, spot.1, format!("this `{open}` is never closed"))
            .with_help("close it, or put the text between quotes"),
        ErrorKind::UnknownQuotedScalarEscape => text
            .malformed(spot.0, spot.1, "a backslash here begins no known escape")
            .with_help("write `\\\\` for a backslash, or put the text between single quotes"),
        ErrorKind::SimpleKeyExpected => no_key(text, start, end),
        ErrorKind::UnexpectedCharacter { character } => {
            let message = format!("a value without quotes cannot begin with `{}`", character.escape_default());
            quote(text, text.malformed(spot.0, spot.1, message), line)
        }
        ErrorKind::MappingValueNotAllowed if line.as_ref().is_some_and(|line| line.value.0 < at) => {
            let value = line.as_ref().map_or(spot, |line| line.value);
            let message = "a value with `: ` in it needs quotes";
            quote(text, text.malformed(value.0, value.1, message), line)
        }
        kind => {
            let reason = kind.to_string();
            let reason = reason.lines().next().unwrap_or("").rsplit(", ").next().unwrap_or("");
            let value = line.as_ref().filter(|line| !line.is_empty()).map_or((start, end), |line| line.value);
            quote(text, text.malformed(value.0, value.1, format!("this is not YAML: {reason}")), line)
        }
    }
}

/// The line at fault or the next one, where it is indented with a tab.
fn tabbed(text: &Excerpt<'_>, start: usize, end: usize) -> Option<Diagnostic> {
    let next = text.slice(end, text.text.len()).find('\n').map_or((end, end), |at| text.line(end + at + 1));
    let is_tabbed = |(from, to): &(usize, usize)| {
        let line = text.slice(*from, *to);
        from < to && line.chars().take_while(|c| c.is_whitespace()).any(|c| c == '\t') && !line.trim().is_empty()
    };
    let (from, to) = [(start, end), next].into_iter().find(is_tabbed)?;
    Some(text.malformed(from, to, "this line is indented with a tab").with_help("indent with spaces"))
}

/// Adds the advice to put the value of a line between quotes.
fn quote(text: &Excerpt<'_>, fault: Diagnostic, line: Option<KeyLine<'_>>) -> Diagnostic {
    let Some(line) = line.filter(|line| !line.is_empty()) else {
        return fault.with_help("write `key: value` lines, and put texts with `:`, `#` or brackets between quotes");
    };
    let raw = text.slice(line.value.0, line.value.1);
    if raw.starts_with(['"', '\'']) {
        return fault.with_help("put the whole text between one pair of quotes");
    }
    let better = double_quoted(raw);
    let fix = text.replace(line.value.0, line.value.1, better.clone(), Applicability::Safe);
    fault.with_help(format!("write `{}: {}`", line.key, quoted(&better).trim_matches('`'))).with_fix(fix)
}

/// A line that has no key.
pub(super) fn no_key(text: &Excerpt<'_>, start: usize, end: usize) -> Diagnostic {
    let written = quoted(text.slice(start, end));
    text.malformed(start, end, format!("{written} is not a line of the form `key: value`"))
        .with_help("complete it, or put `#` before it to make it a comment")
}

/// An anchor (`&name`).
pub(super) fn anchor(text: &Excerpt<'_>, start: usize, end: usize) -> Diagnostic {
    let message = format!("{} is an anchor; anchors are not read", quoted(text.slice(start, end)));
    text.malformed(start, end, message).with_help("remove it, or put the text between quotes")
}

/// An alias (`*name`).
pub(super) fn alias(text: &Excerpt<'_>, start: usize, end: usize) -> Diagnostic {
    let message = format!("{} is an alias; aliases are not followed", quoted(text.slice(start, end)));
    text.malformed(start, end, message).with_help("repeat the value, or put the text between quotes")
}

/// A list or a table where a key should stand; `span` is its place in the file.
pub(super) fn key(text: &Excerpt<'_>, span: Span) -> Diagnostic {
    let (start, end) = (span.start as usize - text.offset, span.end as usize - text.offset);
    text.malformed(start, end, "a key has to be a plain word").with_help("put the text between quotes")
}

/// A key that is written a second time.
pub(super) fn duplicate(text: &Excerpt<'_>, key: &Spanned<String>, first: Span) -> Diagnostic {
    let (start, end) = (key.span.start as usize - text.offset, key.span.end as usize - text.offset);
    let first = Location { path: text.path.clone(), span: first };
    text.malformed(start, end, format!("{} is written twice; the first is taken", quoted(&key.value)))
        .with_related(first, "first written here")
        .with_help("keep one of the two")
}
