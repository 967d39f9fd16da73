//! XML as it is written for feeds and sitemaps: what a text holds can never break it.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A document that is being written.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

impl Xml {
    /// Starts a document in UTF-8 with its root element.
    pub(super) fn new(root: &'static str, attributes: &[(&str, &str)]) -> Xml {
        let mut xml = Xml { writer: Writer::new_with_indent(Vec::new(), b' ', 1), open: Vec::new() };
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.open(root, attributes);
        xml
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.write(Event::Start(start(name, attributes)));
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.write(Event::End(BytesEnd::new(name)));
        }
    }

    /// An element with a text.
    pub(super) fn leaf(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.write(Event::Start(start(name, attributes)));
        self.write(Event::Text(BytesText::new(&clean(text))));
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// Bytes written so far.
    pub(super) fn len(&self) -> usize {
        self.writer.get_ref().len()
    }

    /// Closes what is open, and gives the bytes.
    pub(super) fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        let mut bytes = self.writer.into_inner();
        bytes.push(b'\n');
        bytes
    }

    fn write(&mut self, event: Event<'_>) {
        // Bytes in memory take whatever is written.
        let _ = self.writer.write_event(event);
    }
}

fn start<'a>(name: &'static str, attributes: &[(&'a str, &'a str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, clean(value).as_str()));
    }
    start
}

/// A text without the characters that XML 1.0 forbids, however they are written, and on one line.
pub(super) fn clean(text: &str) -> String {
    let kept = |c: char| match c {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() || matches!(u32::from(c) & 0xfffe, 0xfffe) => None,
        // The last two code points of every plane are no characters; XML forbids the first pair.
        c => Some(c),
    };
    text.chars().filter_map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_makes_a_document() {
        let hostile = "]]> <script>&amp; \"'\u{0}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff}\u{1ffff}\u{d7ff}\u{e000}\u{fffd}😀\r\n";
        let mut xml = Xml::new("a", &[("b", hostile)]);
        xml.leaf("c", &[], hostile);
        let text = String::from_utf8(xml.finish()).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let shown = "]]> <script>&amp; \"' \u{d7ff}\u{e000}\u{fffd}😀  ";
        assert_eq!(document.root_element().attribute("b"), Some(shown));
        assert_eq!(document.descendants().find(|node| node.has_tag_name("c")).unwrap().text(), Some(shown));
    }
}
