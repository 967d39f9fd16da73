//! What sections speak of, by their words.

use crate::markdown::Section;
use crate::record::Record;
use memchr::memmem::find_iter;

/// A topic and the words that show that it is spoken of, in lower case.
///
/// A word is looked for at the start of words, so that `load` is not found in `upload`; one that ends in a blank is a whole word.
pub(super) type Topic = (&'static str, &'static [&'static str]);

/// How a section opens that says why it does not apply.
const WAIVERS: &[&str] =
    &["not apply", "n't apply", "n’t apply", "not applicable", "n/a", "inapplicable", "none of these", "none of this"];

/// How far into a section its opening goes, in letters.
const OPENING: usize = 80;

/// The topics that none of the sections touches.
pub(super) fn untouched(record: &Record, sections: &[&Section], topics: &[Topic]) -> Vec<&'static str> {
    let parts: Vec<String> = sections.iter().map(|section| section.body.of(record.text()).to_lowercase()).collect();
    if parts.iter().any(|part| is_waived(part)) {
        return Vec::new();
    }
    let is_touched = |words: &[&str]| parts.iter().any(|part| words.iter().any(|word| speaks(part, word)));
    topics.iter().filter(|(_, words)| !is_touched(words)).map(|(topic, _)| *topic).collect()
}

/// Whether a text in lower case has a word that starts so.
pub(super) fn speaks(text: &str, word: &str) -> bool {
    let stem = word.trim_end();
    let is_whole = stem.len() < word.len();
    find_iter(text.as_bytes(), stem).any(|at| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + stem.len()..).and_then(|text| text.chars().next());
        let starts = !stem.starts_with(char::is_alphabetic) || !before.is_some_and(char::is_alphabetic);
        starts && !(is_whole && after.is_some_and(char::is_alphanumeric))
    })
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

fn is_waived(part: &str) -> bool {
    let opening: String = part.trim_start().chars().take(OPENING).collect();
    WAIVERS.iter().any(|waiver| opening.contains(waiver))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_at_their_starts() {
        for (text, word) in [
            ("loads of it", "load"),
            ("under load", "load"),
            ("50ms", "ms "),
            ("50 ms.", "ms "),
            ("at 10× the rate", "10×"),
            ("us$40", "$"),
        ] {
            assert!(speaks(text, word), "{text}: {word}");
        }
        for (text, word) in [("uploads", "load"), ("systems and items", "ms "), ("europe", "eur "), ("today", "day")] {
            assert!(!speaks(text, word), "{text}: {word}");
        }
    }

    #[test]
    fn a_section_may_say_that_it_does_not_apply() {
        assert!(is_waived("\n\ndoes not apply, because nothing runs.\n") && is_waived("n/a: a change of words"));
        assert!(!is_waived(
            "- scalability: ten times.\n- latency: 40 ms at the 99th percentile, measured daily.\n- consistency: n/a"
        ));
    }
}
