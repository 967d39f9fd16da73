//! Raw HTML: what of it passes, and what is shown as text.

use super::escape::{push_attribute, push_text, push_text_with_entities};
use super::options::RawHtml;
use super::run::Run;
use super::tag::{Tag, Token, Tokens};
use super::writer::{Frame, Kind, Writer};
use std::borrow::Cow;

/// How an element is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    /// Stands within text and is closed with it.
    Span,
    /// Holds blocks, and may be closed in a later one.
    Block,
    /// A place to link to; written empty, since it must not wrap other links.
    Anchor,
    /// Has no end: `br`.
    Break,
    /// `img`, whose address is asked for.
    Image,
}

/// Every element that may pass, without attributes but those named in this file.
const ALLOWED: [(&str, Element); 24] = [
    ("a", Element::Anchor),
    ("b", Element::Span),
    ("br", Element::Break),
    ("details", Element::Block),
    ("div", Element::Block),
    ("em", Element::Span),
    ("i", Element::Span),
    ("img", Element::Image),
    ("kbd", Element::Span),
    ("li", Element::Block),
    ("mark", Element::Span),
    ("ol", Element::Block),
    ("p", Element::Block),
    ("strong", Element::Span),
    ("sub", Element::Span),
    ("summary", Element::Block),
    ("sup", Element::Span),
    ("table", Element::Block),
    ("tbody", Element::Block),
    ("td", Element::Block),
    ("th", Element::Block),
    ("thead", Element::Block),
    ("tr", Element::Block),
    ("ul", Element::Block),
];

/// Whether an element passes the sanitiser.
pub(super) fn is_allowed(name: &str) -> bool {
    element(name).is_some()
}

fn element(name: &str) -> Option<(&'static str, Element)> {
    ALLOWED.into_iter().find(|(known, _)| *known == name)
}

impl Writer<'_> {
    /// A block of raw HTML.
    pub(super) fn raw_block(&mut self, run: &Run<'_>) {
        match self.options.raw_html {
            RawHtml::Allow => self.out.push_str(&run.text),
            RawHtml::Escape => self.shown_block(&run.text),
            RawHtml::Sanitise => self.sanitised_block(&run.text),
        }
    }

    /// A tag or a comment within text.
    pub(super) fn raw_inline(&mut self, html: &str) {
        match self.options.raw_html {
            RawHtml::Allow => self.out.push_str(html),
            RawHtml::Escape => push_text(&mut self.out, html),
            RawHtml::Sanitise => {
                for token in Tokens::new(html) {
                    self.raw_token(token, html, false);
                }
            }
        }
    }

    fn shown_block(&mut self, html: &str) {
        self.close_raw_paragraph();
        self.out.push_str("<p>");
        push_text(&mut self.out, html.trim_end());
        self.out.push_str("</p>\n");
    }

    fn sanitised_block(&mut self, html: &str) {
        let html = html.trim_end();
        let tokens: Vec<Token> = Tokens::new(html).collect();
        let passes = |token: &Token| matches!(token, Token::Tag(tag) if is_allowed(&tag.name));
        let says = |token: &Token| match token {
            Token::Text(range) => html.get(range.clone()).is_some_and(|text| !text.trim().is_empty()),
            Token::Comment(_) => false,
            Token::Tag(_) => true,
        };
        if !tokens.iter().any(says) {
            return;
        }
        let paragraph = !tokens.iter().any(passes);
        if paragraph {
            self.open(Kind::Phrasing, "<p>", "</p>");
        }
        for token in tokens {
            self.raw_token(token, html, !paragraph);
        }
        if paragraph {
            self.close();
        }
        // A span ends with its block; only elements that hold blocks stay open.
        while let Some(Frame { kind: Kind::Raw(name), .. }) = self.frames.last()
            && element(name).is_some_and(|(_, element)| element != Element::Block)
        {
            self.close_top();
        }
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn raw_token(&mut self, token: Token, html: &str, flow: bool) {
        match token {
            Token::Text(range) => push_text_with_entities(&mut self.out, html.get(range).unwrap_or("")),
            Token::Comment(_) => {}
            Token::Tag(tag) => {
                if !self.raw_tag(&tag, html, flow) {
                    push_text(&mut self.out, html.get(tag.range).unwrap_or(""));
                }
            }
        }
    }

    /// Writes a tag, or says that it must be shown as text.
    fn raw_tag(&mut self, tag: &Tag, html: &str, flow: bool) -> bool {
        let Some((name, element)) = element(&tag.name) else { return false };
        let holds_blocks = flow || self.innermost() == Kind::Flow;
        if element == Element::Block && !holds_blocks {
            return false;
        }
        let value =
            |name: &str| tag.attribute(name).and_then(|range| html.get(range)).unwrap_or("").replace("&amp;", "&");
        if tag.closing {
            // A browser closes `<p>` by itself, so that its end may be one too many.
            return self.close_raw(name) || name == "p";
        }
        if self.frames.len() >= self.options.limits.depth {
            return false;
        }
        match element {
            Element::Break => self.out.push_str("<br>"),
            Element::Image => self.raw_image(&value),
            Element::Anchor => {
                let id = Some(value("id")).filter(|id| !id.is_empty()).unwrap_or_else(|| value("name"));
                if id.is_empty() {
                    return false;
                }
                self.out.push_str("<a");
                push_attribute(&mut self.out, "id", &id);
                self.out.push_str("></a>");
                self.frames.push(Frame { kind: Kind::Raw(name), close: Cow::Borrowed("") });
            }
            Element::Block | Element::Span => {
                if element == Element::Block {
                    self.close_raw_paragraph();
                }
                self.out.push('<');
                self.out.push_str(name);
                if name == "details" && tag.attribute("open").is_some() {
                    self.out.push_str(" open");
                }
                self.out.push('>');
                self.frames.push(Frame { kind: Kind::Raw(name), close: Cow::Owned(format!("</{name}>")) });
            }
        }
        true
    }

    fn raw_image(&mut self, value: &dyn Fn(&str) -> String) {
        let Some(mut image) = self.image_tag(&value("src"), &value("alt")) else { return };
        for side in ["width", "height"] {
            let length = value(side);
            if !length.is_empty() && length.len() <= 5 && length.bytes().all(|byte| byte.is_ascii_digit()) {
                push_attribute(&mut image, side, &length);
            }
        }
        self.out.push_str(&image);
        self.out.push('>');
    }

    /// Closes raw elements down to the innermost `name`; false when Markdown's own elements stand before it.
    fn close_raw(&mut self, name: &str) -> bool {
        let open = self.frames.iter().rev().map_while(|frame| match frame.kind {
            Kind::Raw(open) => Some(open),
            _ => None,
        });
        let Some(depth) = open.into_iter().position(|open| open == name) else { return false };
        for _ in 0..=depth {
            self.close_top();
        }
        true
    }

    fn close_top(&mut self) {
        if let Some(frame) = self.frames.pop() {
            self.out.push_str(&frame.close);
        }
    }

    /// What the innermost element of Markdown may hold.
    fn innermost(&self) -> Kind {
        let markdown = self.frames.iter().rev().find(|frame| !matches!(frame.kind, Kind::Raw(_)));
        markdown.map_or(Kind::Flow, |frame| frame.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(ALLOWED.is_sorted_by_key(|(name, _)| *name));
        assert!(is_allowed("ul") && is_allowed("a") && !is_allowed("script"));
    }
}
