//! A text as changes would leave it, and its places in the text that there is.

use crate::diagnostic::Diagnostic;
use crate::text::{Location, SourcePath, Span, line_start};

/// The text of a record with changes in its front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revised {
    /// The text.
    pub text: String,
    /// The file.
    path: SourcePath,
    /// What was written, one after another.
    steps: Vec<Step>,
}

/// Bytes that stand in place of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    /// What stood there, in the text before the step.
    old: Span,
    /// What stands there, in the text after it.
    new: Span,
}

impl Revised {
    /// A text that has not changed yet.
    pub(super) fn of(path: &SourcePath, text: &str) -> Revised {
        Revised { text: text.to_owned(), path: path.clone(), steps: Vec::new() }
    }

    /// The next text, in which something stands in place of `old`.
    pub(super) fn change(&mut self, old: Span, text: String) {
        let range = old.range();
        // What stands behind it is the same, whichever line ends were written.
        let end = (text.len() + range.end).saturating_sub(self.text.len());
        self.steps.push(Step { old, new: Span::new(range.start, end.max(range.start)) });
        self.text = text;
    }

    /// What is found in the new text, told of the text that there is: its places, and in words what would be written there.
    pub fn told_before(&self, finding: &Diagnostic) -> Diagnostic {
        let mut finding = finding.clone();
        self.put_back(&mut finding.primary, &mut finding.label);
        for label in &mut finding.related {
            self.put_back(&mut label.location, &mut label.message);
        }
        // A repair is one of the new text.
        finding.fix = None;
        finding
    }

    fn put_back(&self, place: &mut Location, label: &mut String) {
        if place.path != self.path {
            return;
        }
        let (before, is_written) = self.before(place.span);
        let value = place.span.of(&self.text).trim_matches(['"', '\'']);
        if is_written && !label.contains(value) {
            let line = self.text.get(line_start(&self.text, place.span.range().start)..).unwrap_or("");
            let line = line.lines().next().unwrap_or("").trim();
            let gap = if label.is_empty() { "" } else { ": " };
            *label = format!("{label}{gap}`{line}` would stand here");
        }
        place.span = before;
    }

    /// A place of the new text in the one that there is, and whether something would be written there.
    fn before(&self, span: Span) -> (Span, bool) {
        let (mut span, mut is_written) = (span, false);
        for Step { old, new } in self.steps.iter().rev() {
            is_written |= span.start < new.end && new.start < span.end;
            let behind = |at: u32| (at >= new.end).then(|| at - new.end + old.end);
            let start = behind(span.start).unwrap_or(span.start.min(old.start));
            let end = behind(span.end).unwrap_or(if span.end <= new.start { span.end } else { old.end });
            span = Span { start, end: end.max(start) };
        }
        (span, is_written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a: 1`, with another value and two lines more, one of them within the other.
    fn revised() -> Revised {
        let mut revised = Revised::of(&SourcePath::new("a.md"), "---\na: 1\n---\nText.\n");
        revised.change(Span::new(7, 8), "---\na: 234\n---\nText.\n".to_owned());
        revised.change(Span::new(11, 11), "---\na: 234\nb:\n---\nText.\n".to_owned());
        revised.change(Span::new(14, 14), "---\na: 234\nb:\n c: 5\n---\nText.\n".to_owned());
        revised
    }

    #[test]
    fn every_place_has_one_in_the_text_that_there_is() {
        let revised = revised();
        let before = |words: &str| {
            let at = revised.text.find(words).unwrap();
            let (span, is_written) = revised.before(Span::new(at, at + words.len()));
            (span.start, span.end, is_written)
        };
        assert_eq!(before("a:"), (4, 6, false));
        assert_eq!(before("234"), (7, 8, true));
        assert_eq!(before("c: 5"), (9, 9, true));
        assert_eq!(before("Text."), (13, 18, false));
        assert_eq!(before(&revised.text), (0, 19, true));
    }

    #[test]
    fn what_would_be_written_is_told_in_words_once() {
        let revised = revised();
        let told = |words: &str, label: &str| {
            let at = revised.text.find(words).unwrap();
            let finding = Diagnostic::new("x", &revised.path, Span::new(at, at + words.len()), "m").with_label(label);
            revised.told_before(&finding).label
        };
        assert_eq!(told("5", "too many"), "too many: `c: 5` would stand here");
        assert_eq!(told("5", ""), "`c: 5` would stand here");
        assert_eq!(told("234", "from 234 on"), "from 234 on");
        assert_eq!(told("Text.", "short"), "short");
    }
}
