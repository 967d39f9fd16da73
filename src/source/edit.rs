//! Edits applied to a text: they touch their spans and nothing else.

use crate::diagnostic::{Edit, Fix};
use crate::text::SourcePath;
use std::collections::BTreeMap;

/// What came of applying fixes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The new texts, by file.
    pub texts: BTreeMap<SourcePath, String>,
    /// How many fixes were applied; the others overlap with these, and wait.
    pub count: usize,
}

/// Applies the fixes that do not get in each other's way, the first of two that do.
///
/// Line ends of the new text follow those of the file. A fix whose edits do not fit into the texts is left alone.
pub fn apply<'a>(fixes: impl IntoIterator<Item = &'a Fix>, text: &dyn Fn(&SourcePath) -> Option<String>) -> Applied {
    let mut accepted: BTreeMap<SourcePath, (String, Vec<Edit>)> = BTreeMap::new();
    let mut count = 0;
    for fix in fixes {
        for edit in &fix.edits {
            if !accepted.contains_key(&edit.path)
                && let Some(text) = text(&edit.path)
            {
                accepted.insert(edit.path.clone(), (text, Vec::new()));
            }
        }
        let fits = |edit: &Edit| {
            accepted.get(&edit.path).is_some_and(|(text, edits)| {
                text.get(edit.span.range()).is_some() && !edits.iter().any(|other| overlap(edit, other))
            })
        };
        if fix.edits.is_empty() || !fix.edits.iter().all(fits) {
            continue;
        }
        for edit in &fix.edits {
            if let Some((_, edits)) = accepted.get_mut(&edit.path) {
                edits.push(edit.clone());
            }
        }
        count += 1;
    }
    let texts = accepted.into_iter().filter(|(_, (_, edits))| !edits.is_empty());
    Applied { texts: texts.map(|(path, (text, edits))| (path, edited(&text, edits))).collect(), count }
}

/// Whether two edits touch the same bytes, or the same place between two.
fn overlap(one: &Edit, other: &Edit) -> bool {
    one.path == other.path && one.span.start <= other.span.end && other.span.start <= one.span.end
}

fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.span);
    let is_crlf = text.find('\n').is_some_and(|at| text.get(..at).is_some_and(|line| line.ends_with('\r')));
    let mut whole = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        let range = edit.span.range();
        whole.push_str(text.get(from..range.start).unwrap_or(""));
        if is_crlf {
            whole.push_str(&edit.text.replace("\r\n", "\n").replace('\n', "\r\n"));
        } else {
            whole.push_str(&edit.text);
        }
        from = range.end;
    }
    whole.push_str(text.get(from..).unwrap_or(""));
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Applicability;
    use crate::text::Span;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let path = SourcePath::new("a.md");
        let edit = |(start, end, text): &(usize, usize, &str)| Edit {
            path: path.clone(),
            span: Span::new(*start, *end),
            text: (*text).to_owned(),
        };
        Fix { title: String::new(), applicability: Applicability::Safe, edits: edits.iter().map(edit).collect() }
    }

    fn run(text: &str, fixes: &[Fix]) -> (String, usize) {
        let applied = apply(fixes, &|_| Some(text.to_owned()));
        (applied.texts.into_values().next().unwrap_or_default(), applied.count)
    }

    #[test]
    fn only_the_spans_change() {
        let text = "\u{feff}one two\r\nthrée four";
        let at = |word: &str| (text.find(word).unwrap(), text.find(word).unwrap() + word.len());
        let ((a, b), (c, d)) = (at("four"), at("one"));
        let fixes = [fix(&[(a, b, "4\n")]), fix(&[(c, d, "1")])];
        assert_eq!(run(text, &fixes), ("\u{feff}1 two\r\nthrée 4\r\n".to_owned(), 2));
    }

    #[test]
    fn of_two_that_meet_the_first_wins() {
        let fixes = [fix(&[(0, 3, "x")]), fix(&[(2, 5, "y")]), fix(&[(3, 4, "z")]), fix(&[(5, 6, "w")])];
        assert_eq!(run("abcdefg", &fixes), ("xdewg".to_owned(), 2));
        assert_eq!(run("abc", &[fix(&[(1, 9, "x")]), fix(&[])]), (String::new(), 0));
        // All edits of a fix or none.
        assert_eq!(run("abcdef", &[fix(&[(0, 1, "x")]), fix(&[(0, 1, "y"), (4, 5, "z")])]), ("xbcdef".to_owned(), 1));
    }

    #[test]
    fn a_place_outside_a_letter_is_refused() {
        assert_eq!(run("é", &[fix(&[(1, 2, "x")])]), (String::new(), 0));
    }
}
