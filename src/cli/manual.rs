//! A Markdown page as text to be read in a terminal.

use crate::text::wrapped;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// The width of a line, in characters.
pub(super) const WIDTH: usize = 80;

/// The page without its front matter: paragraphs wrapped, code indented, links as their words.
pub(super) fn readable(page: &str) -> String {
    let mut text = Text::default();
    for event in Parser::new(body(page)) {
        text.take(event);
    }
    text.finish()
}

fn body(page: &str) -> &str {
    let after = page.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
    after.map_or(page, |(_, body)| body)
}

#[derive(Default)]
struct Text {
    done: String,
    /// The paragraph under way.
    line: String,
    /// How deep in lists, and the numbers of ordered ones.
    lists: Vec<Option<u64>>,
    /// What the next paragraph starts with.
    bullet: String,
    in_code: bool,
}

impl Text {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) if self.in_code => {
                let lines = text.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n");
                self.done.extend(lines);
            }
            Event::Text(text) | Event::InlineHtml(text) => self.line.push_str(&text),
            Event::Code(code) => {
                // A blank in code must not become the end of a line.
                let code = code.replace(' ', "\u{a0}");
                self.line.push_str(&format!("`{code}`"));
            }
            Event::SoftBreak | Event::HardBreak => self.line.push(' '),
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(start) => {
                // The words before a list within an item are a paragraph of their own.
                self.flush("\n");
                self.lists.push(start);
            }
            Tag::Item => {
                self.bullet = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", number.saturating_sub(1))
                    }
                    _ => "- ".to_owned(),
                };
            }
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                // `md content/a.md`: the example's file.
                if let CodeBlockKind::Fenced(info) = kind
                    && let Some((_, file)) = info.split_once(' ')
                {
                    self.done.push_str(&format!("    [{}]\n", file.trim()));
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let underline = "-".repeat(self.line.chars().count());
                self.flush(&format!("\n{underline}\n"));
            }
            TagEnd::Paragraph => {
                let end = if self.lists.is_empty() { "\n\n" } else { "\n" };
                self.flush(end);
            }
            TagEnd::Item => self.flush("\n"),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.done.push('\n');
                }
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.done.push('\n');
            }
            _ => {}
        }
    }

    /// Ends the paragraph under way.
    fn flush(&mut self, end: &str) {
        if self.line.trim().is_empty() {
            self.line.clear();
            return;
        }
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        let first = format!("{indent}{}", self.bullet);
        self.done.push_str(&wrapped(&first, &self.line, WIDTH));
        self.done.push_str(end);
        self.bullet.clear();
        self.line.clear();
    }

    fn finish(mut self) -> String {
        self.flush("\n");
        self.done.trim_end().to_owned() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reads_as_text() {
        let page = "+++\ntitle = \"x\"\n+++\n\n## Why\n\nA [link](b.md) and `code with blanks` in a paragraph that is so \
                    long that it must be wrapped.\n\n1. one\n2. two\n   - deep\n\n```md content/a.md\n# A\n\ntext\n```\n";
        let expected = "Why\n---\nA link and `code with blanks` in a paragraph that is so long that it must be\n\
                        wrapped.\n\n1. one\n2. two\n  - deep\n\n    [content/a.md]\n    # A\n\n    text\n";
        assert_eq!(readable(page), expected);
    }
}
