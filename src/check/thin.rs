//! Many findings of one sort in one file: as many as anybody repairs in one go, and how many more there are.

use crate::diagnostic::Diagnostic;

/// Findings of one rule in one file that are kept.
const MOST: usize = 1_000;

/// Adds findings of one rule in one file. Of those that are too many, one is left, which says how many they are.
pub fn thin(found: &mut Vec<Diagnostic>, more: impl IntoIterator<Item = Diagnostic>) {
    let mut more = more.into_iter();
    found.extend(more.by_ref().take(MOST));
    if let Some(first) = more.next() {
        let count = 1 + more.count();
        let message = format!("there are {count} more findings like those before in this file");
        let rest = Diagnostic::new(first.rule, &first.primary.path, first.primary.span, message);
        found.push(rest.with_label("the first of them").with_help("repair the others first; these are shown then"));
    }
}

/// Findings that a rule may add besides those that it has thinned itself.
const BESIDES: usize = 10;

/// Does so with the findings from `start` on, which are all of one rule in one file.
pub(super) fn thin_from(found: &mut Vec<Diagnostic>, start: usize) {
    if found.len().saturating_sub(start) > MOST + BESIDES {
        let more = found.split_off(start);
        thin(found, more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourcePath, Span};

    #[test]
    fn too_many_are_counted() {
        let finding = |at| Diagnostic::new("broken-link", &SourcePath::new("a.md"), Span::new(at, at + 1), "x");
        let mut found = vec![finding(7)];
        found.extend((0..MOST + 15).map(finding));
        thin_from(&mut found, 1);
        assert_eq!(found.len(), 1 + MOST + 1);
        assert!(found[MOST + 1].message.contains(" 15 more findings"), "{}", found[MOST + 1].message);
        assert_eq!(found[MOST + 1].primary, finding(MOST).primary);
        let kept = found.clone();
        thin_from(&mut found, 2);
        assert_eq!(found, kept);
    }
}
