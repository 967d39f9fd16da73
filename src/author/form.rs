//! The body of a new record: a heading for each section, what it has to say, and places to fill in.

use crate::check::applies;
use crate::config::{Kind, SectionRule};
use crate::record::Record;
use std::fmt::Write;

/// A section of a new record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The section that it is: `Option A`.
    pub(super) name: String,
    /// What its heading adds to that.
    pub(super) more: String,
    /// What the author is told, shown to nobody else.
    pub(super) note: String,
    /// What stands there already.
    pub(super) drawn: String,
    /// What is to be filled in.
    pub(super) form: String,
}

/// The sections that a kind will ask of a record with this head, in the kind's order.
pub(super) fn parts(kind: &Kind, head: &Record) -> Vec<Part> {
    kind.sections.iter().filter(|rule| applies(head, &rule.when)).map(part).collect()
}

/// A section as its rule has it.
pub(super) fn part(rule: &SectionRule) -> Part {
    let mut note = rule.guidance.trim().to_owned();
    if !rule.good.is_empty() {
        let _ = write!(note, "\nGood: {}", rule.good.trim());
    }
    let form = rule.form.trim().to_owned();
    Part { name: rule.name.clone(), more: String::new(), note, drawn: String::new(), form }
}

/// The parts as Markdown, with headings of a level.
pub(super) fn body(parts: &[Part], level: usize) -> String {
    let marks = "#".repeat(level);
    let mut body = String::new();
    for part in parts {
        let _ = write!(body, "\n{marks} {}{}\n", part.name, part.more);
        for block in [comment(&part.note), part.drawn.clone(), part.form.clone()] {
            if !block.is_empty() {
                let _ = write!(body, "\n{}\n", block.trim());
            }
        }
    }
    body
}

/// Words as a comment, wrapped; nothing in them may end it.
fn comment(note: &str) -> String {
    const WIDTH: usize = 112;
    if note.is_empty() {
        return String::new();
    }
    let note = note.replace("--", "–").replace('>', "›");
    let mut lines: Vec<String> = Vec::new();
    for paragraph in note.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + word.chars().count() >= WIDTH {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    format!("<!-- {} -->", lines.join("\n     "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_stays_a_comment() {
        assert_eq!(comment("Say --> it"), "<!-- Say –› it -->");
        assert_eq!(comment(""), "");
        let long = comment(&"word ".repeat(40));
        assert!(long.lines().count() == 2 && long.lines().all(|line| line.chars().count() <= 120), "{long}");
    }
}
