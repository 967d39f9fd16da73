//! A stretch of text without markup, and where each of its bytes stands in the file.

use crate::text::Span;
use std::borrow::Cow;
use std::ops::Range;

/// A stretch of text: neighbouring text events in one, so that words are whole.
#[derive(Clone, Debug)]
pub(super) struct Run<'t> {
    /// The text, entities and escapes resolved.
    pub(super) text: Cow<'t, str>,
    /// Its place in the file.
    pub(super) span: Range<usize>,
    /// Where the text does not simply follow the file: (offset in `text`, offset in the file), rising.
    breaks: Vec<(usize, usize)>,
}

impl<'t> Run<'t> {
    /// A run of one piece; `source` is the whole file.
    pub(super) fn new(source: &'t str, piece: &str, place: Range<usize>) -> Run<'t> {
        match source.get(place.clone()) {
            Some(verbatim) if is_same(verbatim, piece) => {
                Run { text: Cow::Borrowed(verbatim), span: place, breaks: Vec::new() }
            }
            _ => Run { text: Cow::Owned(piece.to_owned()), breaks: vec![(0, place.start)], span: place },
        }
    }

    /// Adds the next piece; nothing is copied while the pieces follow each other in the file as they do in the text.
    pub(super) fn push(&mut self, source: &'t str, piece: &str, place: Range<usize>) {
        let joined = self.span.start..place.end;
        if let (Cow::Borrowed(_), true) = (&self.text, self.span.end == place.start)
            && let (Some(verbatim), Some(whole)) = (source.get(place.clone()), source.get(joined.clone()))
            && is_same(verbatim, piece)
        {
            self.text = Cow::Borrowed(whole);
            self.span = joined;
            return;
        }
        if self.breaks.is_empty() {
            self.breaks.push((0, self.span.start));
        }
        self.breaks.push((self.text.len(), place.start));
        self.text.to_mut().push_str(piece);
        self.span = self.span.start..self.span.end.max(place.end);
    }

    /// Where the byte `at` of the text stands in the file.
    pub(super) fn source_at(&self, at: usize) -> usize {
        let known = self.breaks.partition_point(|(text, _)| *text <= at);
        let (text, source) =
            known.checked_sub(1).and_then(|index| self.breaks.get(index)).copied().unwrap_or((0, self.span.start));
        (source + at.saturating_sub(text)).min(self.span.end)
    }

    /// The place in the file of a part of the text; its end is measured from its last character, since a gap may follow.
    pub(super) fn place(&self, part: Range<usize>) -> Span {
        let last = self.text.get(part.clone()).and_then(|text| text.chars().next_back()).map_or(0, char::len_utf8);
        let start = self.source_at(part.start);
        let end = self.source_at(part.end.saturating_sub(last)) + last;
        Span::new(start, end.clamp(start, self.span.end.max(start)))
    }
}

/// Whether two texts are equal. Most pieces are slices of the file, which need not be read for that.
fn is_same(verbatim: &str, piece: &str) -> bool {
    std::ptr::eq(verbatim, piece) || verbatim == piece
}
