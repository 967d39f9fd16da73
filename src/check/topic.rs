//! What a section speaks of, by its words.

use crate::text::Span;

/// A topic and the words that show that it is spoken of, in lower case.
pub(super) type Topic = (&'static str, &'static [&'static str]);

/// The topics that a part of a text does not touch.
pub(super) fn untouched(text: &str, within: Span, topics: &[Topic]) -> Vec<&'static str> {
    let part = within.of(text).to_lowercase();
    topics.iter().filter(|(_, words)| !words.iter().any(|word| part.contains(word))).map(|(topic, _)| *topic).collect()
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}
