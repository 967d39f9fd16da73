//! The plain words of a text, part by part, for those who search in it.

use super::events::{Events, Piece};
use super::fence::MERMAID;
use super::tag::{Token, Tokens};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

/// The words before the first heading of `text[body..]`, then those under each heading in turn (the headings of the outline, in its
/// order, without the words of the headings themselves). Blanks are single. The sources of diagrams are left out.
pub fn passages(text: &str, body: usize) -> Vec<String> {
    let mut reading = Reading { passages: vec![String::new()], ..Reading::default() };
    for piece in Events::new(text, body) {
        match piece {
            Piece::Text(run) => reading.words(&run.text),
            Piece::Html(run) => reading.html(&run.text),
            Piece::Other(event, _) => reading.event(&event),
        }
    }
    reading.passages
}

#[derive(Default)]
struct Reading {
    passages: Vec<String>,
    /// Whether what comes now is a heading or a diagram.
    skipping: bool,
}

impl Reading {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                self.passages.push(String::new());
                self.skipping = true;
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let language = info.split([' ', ',', '{']).next().unwrap_or("");
                self.skipping = language.eq_ignore_ascii_case(MERMAID);
                self.part();
            }
            Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock) => {
                self.skipping = false;
                self.part();
            }
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => self.words(words),
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            Event::Start(tag) if is_inline(tag) => {}
            Event::End(
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link,
            ) => {}
            _ => self.part(),
        }
    }

    /// Adds words as they stand; runs of blanks become one.
    fn words(&mut self, words: &str) {
        let Some(passage) = self.passages.last_mut().filter(|_| !self.skipping) else { return };
        for (at, part) in words.split(char::is_whitespace).enumerate() {
            if at > 0 && !passage.is_empty() && !passage.ends_with(' ') {
                passage.push(' ');
            }
            passage.push_str(part);
        }
    }

    /// What follows is not the same word.
    fn part(&mut self) {
        self.words(" ");
    }

    fn html(&mut self, html: &str) {
        for token in Tokens::new(html) {
            match token {
                Token::Text(range) => self.words(html.get(range).unwrap_or("")),
                Token::Tag(_) => self.part(),
                Token::Comment(_) => {}
            }
        }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript | Tag::Link { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_apart_by_section() {
        let text = "Before *the* first.\n\n# A `b`\n\n- one\n- two\n  three\n\n| a | b |\n|---|---|\n| c | `d_e` |\n\n\
                    ## C\n\n```rust\nlet retry_count = 3;\n```\n\n```mermaid\nflowchart LR\n```\n\n<div>raw <b>word</b></div>\n";
        let found = passages(text, 0);
        let trimmed: Vec<&str> = found.iter().map(|passage| passage.trim()).collect();
        assert_eq!(trimmed, ["Before the first.", "one two three a b c d_e", "let retry_count = 3; raw word"]);
    }

    #[test]
    fn marks_inside_a_word_do_not_break_it() {
        assert_eq!(passages("un**break**able [li](x)nk", 0), ["unbreakable link "]);
    }
}
