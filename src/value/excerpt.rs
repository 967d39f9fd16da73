//! Pieces of a text as messages show them.

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::text::{SourcePath, Span};

/// The rule that reports what is not TOML or not YAML.
pub const MALFORMED: &str = "malformed-front-matter";

/// The rule that reports a value that does not fit.
pub(super) const INVALID: &str = "invalid-value";

/// A part of a file: where it stands, so that places in it become places in the file.
#[derive(Clone, Copy)]
pub(super) struct Excerpt<'a> {
    pub(super) path: &'a SourcePath,
    pub(super) text: &'a str,
    /// The file's byte at which `text` begins.
    pub(super) offset: usize,
}

impl<'a> Excerpt<'a> {
    /// The place in the file of some bytes of the text, moved outwards to whole characters.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let mut start = start.min(self.text.len());
        let mut end = end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start + self.offset, end + self.offset)
    }

    /// The text at some bytes; empty when they do not fit.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or("")
    }

    /// The first byte of the line that holds `at`, and the byte after its last character.
    pub(super) fn line(&self, at: usize) -> (usize, usize) {
        let at = at.min(self.text.len());
        let bytes = self.text.as_bytes();
        let start = bytes.iter().take(at).rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let rest = bytes.iter().skip(start).position(|byte| *byte == b'\n');
        let end = rest.map_or(self.text.len(), |length| start + length);
        (start, start + self.slice(start, end).trim_end().len())
    }

    /// A finding that the text is not well formed.
    pub(super) fn malformed(&self, start: usize, end: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(MALFORMED, self.path, self.span(start, end), message)
    }

    /// A repair that puts `text` in place of some bytes.
    pub(super) fn replace(&self, start: usize, end: usize, text: String, how: Applicability) -> Fix {
        let title = format!("write {}", quoted(&text));
        let edit = Edit { path: self.path.clone(), span: self.span(start, end), text };
        Fix { title, applicability: how, edits: vec![edit] }
    }
}

/// A text between backticks: one line, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    let text = text.trim();
    let line = text.lines().next().unwrap_or("");
    let mut shown = String::new();
    for letter in line.chars().take(SHOWN) {
        // A control character could move the cursor of the terminal that shows the message.
        if letter.is_control() { shown.extend(letter.escape_default()) } else { shown.push(letter) }
    }
    if line.chars().nth(SHOWN).is_some() || line.len() < text.len() {
        shown.push('…');
    }
    let fence = if shown.contains('`') { "``" } else { "`" };
    let gap = if fence.len() == 2 { " " } else { "" };
    format!("{fence}{gap}{shown}{gap}{fence}")
}

/// A text as a double-quoted string, good in TOML and in YAML.
pub(super) fn double_quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Words in a row: `a`, `b` or `c`.
pub(super) fn one_of(words: &[&str]) -> String {
    let shown: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    match shown.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}
