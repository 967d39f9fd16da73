//! The keys of a table that nobody asked for.

use super::excerpt::quoted;
use super::reader::Reader;
use super::suggest::misplaced;
use crate::diagnostic::Diagnostic;
use crate::text::{Spanned, nearest};

/// The rule that reports keys that nobody knows.
const UNKNOWN: &str = "unknown-field";

impl<'a> Reader<'a> {
    /// Marks those of some keys as known that stand here; no other key is taken for a slip of one that does not.
    pub fn know(&self, keys: &[&str]) {
        let there = self.unknown().into_iter().map(|key| key.value.as_str()).filter(|key| keys.contains(key));
        self.known.borrow_mut().extend(there);
    }

    /// Reports the keys that nobody asked for, as `unknown-field`.
    pub fn finish(self) {
        for key in self.unknown() {
            self.report(key);
        }
    }

    /// Reports those of the keys nobody asked for that are much like a known one, as `unknown-field`; the others come back, for
    /// somebody who can tell a slip from a custom of the house.
    pub fn finish_but_strange(self) -> Vec<Spanned<String>> {
        let (slips, strange): (Vec<_>, Vec<_>) = self.unknown().into_iter().partition(|key| {
            let known = self.known.borrow();
            nearest(&key.value, known.iter().copied()).is_some()
        });
        slips.into_iter().for_each(|key| self.report(key));
        strange.into_iter().cloned().collect()
    }

    fn unknown(&self) -> Vec<&'a Spanned<String>> {
        let known = self.known.borrow();
        let keys = self.table.entries.iter().map(|entry| &entry.key);
        keys.filter(|key| !known.contains(&key.value.as_str())).collect()
    }

    fn report(&self, key: &Spanned<String>) {
        let known = self.known.borrow();
        let message = match self.name.starts_with('[') {
            true => format!("{} has no field {}", quoted(&self.name), quoted(&key.value)),
            false => format!("{} is not a field that Precedent knows", quoted(&key.value)),
        };
        let fault = Diagnostic::new(UNKNOWN, self.path, key.span, message);
        let absent: Vec<&str> = known.iter().copied().filter(|name| self.table.get(name).is_none()).collect();
        self.push(misplaced(fault, &key.value, &known, &absent));
    }
}
