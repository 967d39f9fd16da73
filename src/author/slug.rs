//! A title as part of a file's name.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most letters of a slug.
const LETTERS: usize = 60;
/// The most bytes of a slug: names of files are counted in bytes.
const BYTES: usize = 120;

/// Letters that fall into no base letter with a mark, and how they are written without.
const SPELT: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ł', "l"),
    ('ŋ', "n"),
    ('þ', "th"),
    ('ŧ', "t"),
    ('&', "-and-"),
    ('%', "-percent-"),
];

/// `Über-fast café: what's next?` as `uber-fast-cafe-whats-next`: lower case, ASCII where a letter has such a base, all other
/// letters as they are, and hyphens between words. Empty where a title has neither letters nor digits.
pub(super) fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for c in title.nfc().flat_map(char::to_lowercase) {
        match SPELT.iter().find(|(letter, _)| *letter == c) {
            Some((_, spelt)) => slug.push_str(spelt),
            None => push(&mut slug, c),
        }
    }
    let words: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).collect();
    shortened(&words)
}

fn push(slug: &mut String, c: char) {
    let base: Vec<char> = std::iter::once(c).nfkd().filter(|part| !is_combining_mark(*part)).collect();
    if !base.is_empty() && base.iter().all(char::is_ascii_alphanumeric) {
        slug.extend(base.iter().map(char::to_ascii_lowercase));
    } else if c.is_alphanumeric() || (is_combining_mark(c) && slug.ends_with(|last: char| !last.is_ascii())) {
        // Marks belong to the letters of many scripts.
        slug.push(c);
    } else if !matches!(c, '\'' | '’' | '`') && !is_combining_mark(c) {
        slug.push('-');
    }
}

/// As many words as there is room for, and at least the start of the first.
fn shortened(words: &[&str]) -> String {
    let mut slug = String::new();
    for word in words {
        let more = if slug.is_empty() { (*word).to_owned() } else { format!("{slug}-{word}") };
        if more.len() > BYTES || more.chars().count() > LETTERS {
            break;
        }
        slug = more;
    }
    if slug.is_empty() {
        let fits = |(at, c): &(usize, char)| at + c.len_utf8() <= BYTES;
        slug = words
            .first()
            .map(|word| word.char_indices().take(LETTERS).take_while(fits).map(|(_, c)| c).collect())
            .unwrap_or_default();
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names() {
        for (title, name) in [
            ("Move billing events to the shared bus", "move-billing-events-to-the-shared-bus"),
            ("Über-fast café: what's next?", "uber-fast-cafe-whats-next"),
            ("Straße & Smørrebrød, Łódź", "strasse-and-smorrebrod-lodz"),
            ("Ｆｕｌｌ width ① ²", "full-width-1-2"),
            ("イベントバス", "イベントバス"),
            ("決定 7: Поток Йод", "決定-7-поток-йод"),
            ("हिन्दी में", "हिन्दी-में"),
            ("Ελλάδα", "ελλάδα"),
            ("--- ../../etc/passwd \u{0}", "etc-passwd"),
            ("!?", ""),
            ("e\u{301}te\u{301}", "ete"),
        ] {
            assert_eq!(slug(title), name, "{title}");
        }
    }

    #[test]
    fn a_long_title_ends_with_a_word() {
        let name = slug(&"number ".repeat(40));
        assert!(name.len() <= LETTERS && name.ends_with("-number"), "{name}");
        let wide = slug(&"界".repeat(200));
        assert_eq!((wide.len(), wide.chars().count()), (BYTES, 40));
    }

    proptest::proptest! {
        #[test]
        fn a_name_is_one_part_of_a_path(title in "\\PC{0,80}") {
            let name = slug(&title);
            proptest::prop_assert!(name.len() <= BYTES && !name.contains(['/', '\\', '.', '\0', ' ', ':']));
            proptest::prop_assert!(!name.starts_with('-') && !name.ends_with('-') && !name.contains("--"));
        }
    }
}
