//! A reader for the tags and comments in raw HTML.

use std::ops::Range;

/// A part of raw HTML, with its place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Text between tags, or what looks like a tag and is none.
    Text(Range<usize>),
    /// A whole comment.
    Comment(Range<usize>),
    /// A tag.
    Tag(Tag),
}

/// An opening or closing tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// The whole tag.
    pub(super) range: Range<usize>,
    /// The element's name, lower-cased.
    pub(super) name: String,
    /// Whether it is `</name>`.
    pub(super) closing: bool,
    /// Attributes with lower-cased names and the places of their values.
    pub(super) attributes: Vec<(String, Range<usize>)>,
}

impl Tag {
    /// The place of an attribute's value.
    pub(super) fn attribute(&self, name: &str) -> Option<Range<usize>> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }
}

/// A tag longer than this is not read as one, which keeps the reader linear on hostile quotes.
const LONGEST_TAG: usize = 4096;

/// Iterates over the tokens of raw HTML.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    html: &'t str,
    at: usize,
    unclosed_comment: bool,
}

impl<'t> Tokens<'t> {
    /// Reads `html` from its start.
    pub(super) fn new(html: &'t str) -> Tokens<'t> {
        Tokens { html, at: 0, unclosed_comment: false }
    }

    fn markup(&mut self, at: usize) -> Option<Token> {
        let rest = self.html.get(at..)?;
        if let Some(comment) = rest.strip_prefix("<!--") {
            return self.comment(at, comment);
        }
        tag(self.html, at).map(Token::Tag)
    }

    fn comment(&mut self, at: usize, after: &str) -> Option<Token> {
        if self.unclosed_comment {
            return None;
        }
        // `<!-->` and `<!--->` are whole comments to a browser.
        let length = ["->", ">"].into_iter().find(|end| after.starts_with(end)).map(str::len);
        match length.or_else(|| after.find("-->").map(|end| end + 3)) {
            Some(length) => Some(Token::Comment(at..at + 4 + length)),
            None => {
                self.unclosed_comment = true;
                None
            }
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let start = self.at;
        let mut from = start;
        if start >= self.html.len() {
            return None;
        }
        loop {
            let Some(step) = self.html.get(from..).and_then(|rest| rest.find('<')) else {
                self.at = self.html.len();
                return Some(Token::Text(start..self.at));
            };
            let open = from + step;
            match self.markup(open) {
                Some(_) if open > start => {
                    self.at = open;
                    return Some(Token::Text(start..open));
                }
                Some(token) => {
                    self.at = match &token {
                        Token::Tag(tag) => tag.range.end,
                        Token::Text(range) | Token::Comment(range) => range.end,
                    };
                    return Some(token);
                }
                None => from = open + 1,
            }
        }
    }
}

fn tag(html: &str, start: usize) -> Option<Tag> {
    let bytes = html.as_bytes();
    let limit = bytes.len().min(start + LONGEST_TAG);
    let closing = bytes.get(start + 1) == Some(&b'/');
    let name_start = start + 1 + usize::from(closing);
    if !bytes.get(name_start)?.is_ascii_alphabetic() {
        return None;
    }
    let name_end = skip(bytes, name_start, |byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    let name = html.get(name_start..name_end)?.to_ascii_lowercase();
    let mut attributes = Vec::new();
    let mut at = name_end;
    while at < limit {
        let next = skip(bytes, at, |byte| byte.is_ascii_whitespace() || *byte == b'/');
        if bytes.get(next) == Some(&b'>') {
            return Some(Tag { range: start..next + 1, name, closing, attributes });
        }
        if next == at {
            return None;
        }
        let (attribute, end) = attribute(html, next)?;
        attributes.push(attribute);
        at = end;
    }
    None
}

fn attribute(html: &str, start: usize) -> Option<((String, Range<usize>), usize)> {
    let bytes = html.as_bytes();
    let name_end = skip(bytes, start, |byte| {
        !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'<' | b'/' | b'"' | b'\'')
    });
    if name_end == start {
        return None;
    }
    let name = html.get(start..name_end)?.to_ascii_lowercase();
    let equals = skip(bytes, name_end, u8::is_ascii_whitespace);
    if bytes.get(equals) != Some(&b'=') {
        return Some(((name, name_end..name_end), name_end));
    }
    let value = skip(bytes, equals + 1, u8::is_ascii_whitespace);
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(value) {
        let length = bytes.get(value + 1..)?.iter().take(LONGEST_TAG).position(|byte| byte == quote)?;
        let end = value + 1 + length;
        return Some(((name, value + 1..end), end + 1));
    }
    let end = skip(bytes, value, |byte| {
        !byte.is_ascii_whitespace() && !matches!(byte, b'>' | b'<' | b'"' | b'\'' | b'`' | b'=')
    });
    (end > value).then_some(((name, value..end), end))
}

/// The first place from `start` on where `which` no longer holds.
fn skip(bytes: &[u8], start: usize, which: impl Fn(&u8) -> bool) -> usize {
    start + bytes.iter().skip(start).take(LONGEST_TAG).take_while(|byte| which(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags_comments_and_text() {
        let html = "a <B x='1' y>b</b> <!-- c --> <date>2 < 3 <!-- open";
        let parts: Vec<String> = Tokens::new(html)
            .map(|token| match token {
                Token::Text(range) => format!("text {}", &html[range]),
                Token::Comment(range) => format!("comment {}", &html[range]),
                Token::Tag(tag) => format!("tag {} {}", tag.name, tag.attributes.len()),
            })
            .collect();
        assert_eq!(
            parts,
            [
                "text a ",
                "tag b 2",
                "text b",
                "tag b 0",
                "text  ",
                "comment <!-- c -->",
                "text  ",
                "tag date 0",
                "text 2 < 3 <!-- open"
            ]
        );
    }
}
