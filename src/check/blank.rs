//! Text that shows its reader nothing.

use super::template::{LONGEST_ANSWER, is_no_answer, is_phrase};
use crate::text::lines;
use memchr::memchr3;
use std::borrow::Cow;

/// Elements that show nothing of their own.
const UNSEEN: &[&str] = &["a", "br", "center", "details", "div", "hr", "p", "span", "summary", "wbr"];

/// Whether no line of a text, which has neither headings nor comments, says anything.
pub(super) fn are_blank(text: &str) -> bool {
    let mut lines = lines(text).peekable();
    while let Some(line) = lines.next() {
        if is_blank(line) {
            continue;
        }
        // What a table's columns are called says nothing as long as the cells are blank.
        let heads_table = line.contains('|') && lines.next_if(|next| is_delimiter(next)).is_some();
        let is_row = |next: &&str| next.contains('|') && is_blank(next);
        if !heads_table || lines.next_if(is_row).is_none() {
            return false;
        }
    }
    true
}

fn is_blank(line: &str) -> bool {
    let item = without_marker(line.trim_start_matches(['>', ' ', '\t']));
    if is_prose(item) {
        return false;
    }
    if is_no_answer(item) || is_phrase(item) || is_definition(item) {
        return true;
    }
    let is_dressed = item.contains(['<', '&', '|']);
    is_dressed && without_tags(item).split('|').all(|cell| is_no_answer(cell) || is_phrase(cell))
}

/// Whether a line is plainly text: more letters than any answer that says nothing, before anything that could part or hide them.
/// Most lines are, and need no closer look.
pub(super) fn is_prose(item: &str) -> bool {
    let item = item.trim_start_matches(['*', '_']);
    let start = item.as_bytes().get(..2 * LONGEST_ANSWER).unwrap_or(item.as_bytes());
    let mut letters = start.iter().filter(|byte| byte.is_ascii_alphanumeric());
    item.starts_with(char::is_alphabetic)
        && letters.nth(LONGEST_ANSWER).is_some()
        && memchr3(b'<', b'&', b'|', start).is_none()
}

/// An item without its bullet or number, and without its box.
pub(super) fn without_marker(line: &str) -> &str {
    let line = line.trim_start_matches(['-', '*', '+', ' ', '\t']);
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = number.strip_prefix(['.', ')']).filter(|rest| number.len() < line.len() && is_apart(rest));
    let line = after.map_or(line, str::trim_start);
    let boxes = ["[ ]", "[x]", "[X]"];
    boxes.iter().find_map(|mark| line.strip_prefix(mark)).filter(|rest| is_apart(rest)).unwrap_or(line)
}

fn is_apart(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(char::is_whitespace)
}

/// `|---|:-:|`, below the names of a table's columns.
pub(super) fn is_delimiter(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// `[label]: address`, which is shown nowhere; a footnote is.
pub(super) fn is_definition(line: &str) -> bool {
    let Some((label, rest)) = line.strip_prefix('[').and_then(|inner| inner.split_once("]:")) else { return false };
    let (address, title) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
    let is_title = title.trim().is_empty() || title.trim_start().starts_with(['"', '\'', '(']);
    !label.starts_with('^') && !label.contains(']') && !address.is_empty() && is_title
}

/// A line without blanks written as entities and without tags that show nothing.
fn without_tags(line: &str) -> Cow<'_, str> {
    if !line.contains(['<', '&']) {
        return Cow::Borrowed(line);
    }
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, markup) = rest.split_at(at);
        kept.push_str(before);
        let length = unseen(markup);
        // Not unseen: the character itself, which is one byte long, is kept.
        kept.push_str(markup.get(..usize::from(length == 0)).unwrap_or(""));
        rest = markup.get(length.max(1)..).unwrap_or("");
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// How many bytes of markup that shows nothing a text starts with.
fn unseen(markup: &str) -> usize {
    for blank in ["&nbsp;", "&#160;", "&emsp;", "&ensp;"] {
        if markup.starts_with(blank) {
            return blank.len();
        }
    }
    let Some((tag, _)) = markup.strip_prefix('<').and_then(|inner| inner.split_once('>')) else { return 0 };
    let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let is_unseen = UNSEEN.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is_unseen { tag.len() + 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_that_shows_nothing_is_cut_out() {
        assert_eq!(without_tags("<br/>a&nbsp;b <A id=\"x\"></a>c < d & e <img src=x>"), "ab c < d & e <img src=x>");
        assert_eq!(without_tags("<"), "<");
    }

    #[test]
    fn definitions_are_told_from_prose() {
        for line in ["[a]: b", "[a b]: <b> \"d\"", "[a]: https://example.org 'x'"] {
            assert!(is_definition(line), "{line}");
        }
        for line in ["[a]: b c d", "[^1]: b", "[a](b): c", "[a]:", "a"] {
            assert!(!is_definition(line), "{line}");
        }
    }

    #[test]
    fn numbers_are_no_markers() {
        for (line, left) in [("1. a", "a"), ("12) a", "a"), ("2024", "2024"), ("1.5 s", "1.5 s"), ("- [ ] a", " a")] {
            assert_eq!(without_marker(line), left);
        }
    }
}
