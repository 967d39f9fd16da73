//! Places in a text as editors count them, and the changes that they send.

use crate::text::Span;
use ls_types::{Position, PositionEncodingKind, Range, TextDocumentContentChangeEvent};

/// In which units an editor counts within a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// What every editor knows.
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The one to speak, from those that the editor offers: bytes where it can, since that is how we count.
    pub(super) fn of(offered: &[PositionEncodingKind]) -> Encoding {
        let knows = |kind: &PositionEncodingKind| offered.contains(kind);
        match (knows(&PositionEncodingKind::UTF8), knows(&PositionEncodingKind::UTF32)) {
            (true, _) => Encoding::Utf8,
            (false, true) if !knows(&PositionEncodingKind::UTF16) => Encoding::Utf32,
            _ => Encoding::Utf16,
        }
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, letter: char) -> usize {
        match self {
            Encoding::Utf8 => letter.len_utf8(),
            Encoding::Utf16 => letter.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// The lines of a text, for turning offsets into positions and back.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'a> Lines<'a> {
    /// Finds the lines; they end with `\n`, `\r\n` or `\r`, as the protocol says.
    pub(super) fn new(text: &'a str, encoding: Encoding) -> Lines<'a> {
        let bytes = text.as_bytes();
        let ends = |at: &usize| match bytes.get(*at) {
            Some(b'\n') => true,
            Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let starts = std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect();
        Lines { text, starts, encoding }
    }

    /// The position of an offset in bytes; one within a letter counts as the letter's start.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = self.text.get(start..offset).unwrap_or("");
        let column = before.chars().map(|letter| self.encoding.width(letter)).sum::<usize>();
        Position::new(number(line), number(column))
    }

    /// The offset in bytes of a position; one beyond the end of its line, or of the text, counts as that end.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let content = self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        for (at, letter) in content.char_indices() {
            let width = self.encoding.width(letter);
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + content.len()
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span) -> Range {
        let bytes = span.range();
        Range::new(self.position(bytes.start), self.position(bytes.end))
    }

    /// The span of a range.
    pub(super) fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }
}

/// The text after some changes, each made to what the one before has left.
pub(super) fn changed(text: &str, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) -> String {
    let mut text = text.to_owned();
    for change in changes {
        match change.range {
            None => text = change.text,
            Some(range) => {
                let span = Lines::new(&text, encoding).span(range);
                text.replace_range(span.range(), &change.text);
            }
        }
    }
    text
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a😀é\r\nx\ry\n";

    #[test]
    fn positions_are_counted_in_the_units_that_were_agreed_on() {
        let at_e = TEXT.find('é').unwrap();
        for (encoding, column) in [(Encoding::Utf8, 5), (Encoding::Utf16, 3), (Encoding::Utf32, 2)] {
            let lines = Lines::new(TEXT, encoding);
            assert_eq!(lines.position(at_e), Position::new(0, column));
            assert_eq!(lines.offset(Position::new(0, column)), at_e);
        }
        let lines = Lines::new(TEXT, Encoding::Utf16);
        assert_eq!(lines.position(TEXT.find('y').unwrap()), Position::new(2, 0));
        assert_eq!(lines.position(TEXT.len()), Position::new(3, 0));
    }

    #[test]
    fn a_position_outside_is_the_nearest_inside() {
        let lines = Lines::new(TEXT, Encoding::Utf16);
        assert_eq!(lines.offset(Position::new(0, 99)), TEXT.find('\r').unwrap());
        assert_eq!(lines.offset(Position::new(0, 2)), 1, "within a letter");
        assert_eq!(lines.offset(Position::new(99, 0)), TEXT.len());
        assert_eq!(lines.position(TEXT.len() + 9), Position::new(3, 0));
        assert_eq!(lines.position(2), Position::new(0, 1), "within a letter");
    }

    #[test]
    fn changes_build_on_one_another() {
        let change = |range: Option<[u32; 4]>, text: &str| TextDocumentContentChangeEvent {
            range: range.map(|[a, b, c, d]| Range::new(Position::new(a, b), Position::new(c, d))),
            range_length: None,
            text: text.to_owned(),
        };
        let changes =
            vec![change(Some([0, 1, 0, 3]), "bc"), change(Some([0, 3, 0, 3]), "!"), change(Some([9, 0, 9, 0]), "z")];
        assert_eq!(changed(TEXT, changes, Encoding::Utf16), "abc!é\r\nx\ry\nz");
        assert_eq!(changed(TEXT, vec![change(None, "new")], Encoding::Utf8), "new");
    }

    #[test]
    fn bytes_are_spoken_where_the_editor_can() {
        let kinds = |kinds: &[PositionEncodingKind]| Encoding::of(kinds);
        assert_eq!(kinds(&[]), Encoding::Utf16);
        assert_eq!(kinds(&[PositionEncodingKind::UTF16, PositionEncodingKind::UTF8]), Encoding::Utf8);
        assert_eq!(kinds(&[PositionEncodingKind::UTF32]), Encoding::Utf32);
    }

    proptest::proptest! {
        #[test]
        fn offsets_come_back(text in "[a-c\\r\\né😀]{0,20}", at in 0_usize..80) {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let lines = Lines::new(&text, encoding);
                let offset = text.floor_char_boundary(at);
                // Between `\r` and `\n` there is no position.
                let is_within_end = text.get(..offset).is_some_and(|before| before.ends_with('\r'))
                    && text.get(offset..).is_some_and(|after| after.starts_with('\n'));
                if !is_within_end {
                    proptest::prop_assert_eq!(lines.offset(lines.position(at)), offset);
                }
            }
        }
    }
}
