//! Lines and columns of a text.

use crate::text::{BYTE_ORDER_MARK, Span};
use memchr::memchr_iter;

/// The starts of lines, for turning offsets into lines and columns.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// How many characters start before each multiple of [`STEP`] bytes: a line may be as long as the text, and hold very many
    /// places.
    characters: Vec<u32>,
}

/// Bytes that are looked at to find a column, at most twice.
const STEP: usize = 4096;

impl LineIndex {
    /// Reads the line starts of a text.
    pub fn new(text: &str) -> LineIndex {
        let after_newlines = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let starts = std::iter::once(0).chain(after_newlines).map(|at| Span::new(at, at).start).collect();
        let mut before = 0;
        let steps = text.as_bytes().chunks(STEP).map(|step| {
            let here = before;
            before += starting(step);
            here
        });
        LineIndex { starts, characters: steps.collect() }
    }

    /// Line and column of a byte offset, both from 1; columns count characters, without the byte order mark that may open a text.
    pub fn line_column(&self, text: &str, offset: u32) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        if text.get(start as usize..offset as usize).is_none_or(str::is_empty) {
            return (line, 1);
        }
        let is_marked = start == 0 && text.starts_with(BYTE_ORDER_MARK);
        let columns = self.before(text, offset).saturating_sub(self.before(text, start));
        (line, (columns as usize).saturating_sub(usize::from(is_marked)) + 1)
    }

    /// How many characters start before a byte.
    fn before(&self, text: &str, offset: u32) -> u32 {
        let bytes = text.as_bytes();
        let offset = offset as usize;
        let step = (offset / STEP).min(self.characters.len().saturating_sub(1));
        let rest = bytes.get(step * STEP..offset).unwrap_or(&[]);
        self.characters.get(step).copied().unwrap_or(0) + starting(rest)
    }
}

/// How many characters start in some bytes of a text.
fn starting(bytes: &[u8]) -> u32 {
    // Many bytes are counted in one step as long as no step has to look whether the count still fits: texts are shorter than that.
    bytes.iter().fold(0u32, |count, byte| count.wrapping_add(u32::from(byte & 0b1100_0000 != 0b1000_0000)))
}

/// How many columns a part of a text takes; a byte order mark takes none, since no editor shows it.
pub fn columns(text: &str, part: Span) -> usize {
    let shown = part.of(text);
    let shown = if part.start == 0 { shown.strip_prefix(BYTE_ORDER_MARK).unwrap_or(shown) } else { shown };
    shown.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "é\nnaïve x\n";
        let lines = LineIndex::new(text);
        let at = text.find('x').unwrap();
        assert_eq!(lines.line_column(text, u32::try_from(at).unwrap()), (2, 7));
        assert_eq!(lines.line_column(text, 0), (1, 1));
        let marked = "\u{feff}# x\ny\n";
        let lines = LineIndex::new(marked);
        let at = |wanted| u32::try_from(marked.find(wanted).unwrap()).unwrap();
        assert_eq!((lines.line_column(marked, 0), lines.line_column(marked, at('#'))), ((1, 1), (1, 1)));
        assert_eq!((lines.line_column(marked, at('x')), lines.line_column(marked, at('y'))), ((1, 3), (2, 1)));
    }

    #[test]
    fn columns_on_a_long_line_are_found_without_reading_it_each_time() {
        let text = "\u{feff}".to_owned() + &"aé語 ".repeat(1_000_000);
        let lines = LineIndex::new(&text);
        let offsets = text.char_indices().map(|(at, _)| u32::try_from(at).unwrap());
        for (column, offset) in offsets.enumerate().step_by(1_001) {
            assert_eq!(lines.line_column(&text, offset), (1, column.max(1)));
        }
    }

    proptest::proptest! {
        #[test]
        fn columns_are_those_that_counting_gives(text in "[ab\né\u{feff}]{0,24}", at in 0usize..60) {
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let line = text[..at].matches('\n').count() + 1;
            let counted = (line, columns(&text, Span::new(start, at)) + 1);
            proptest::prop_assert_eq!(LineIndex::new(&text).line_column(&text, at as u32), counted);
        }
    }
}
