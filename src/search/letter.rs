//! Letters as they are compared, here and by the reader in the browser: without case, accents and leading zeros.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether a character stands in a word.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Whether a character may join two words into one: `payment-service`, `HttpServer::bind`, `src/main.rs`, `don't`.
pub(super) fn is_joint(c: char) -> bool {
    matches!(c, '-' | '.' | '/' | ':' | '@' | '\'' | '’' | '‐' | '‑')
}

/// Whether a character is a word of its own, since its script puts no blanks between words.
pub(super) fn is_alone(c: char) -> bool {
    matches!(
        u32::from(c),
        0x0E00..=0x0E7F | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF
    )
}

/// Whether a character counts when words are compared.
fn is_kept(c: char) -> bool {
    is_word(c) || is_joint(c) || matches!(c, '+' | '#')
}

/// A word as it is compared, appended to `out`.
pub(super) fn fold(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.chars().filter(|c| is_kept(*c)).map(|c| c.to_ascii_lowercase()));
        return;
    }
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            '’' => out.push('\''),
            '‐' | '‑' => out.push('-'),
            c if is_kept(c) && !is_combining_mark(c) => out.push(c),
            _ => {}
        }
    }
}

/// Numbers without the zeros before them: `rfc-0007` becomes `rfc-7`; digits behind a point stay.
pub(super) fn without_padding(word: &mut String) {
    if !word.contains('0') {
        return;
    }
    let mut kept = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    let mut opens = true;
    while let Some(c) = letters.next() {
        if opens && c == '0' && letters.peek().is_some_and(char::is_ascii_digit) {
            continue;
        }
        opens = !c.is_ascii_digit() && c != '.';
        kept.push(c);
    }
    *word = kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(word: &str) -> String {
        let mut out = String::new();
        fold(word, &mut out);
        without_padding(&mut out);
        out
    }

    #[test]
    fn case_accents_and_padding_do_not_count() {
        for (word, is) in [
            ("Überprüfung", "uberprufung"),
            ("U\u{308}ber", "uber"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("Σίσυφος", "σισυφοσ"),
            ("İstanbul", "istanbul"),
            ("ﬁle", "file"),
            ("ＡＢＣ", "abc"),
            ("team’s", "team's"),
            ("RFC‑0007", "rfc-7"),
            ("RFC-0007-A1", "rfc-7-a1"),
            ("0", "0"),
            ("000", "0"),
            ("0.05", "0.05"),
            ("10.00", "10.00"),
            ("v1.02", "v1.02"),
            ("1-0020", "1-20"),
            ("\u{fdfa}", "صلىاللهعليهوسلم"),
        ] {
            assert_eq!(folded(word), is, "{word}");
        }
    }
}
