//! A copy of the text in which broken lines are made harmless, so that the parser reads all the others.

use super::super::excerpt::Excerpt;
use super::fault::Assignment;
use std::collections::{BTreeMap, BTreeSet};

/// The copy: byte for byte as long as the text, so that places hold in both.
pub(super) struct Repair {
    pub(super) work: String,
    /// Values that a `0` stands in for: from their first byte to the byte after their last.
    pub(super) stand_ins: BTreeMap<usize, usize>,
    blank: BTreeSet<usize>,
}

impl Repair {
    /// Starts with the text as it is.
    pub(super) fn new(text: &str) -> Repair {
        Repair { work: text.to_owned(), stand_ins: BTreeMap::new(), blank: BTreeSet::new() }
    }

    /// Makes the line that holds `at` harmless: its value gives way to a stand-in, or all of it to blanks.
    /// Returns whether anything changed.
    pub(super) fn line(&mut self, text: &Excerpt<'_>, at: usize) -> bool {
        let (start, end) = text.line(at);
        if !self.blank.insert(start) {
            return false;
        }
        match Assignment::of(text, start, end) {
            Some(line) if !self.stand_ins.contains_key(&line.value.0) && line.key_is_fine => {
                self.blank.remove(&start);
                self.stand_ins.insert(line.value.0, line.value.1);
                self.put(line.sign, line.sign + 1, '=');
                self.put(line.value.0, end, ' ');
                self.put(line.value.0, line.value.0 + 1, '0');
            }
            line => {
                if let Some(line) = line {
                    self.stand_ins.remove(&line.value.0);
                }
                self.put(start, end, ' ');
            }
        }
        true
    }

    /// Blanks the lines after `at` for which `goes_on` holds.
    pub(super) fn following(&mut self, text: &Excerpt<'_>, at: usize, goes_on: impl Fn(&str) -> bool) {
        let mut next = text.line(at).1;
        while let Some(newline) = text.text.get(next..).and_then(|rest| rest.find('\n')) {
            let (start, end) = text.line(next + newline + 1);
            if start >= text.text.len() || !goes_on(text.slice(start, end)) {
                return;
            }
            self.blank.insert(start);
            self.put(start, end, ' ');
            next = end;
        }
    }

    /// Fills some bytes; what is cut in the middle of a character is left as it is.
    fn put(&mut self, start: usize, end: usize, with: char) {
        if self.work.get(start..end).is_some() {
            let filling: String = std::iter::repeat_n(with, end - start).collect();
            self.work.replace_range(start..end, &filling);
        }
    }
}
