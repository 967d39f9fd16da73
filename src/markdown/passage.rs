//! The plain words of a text, part by part, for those who search in it.

use super::events::{Events, Glimpse};
use super::fence::MERMAID;
use super::tag::{Token, Tokens};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

/// The words before the first heading of `text[body..]`, then those under each heading in turn (the headings of the outline, in its
/// order, without the words of the headings themselves). Blanks are single. The sources of diagrams are left out.
pub fn passages(text: &str, body: usize) -> Vec<String> {
    let mut reading = Reading::default();
    Events::new(text, body).each(|piece, _| reading.piece(&piece));
    reading.passages
}

/// The words of a text while its pieces are read.
pub(super) struct Reading {
    /// As [`passages`] returns them.
    pub(super) passages: Vec<String>,
    /// Whether what comes now is a heading or a diagram.
    skipping: bool,
}

impl Default for Reading {
    fn default() -> Reading {
        Reading { passages: vec![String::new()], skipping: false }
    }
}

impl Reading {
    /// Takes the words of the next piece.
    pub(super) fn piece(&mut self, piece: &Glimpse<'_, '_>) {
        match piece {
            Glimpse::Text(run) => self.words(&run.text),
            Glimpse::Html(run) => self.html(&run.text),
            Glimpse::Other(event, _) => self.event(event),
        }
    }

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
        // Most texts are so already, and are taken as a whole.
        if has_single_blanks(words) {
            let is_apart = passage.is_empty() || passage.ends_with(' ');
            passage.push_str(words.strip_prefix(' ').filter(|_| is_apart).unwrap_or(words));
            return;
        }
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

/// Whether a text is ASCII without blanks other than single spaces. All of it is looked at, since that takes many bytes in one
/// step, and most texts are so.
fn has_single_blanks(words: &str) -> bool {
    let bytes = words.as_bytes();
    let is_ascii = bytes.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or(&[]));
    is_ascii && pairs.fold(true, |all, (byte, next)| all & !(*byte == b' ' && *next == b' '))
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
    use crate::markdown::{Diagrams, Limits, Link, Options, Resolve, html, outline};

    #[test]
    fn words_are_kept_apart_by_section() {
        let text = "Before *the* first.\n\n# A `b`\n\n- one\n- two\n  three\n\n| a | b |\n|---|---|\n| c | `d_e` |\n\n\
                    ## C\n\n```rust\nlet retry_count = 3;\n```\n\n```mermaid\nflowchart LR\n```\n\n<div>raw <b>word</b></div>\n";
        let found = passages(text, 0);
        let trimmed: Vec<&str> = found.iter().map(|passage| passage.trim()).collect();
        assert_eq!(trimmed, ["Before the first.", "one two three a b c d_e", "let retry_count = 3; raw word"]);
    }

    #[test]
    fn blanks_are_single_and_words_stay_apart() {
        for (text, words) in [
            ("a  b\tc\nd", "a b c d"),
            ("*a* *b* `c  d` e", "a b c d e"),
            ("a\u{a0}\u{2003}b \u{a0}c", "a b c"),
            ("`a `b", "a b"),
            ("é b  c", "é b c"),
        ] {
            assert_eq!(passages(text, 0)[0].trim_end(), words, "{text:?}");
        }
    }

    #[test]
    fn a_page_gathers_the_same_words() {
        let texts = [
            "Before.\n\n# A\n\n![one `two`](x.png) [link](a.md) <b>raw</b>\n\n## B\n\n```mermaid\nx\n```\n",
            "no heading",
        ];
        for text in texts {
            let shape = outline(text, 0, &Limits::default());
            let page = |passages| {
                let options = Options { passages, ..Options::default() };
                html(text, 0, &shape, &options, &Diagrams::default(), &Nowhere)
            };
            assert_eq!(page(true).passages, passages(text, 0));
            assert!(page(false).passages.is_empty());
            let few = Limits { html: 3, ..Limits::default() };
            let options = Options { passages: true, limits: few, ..Options::default() };
            let cut = html(text, 0, &shape, &options, &Diagrams::default(), &Nowhere);
            assert_eq!((cut.oversized.len(), cut.passages), (1, passages(text, 0)));
        }
    }

    /// Everything leads nowhere.
    struct Nowhere;

    impl Resolve for Nowhere {
        fn link(&self, _: &str) -> Option<Link> {
            None
        }

        fn image(&self, _: &str) -> Option<String> {
            None
        }

        fn mention(&self, _: &str) -> Option<Link> {
            None
        }
    }

    #[test]
    fn marks_inside_a_word_do_not_break_it() {
        assert_eq!(passages("un**break**able [li](x)nk", 0), ["unbreakable link "]);
    }
}
