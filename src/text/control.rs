//! Control characters, which steer a terminal and mean nothing on a page.

use memchr::memchr_iter;
use std::borrow::Cow;

/// Whether a byte of UTF-8 is a control character, other than those that a text is made of lines and columns with.
fn is_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f
}

/// Whether a text holds any; the bytes are looked at many at a time.
fn holds_any(text: &[u8]) -> bool {
    let in_ascii = text.chunks(1024).any(|chunk| chunk.iter().fold(false, |any, byte| any | is_control(*byte)));
    in_ascii || memchr_iter(0xC2, text).any(|at| matches!(text.get(at + 1), Some(0x80..=0x9F)))
}

/// The text with control characters shown by what they are: `\u{1b}`.
pub fn controls_shown(text: &[u8]) -> Cow<'_, [u8]> {
    if !holds_any(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = Vec::with_capacity(text.len() + 64);
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, bytes.peek().copied()) {
            (0xC2, Some(next @ 0x80..=0x9F)) => {
                bytes.next();
                shown.extend_from_slice(format!("\\u{{{next:x}}}").as_bytes());
            }
            _ if is_control(byte) => shown.extend_from_slice(format!("\\u{{{byte:x}}}").as_bytes()),
            _ => shown.push(byte),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_and_nothing_else() {
        for c in ('\0'..='\u{17f}').chain(['\u{2028}', '語', '😀']) {
            let text = format!("a{c}b");
            let shown = String::from_utf8(controls_shown(text.as_bytes()).into_owned()).unwrap();
            match c.is_control() && !matches!(c, '\t' | '\n' | '\r') {
                true => assert_eq!(shown, format!("a\\u{{{:x}}}b", u32::from(c))),
                false => assert_eq!(shown, text),
            }
        }
    }
}
