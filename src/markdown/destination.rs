//! Where in the source the destination of a link or an image is written.

use crate::text::Span;
use std::ops::Range;

/// The destination of `[text](destination "title")`: `whole` is the link, `inner` the end of its text.
pub(super) fn inline(source: &str, whole: Range<usize>, inner: usize) -> Span {
    let search = inner.clamp(whole.start, whole.end)..whole.end;
    let opening = source.get(search.clone()).and_then(|rest| rest.find("]("));
    opening
        .and_then(|at| written(source, search.start + at + 2..whole.end))
        .unwrap_or(Span::new(whole.start, whole.end))
}

/// The destination of a definition `[label]: destination "title"`, which is at `whole`.
pub(super) fn definition(source: &str, whole: Range<usize>) -> Span {
    let colon = source.get(whole.clone()).and_then(|text| text.find("]:"));
    colon.and_then(|at| written(source, whole.start + at + 2..whole.end)).unwrap_or(Span::new(whole.start, whole.end))
}

/// The destination that starts after blanks in `place`: in angle brackets, or up to a blank or an unbalanced parenthesis.
fn written(source: &str, place: Range<usize>) -> Option<Span> {
    let text = source.get(place.clone())?;
    let trimmed = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let start = place.start + (text.len() - trimmed.len());
    if let Some(rest) = trimmed.strip_prefix('<') {
        let length = end_of(rest, |byte, _| byte == b'>' || byte == b'\n')?;
        return Some(Span::new(start + 1, start + 1 + length));
    }
    let ends = |byte: u8, depth: &mut usize| match byte {
        b'(' => {
            *depth += 1;
            false
        }
        b')' if *depth == 0 => true,
        b')' => {
            *depth -= 1;
            false
        }
        byte => byte.is_ascii_whitespace() || byte.is_ascii_control(),
    };
    let length = end_of(trimmed, ends).unwrap_or(trimmed.len());
    Some(Span::new(start, start + length))
}

/// The offset of the first byte, not escaped by a backslash, that ends the destination.
fn end_of(text: &str, ends: impl Fn(u8, &mut usize) -> bool) -> Option<usize> {
    let mut depth = 0;
    let mut escaped = false;
    text.bytes().position(|byte| {
        let literal = escaped;
        escaped = !literal && byte == b'\\';
        !literal && ends(byte, &mut depth)
    })
}
