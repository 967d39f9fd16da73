//! Footnotes, numbered by first reference and collected at the end of the page.

use super::escape::{push_address, push_attribute};
use std::collections::BTreeMap;

/// The anchor of a footnote; the colon keeps it apart from headings' anchors, which hold none.
pub(super) fn anchor(label: &str) -> String {
    format!("fn:{}", plain(label))
}

/// The anchor of the `nth` reference, counted from 1.
fn back_anchor(label: &str, nth: usize) -> String {
    let label = plain(label);
    if nth == 1 { format!("fnref:{label}") } else { format!("fnref:{label}:{nth}") }
}

fn plain(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The footnotes of a page.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    numbers: BTreeMap<String, usize>,
    /// Labels in the order of their first reference, each with how often it is referred to.
    references: Vec<(String, usize)>,
    /// Contents in the order of the text.
    definitions: Vec<(String, String)>,
    size: usize,
}

impl Footnotes {
    /// How many bytes of contents there are.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Writes a reference.
    pub(super) fn refer(&mut self, out: &mut String, label: &str) {
        let next = self.references.len() + 1;
        let number = *self.numbers.entry(label.to_owned()).or_insert(next);
        if number == next {
            self.references.push((label.to_owned(), 0));
        }
        let Some((_, count)) = self.references.get_mut(number - 1) else { return };
        *count += 1;
        out.push_str("<sup class=\"footnote-ref\"><a");
        push_address(out, "href", &format!("#{}", anchor(label)));
        push_attribute(out, "id", &back_anchor(label, *count));
        out.push_str(&format!(" role=\"doc-noteref\">{number}</a></sup>"));
    }

    /// Keeps the HTML of a footnote's content.
    pub(super) fn define(&mut self, label: String, html: String) {
        self.size += html.len();
        self.definitions.push((label, html));
    }

    /// Writes all footnotes: those referred to by number, then the others, so that none is lost.
    pub(super) fn finish(mut self, out: &mut String) {
        if self.definitions.is_empty() {
            return;
        }
        let mut contents: BTreeMap<String, String> = BTreeMap::new();
        let mut others = Vec::new();
        for (label, html) in std::mem::take(&mut self.definitions) {
            if self.numbers.contains_key(&label) && !contents.contains_key(&label) {
                contents.insert(label, html);
            } else {
                others.push(html);
            }
        }
        out.push_str("<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n");
        for (label, count) in &self.references {
            out.push_str("<li");
            push_attribute(out, "id", &anchor(label));
            out.push('>');
            push_content(out, contents.get(label).map_or("", String::as_str), label, *count);
            out.push_str("</li>\n");
        }
        for html in others {
            out.push_str("<li>");
            out.push_str(html.trim_end());
            out.push_str("</li>\n");
        }
        out.push_str("</ol></section>\n");
    }
}

/// Writes a footnote's content with its back-links inside the last paragraph.
fn push_content(out: &mut String, html: &str, label: &str, count: usize) {
    let html = html.trim_end();
    let (text, end) = html.strip_suffix("</p>").map_or((html, ""), |text| (text, "</p>"));
    out.push_str(text);
    for nth in 1..=count {
        out.push_str(" <a class=\"footnote-back\"");
        push_address(out, "href", &format!("#{}", back_anchor(label, nth)));
        push_attribute(out, "aria-label", &format!("Back to reference {nth}"));
        out.push_str(">↩");
        if nth > 1 {
            out.push_str(&format!("<sup>{nth}</sup>"));
        }
        out.push_str("</a>");
    }
    out.push_str(end);
}
