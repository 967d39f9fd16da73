//! References that name a label which their text does not define.

use super::options;
use super::outline::{LabelReference, Outline};
use crate::text::Span;
use pulldown_cmark::{BrokenLink, LinkType, Parser};
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

/// What stands in the place of a label that is the text.
const EMPTY: &str = "[]";

/// Where the parser asked for a definition that is not there, in the order in which it asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Undefined(Rc<RefCell<Vec<Range<usize>>>>);

impl Undefined {
    /// Notes a reference; words in one pair of brackets are mostly words in brackets.
    pub(super) fn note(&self, link: &BrokenLink<'_>) {
        // The parser leaves the empty brackets out that follow.
        let behind = match link.link_type {
            LinkType::Reference => 0,
            LinkType::Collapsed => EMPTY.len(),
            _ => return,
        };
        self.0.borrow_mut().push(link.span.start..link.span.end + behind);
    }

    /// The references among them, in the order in which they stand; `shape` is what else was found in `text[body..]`.
    pub(super) fn references(&self, text: &str, body: usize, shape: &Outline) -> Vec<LabelReference> {
        let asked = self.0.take();
        if asked.is_empty() {
            return Vec::new();
        }
        let whole = asked.into_iter().map(|range| range.start + body..range.end + body);
        let mut found: Vec<LabelReference> = whole.filter_map(|whole| read(text, whole)).collect();
        // In `[a][b](c)` it is `b` that leads to `c`.
        let links = shape.links.iter().map(|link| link.span.start);
        let mut opened: Vec<u32> = links.chain(shape.images.iter().map(|image| image.span.start)).collect();
        opened.sort_unstable();
        let is_link = |reference: &LabelReference| {
            let bracket = reference.label.start.saturating_sub(1);
            !reference.is_collapsed() && opened.binary_search(&bracket).is_ok()
        };
        found.retain(|reference| !is_link(reference));
        found.sort_unstable_by_key(|reference| reference.span);
        found
    }
}

/// The parts of a reference.
fn read(text: &str, whole: Range<usize>) -> Option<LabelReference> {
    let written = text.get(whole.clone())?;
    let label = match written.strip_suffix(EMPTY) {
        Some(rest) => rest.find('[')? + 1..rest.len().checked_sub(1)?,
        None => label_start(written)?..written.len().checked_sub(1)?,
    };
    let label = (label.start <= label.end).then(|| Span::new(whole.start + label.start, whole.start + label.end))?;
    Some(LabelReference { span: Span::new(whole.start, whole.end), label })
}

/// Where the label begins that ends a reference: behind the last bracket that no backslash takes its meaning from. The parser takes
/// `[text]\[label]` for a reference, too; readers see the brackets that its author wants them to see.
fn label_start(written: &str) -> Option<usize> {
    let escapes = |at: usize| written.bytes().take(at).rev().take_while(|byte| *byte == b'\\').count();
    let (at, _) = written.rmatch_indices('[').find(|(at, _)| escapes(*at).is_multiple_of(2))?;
    written.get(..at)?.ends_with(']').then_some(at + 1)
}

/// The labels that `text` defines, and where they lead.
pub fn definitions(text: &str) -> Vec<(String, String)> {
    let parser = Parser::new_ext(text, options::parser());
    let defined = parser.reference_definitions().iter();
    defined.map(|(label, definition)| (label.to_owned(), definition.dest.to_string())).collect()
}
