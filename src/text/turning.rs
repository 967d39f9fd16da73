//! Characters that turn the order of letters on the screen, so that people read another text than programs.

use memchr::memmem;
use std::borrow::Cow;

/// What all of them begin with, in UTF-8.
const FIRST: [u8; 1] = [0xE2];

/// How many bytes each has.
const LENGTH: usize = 3;

/// Whether a character turns the order of those that follow it.
pub fn is_turning(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Where such characters stand in a text, in bytes.
pub fn turning(text: &[u8]) -> impl Iterator<Item = usize> {
    memmem::find_iter(text, &FIRST).filter(move |at| {
        matches!(text.get(*at..at + LENGTH), Some([0xE2, 0x80, 0xAA..=0xAE] | [0xE2, 0x81, 0xA6..=0xA9]))
    })
}

/// The text with such characters shown by what they are: `open` and its number, `\u{202e}`.
pub fn unturned<'a>(text: &'a [u8], open: &str) -> Cow<'a, [u8]> {
    let mut shown = Vec::new();
    let mut written = 0;
    for at in turning(text) {
        shown.extend_from_slice(text.get(written..at).unwrap_or(b""));
        written = at + LENGTH;
        let character = text.get(at..written).and_then(|bytes| std::str::from_utf8(bytes).ok()?.chars().next());
        let number = character.map_or(0, u32::from);
        shown.extend_from_slice(format!("{open}{{{number:x}}}").as_bytes());
    }
    if written == 0 {
        return Cow::Borrowed(text);
    }
    shown.extend_from_slice(text.get(written..).unwrap_or(b""));
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_letters_is_shown_and_nothing_else() {
        let shown = |text: &str| String::from_utf8(unturned(text.as_bytes(), "\\u").into_owned()).unwrap();
        assert_eq!(shown("a\u{202e}b\u{2066}"), "a\\u{202e}b\\u{2066}");
        for plain in ["", "“a” – b…", "\u{2029}\u{202f}\u{2065}\u{206a}\u{200e}", "שלום"] {
            assert_eq!(shown(plain), plain);
        }
        for c in ('\u{2000}'..='\u{20ff}').chain(['\u{e0aa}', 'a']) {
            assert_eq!(turning(c.to_string().as_bytes()).count() == 1, is_turning(c), "{c:?}");
        }
    }
}
