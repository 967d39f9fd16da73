//! File names for tags, kinds, people and the like: readable, safe on every disk, and never two alike.

use crate::markdown::slug;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Bytes of a name, at most; with a number, an extension and a host's own suffix it stays below the 255 that disks allow.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices, whatever their extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    given: BTreeSet<String>,
    /// By plain name: the last number tried.
    numbers: BTreeMap<String, usize>,
}

impl Slugs {
    /// A name for some words: `C++` and `C#` become `c` and `c-2`. It holds no dot, no slash and no capital letter.
    pub(super) fn unique(&mut self, words: &str) -> String {
        // Some disks take a letter and its accent for one character, whether they were written as one or as two.
        let plain = shortened(slug(&words.nfc().collect::<String>()));
        if !is_device(&plain) && self.given.insert(plain.clone()) {
            return plain;
        }
        let number = self.numbers.entry(plain.clone()).or_insert(1);
        loop {
            *number += 1;
            let name = format!("{plain}-{number}");
            if self.given.insert(name.clone()) {
                return name;
            }
        }
    }
}

fn shortened(mut name: String) -> String {
    let end = (0..=LONGEST.min(name.len())).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
    name.truncate(end);
    name
}

fn is_device(name: &str) -> bool {
    let numbered = |device: &str| name.strip_prefix(device).is_some_and(|rest| rest.len() == 1 && rest != "0");
    DEVICES.contains(&name) || numbered("com") || numbered("lpt")
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

    #[test]
    fn no_name_is_more_than_a_name() {
        let mut slugs = Slugs::default();
        let names = ["../../x", ".", "CON", "com1", "e\u{301}", "\u{e9}", "🦀"].map(|words| slugs.unique(words));
        assert_eq!(names, ["x", "section", "con-2", "com1-2", "\u{e9}", "\u{e9}-2", "section-2"]);
        let long = [slugs.unique(&"ü".repeat(300)), slugs.unique(&"ü".repeat(301))];
        assert!(long[0].len() == LONGEST && long[1] == format!("{}-2", long[0]), "{long:?}");
    }
}
