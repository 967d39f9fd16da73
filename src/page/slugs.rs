//! File names for tags and kinds: readable, and never two alike.

use crate::markdown::slug;
use std::collections::BTreeSet;

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    given: BTreeSet<String>,
}

impl Slugs {
    /// A name for some words: `C++` and `C#` become `c` and `c-2`.
    pub(super) fn unique(&mut self, words: &str) -> String {
        let plain = slug(words);
        let plain = if plain.is_empty() { "unnamed".to_owned() } else { plain };
        let mut name = plain.clone();
        let mut number = 1;
        while !self.given.insert(name.clone()) {
            number += 1;
            name = format!("{plain}-{number}");
        }
        name
    }
}
