//! Where in the source the destination of a link or an image is written.

use crate::text::Span;
use std::ops::Range;

/// The destination of `[text](destination "title")`: `whole` is the link, `inner` the end of its text, `address` what the parser made
/// of the destination.
pub(super) fn inline(source: &str, whole: Range<usize>, inner: usize, address: &str) -> Span {
    let search = inner.clamp(whole.start, whole.end)..whole.end;
    let opening = source.get(search.clone()).and_then(|rest| rest.find("]("));
    opening
        .and_then(|at| written(source, search.start + at + 2..whole.end, address))
        .unwrap_or(Span::new(whole.start, whole.end))
}

/// The destination of a definition `[label]: destination "title"`, which is at `whole`; `address` is what the parser made of it.
pub(super) fn definition(source: &str, whole: Range<usize>, address: &str) -> Span {
    let colon = source.get(whole.clone()).and_then(|text| text.find("]:"));
    let written = colon.and_then(|at| written(source, whole.start + at + 2..whole.end, address));
    written.unwrap_or(Span::new(whole.start, whole.end))
}

/// The destination that starts after blanks in `place`: in angle brackets, or up to a blank or an unbalanced parenthesis.
fn written(source: &str, place: Range<usize>, address: &str) -> Option<Span> {
    let text = source.get(place.clone())?;
    let trimmed = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let start = place.start + (text.len() - trimmed.len());
    if let Some(rest) = trimmed.strip_prefix('<') {
        let length = end_of(rest, |byte, _| byte == b'>' || byte == b'\n')?;
        return Some(Span::new(start + 1, start + 1 + length));
    }
    // Most are written as they are meant, and need no second reading.
    let is_plain = !address.is_empty() && !address.ends_with('\\');
    let is_whole = |after: &str| after.is_empty() || after.starts_with([')', ' ', '\n']);
    if is_plain && trimmed.strip_prefix(address).is_some_and(is_whole) {
        return Some(Span::new(start, start + address.len()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Parser, Tag};

    proptest::proptest! {
        #[test]
        fn an_address_written_as_it_is_meant_ends_where_a_second_reading_ends_it(
            destination in "[a-c(). \\\\<>&#;'\"\n%é-]{0,12}",
        ) {
            let text = format!("[x]({destination}) [x]({destination} \"y\") [y][]\n\n[y]: {destination}\n");
            for (event, range) in Parser::new(&text).into_offset_iter() {
                if let Event::Start(Tag::Link { dest_url, .. }) = event {
                    let at = range.start + 1;
                    proptest::prop_assert_eq!(inline(&text, range.clone(), at, &dest_url), inline(&text, range, at, ""));
                }
            }
            let parser = Parser::new(&text);
            for (_, found) in parser.reference_definitions().iter() {
                let read = |address: &str| definition(&text, found.span.clone(), address);
                proptest::prop_assert_eq!(read(&found.dest), read(""));
            }
        }
    }
}
