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
        let mut name = plain.clone();
        let mut number = 1;
        while !self.given.insert(name.clone()) {
            number += 1;
            name = format!("{plain}-{number}");
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_names_are_alike() {
        let mut slugs = Slugs::default();
        let names = ["C#", "C++", "c-2", "++", "Über uns"].map(|words| slugs.unique(words));
        assert_eq!(names, ["c", "c-2", "c-2-2", "section", "über-uns"]);
    }
}
