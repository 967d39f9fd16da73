//! Words that templates leave behind.

use crate::text::Span;
use memchr::{memchr, memchr2_iter, memchr3_iter};
use std::sync::LazyLock;

/// Answers that say nothing.
const NO_ANSWERS: &[&str] = &[
    "tbd",
    "tba",
    "tbc",
    "todo",
    "to do",
    "fixme",
    "xxx",
    "wip",
    "n/a",
    "na",
    "not applicable",
    "to be announced",
    "to be confirmed",
    "to be decided",
    "to be determined",
    "to be done",
    "to be defined",
    "to be written",
    "to be filled in",
    "coming soon",
    "placeholder",
    "lorem ipsum",
    "?",
    "??",
    "???",
];

/// Those of them that answer whether there is anything to say, and do not say why there is not.
const DENIALS: &[&str] = &["n/a", "na", "not applicable"];

/// More letters than any of them has.
pub(super) const LONGEST_ANSWER: usize = 20;

/// What well-known templates write between square brackets, in lower case; each opens the bracket's text.
const BRACKETS: &[&str] = &[
    "argument a]",
    "argument b]",
    "argument c]",
    "argument d]",
    "description | ",
    "describe the context and problem",
    "driver 1",
    "driver 2",
    "decision driver 1",
    "example | ",
    "insert ",
    "justification. e.g",
    "link to adr]",
    "link type]",
    "list everyone involved",
    "option 1]",
    "option 2]",
    "option 3]",
    "placeholder]",
    "project name]",
    "proposed | ",
    "short title of",
    "tba]",
    "tbc]",
    "tbd]",
    "title of option",
    "todo]",
    "your name]",
    "yyyy-mm-dd",
];

/// The titles of well-known templates, in lower case.
const TITLES: &[&str] = &[
    "adr title",
    "decision title",
    "my title",
    "rfc title",
    "title",
    "title goes here",
    "title of the adr",
    "title of the decision",
    "title of the decision record",
    "title of the rfc",
    "your title",
    "your title here",
];

/// What well-known templates write between braces without any word that joins a phrase, in lower case.
const BRACES: &[&str] = &["link name", "link type"];

/// What marks a place still to be written.
const MARKERS: &[&str] = &["TBD", "TODO", "FIXME", "XXX", "TBC", "TBA"];

/// Those of them that may be a name's letters as well.
const NAMELIKE: &[&str] = &["TBC", "TBA"];

/// Words after which they are none.
const SAYING: &[&str] = &["is", "are", "still"];

/// The longest text of a phrase, in bytes.
const LONGEST: usize = 400;

/// Words that join a phrase: braces around them are a template's, not a path's or a set's.
const GLUE: &[&str] = &[
    "a", "an", "and", "for", "how", "if", "in", "is", "of", "option", "or", "that", "the", "this", "to", "what",
    "when", "which", "who", "why", "your",
];

/// Whether a text answers nothing: blank, `TBD`, `N/A` without a reason, dots, dashes.
pub(super) fn is_no_answer(text: &str) -> bool {
    let words = without_marks(text);
    words.is_empty()
        || (words.len() <= LONGEST_ANSWER && NO_ANSWERS.iter().any(|known| known.eq_ignore_ascii_case(words)))
}

/// Whether a text says that it does not apply, and no more: `N/A`, `- Not applicable.`
pub(super) fn is_denial(text: &str) -> bool {
    DENIALS.iter().any(|known| known.eq_ignore_ascii_case(without_marks(text)))
}

/// A text without the marks around its words.
fn without_marks(text: &str) -> &str {
    let is_mark = |c: char| match c {
        '*' | '_' | '-' | '.' | ':' | ';' | '!' | ',' | '|' | '#' | '>' | '(' | ')' | '[' | ']' | '`' | '~' => true,
        '"' | '\'' | '+' | '–' | '—' | '…' => true,
        c => c.is_whitespace(),
    };
    text.trim_matches(is_mark)
}

/// Whether a text is nothing but one template phrase: `{what good looks like}`.
pub(super) fn is_phrase(text: &str) -> bool {
    let text = text.trim().trim_matches(['*', '_', '"']);
    let may_be = text.starts_with(['{', '[']) && text.len() <= LONGEST + 2;
    may_be && matches!(phrases(text).as_slice(), [only] if only.range() == (0..text.len()))
}

/// Whether a status is still the template's list of statuses: `proposed | accepted`, `{proposed | …`.
pub(super) fn is_choice(status: &str) -> bool {
    let status = status.trim();
    status.starts_with(['{', '<'])
        || status.split(" | ").filter(|word| !word.trim().is_empty()).count() > 1
        || status.split('|').count() > 2
}

/// Whether a title is still a template's: `Title of the decision record`.
pub(super) fn is_title(title: &str) -> bool {
    TITLES.iter().any(|known| known.eq_ignore_ascii_case(without_marks(title)))
}

/// Where a phrase or a marker may start, rising: more places than there are phrases and markers, yet none in most prose.
pub(super) fn openings(text: &str) -> Vec<usize> {
    let brackets = memchr2_iter(b'{', b'[', text.as_bytes()).filter(|at| text.get(*at..).is_some_and(may_open));
    let bytes = text.as_bytes();
    // Every marker has a rare letter in the second or the third place, and the one before tells where it would start.
    let start = |at: usize| match (bytes.get(at.checked_sub(1)?)?, bytes.get(at)?) {
        (b'T', b'B') => Some(at - 1),
        (b'O', b'D') | (b'I' | b'X', b'X') => at.checked_sub(2),
        _ => None,
    };
    let markers = memchr3_iter(b'B', b'D', b'X', bytes).filter_map(start);
    let opens = |at: &usize, marker: &&str| bytes.get(*at..).is_some_and(|rest| rest.starts_with(marker.as_bytes()));
    let markers = markers.filter(|at| MARKERS.iter().any(|marker| opens(at, marker)));
    let mut openings: Vec<usize> = brackets.chain(markers).collect();
    openings.sort_unstable();
    openings
}

fn may_open(rest: &str) -> bool {
    if let Some(inner) = rest.strip_prefix('[') {
        static FIRSTS: LazyLock<Vec<u8>> =
            LazyLock::new(|| BRACKETS.iter().filter_map(|known| known.bytes().next()).collect());
        let first = inner.bytes().next().map_or(0, |byte| byte.to_ascii_lowercase());
        return memchr(first, &FIRSTS).is_some() && BRACKETS.iter().any(|known| opens_with(inner, known));
    }
    match rest.strip_prefix('{') {
        // A phrase starts with a letter, or with a link or code, which are letters once they are blotted out.
        Some(inner) => inner.starts_with(|c: char| matches!(c, '`' | '[' | '!' | '<') || c.is_alphabetic()),
        None => false,
    }
}

/// Whether a text opens with words in lower case, in whatever case it writes them.
fn opens_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|opening| opening.eq_ignore_ascii_case(start))
}

/// Template phrases in prose: `{title of option 1}`, `[short title of solved problem and solution]`.
pub(super) fn phrases(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find(['{', '['])).map(|next| at + next) {
        at = open + 1;
        let Some(inner) = text.get(at..).and_then(inside) else { continue };
        let end = at + inner.len() + 1;
        if !matches!((text.get(open..at), text.get(end - 1..end)), (Some("{"), Some("}")) | (Some("["), Some("]"))) {
            continue;
        }
        let before = text.get(..open).and_then(|text| text.chars().next_back());
        let stands_free = before.is_none_or(|c| c.is_whitespace() || "\"'*_(|“[\\".contains(c));
        let after = text.get(end..).and_then(|rest| rest.chars().next());
        let is_braced = text.get(open..at) == Some("{");
        let is_template = if is_braced {
            is_braced_phrase(inner)
        } else {
            is_bracketed_phrase(inner) && !matches!(after, Some('(' | '[' | ':'))
        };
        if stands_free && is_template {
            // What escapes a bracket goes with it.
            found.push(Span::new(open - usize::from(before == Some('\\')), end));
            at = end;
        }
    }
    found
}

/// Markers that stand alone as a word and ask for something still to be written: `TBD`, `TODO:`.
pub(super) fn markers(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        for marker in MARKERS.iter().copied() {
            let is_asked_about = |at: usize| asks_what_is_open(text, start + at, start + at + marker.len());
            let places = line.match_indices(marker).filter(|(at, _)| is_marker(line, *at, marker));
            let places = places.filter(|(at, _)| !is_asked_about(*at));
            found.extend(places.map(|(at, _)| Span::new(start + at, start + at + marker.len())));
        }
        start += line.len();
    }
    found.sort();
    found
}

/// Whether a phrase is nothing but a marker between brackets: `[TODO]`.
pub(super) fn is_marker_in_brackets(phrase: &str) -> bool {
    let inner = phrase.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    inner.is_some_and(|inner| MARKERS.iter().any(|marker| marker.eq_ignore_ascii_case(inner)))
}

/// Whether a marker ends a question about such markers, as in a template: `What parts of the design are still TBD?`
fn asks_what_is_open(text: &str, start: usize, end: usize) -> bool {
    if !text.get(end..).is_some_and(|rest| rest.starts_with('?')) {
        return false;
    }
    let whole = text.get(..start).unwrap_or("");
    let before = whole.trim_end_matches(|c: char| c.is_whitespace() || c == '>');
    let is_apart = whole.get(before.len()..).is_some_and(|gap| gap.contains("\n\n"));
    !is_apart && before.ends_with(char::is_alphanumeric)
}

/// The text up to the bracket's end, when it is short, in one paragraph and holds no other bracket.
fn inside(rest: &str) -> Option<&str> {
    let inner = rest.get(..rest.find(['}', ']', '{', '['])?)?;
    let close = rest.get(inner.len()..)?.chars().next()?;
    (matches!(close, '}' | ']') && inner.len() <= LONGEST && !inner.contains("\n\n")).then_some(inner)
}

fn is_braced_phrase(inner: &str) -> bool {
    let plain = inner.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || ",.…'’\"-/|()".contains(c));
    let opens = inner.starts_with(char::is_alphabetic);
    let words: Vec<String> =
        inner.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let joined = words.iter().any(|word| GLUE.contains(&word.as_str())) || inner.contains(" | ") || inner.contains('…');
    (plain && opens && words.len() > 1 && joined) || BRACES.iter().any(|known| known.eq_ignore_ascii_case(inner))
}

fn is_bracketed_phrase(inner: &str) -> bool {
    let inner = format!("{inner}]");
    BRACKETS.iter().any(|known| opens_with(&inner, known))
}

/// `TODO:`, `TBD.`, or a line, item or cell that holds nothing else; `TODO comments` is prose about them.
fn is_marker(line: &str, at: usize, marker: &str) -> bool {
    let (before, after) = (line.get(..at).unwrap_or(""), line.get(at + marker.len()..).unwrap_or(""));
    let free_before = before.chars().next_back().is_none_or(|c| c.is_whitespace() || "|*_(>\"".contains(c));
    let rest = after.trim_start_matches(['*', '_']);
    // Neither looks further than it must: a line may be as long as the text, and hold markers throughout.
    let is_end = |rest: &str| matches!(rest.trim_start().chars().next(), None | Some('|'));
    let ends = is_end(rest);
    let opens = before.chars().rev().take_while(|c| *c != '|').all(|c| !c.is_alphabetic());
    let colon = rest.starts_with(':') && rest.chars().nth(1).is_none_or(|c| c.is_whitespace() || c == '*');
    let dash = opens && [" - ", " – ", " — "].iter().any(|dash| rest.starts_with(dash));
    let is_namelike = NAMELIKE.contains(&marker);
    let is_said = || before.split_whitespace().next_back().is_some_and(|word| SAYING.contains(&word));
    let may_stop = marker == "TBD" || (is_namelike && is_said());
    let stops = may_stop && (ends || rest.starts_with(['.', ',', ';', ')', '?']));
    let leads = !is_namelike && (colon || dash);
    free_before && (leads || stops || (opens && (ends || rest.strip_prefix('.').is_some_and(is_end))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut spans = phrases(text);
        spans.extend(markers(text));
        spans.iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn template_words_are_found() {
        assert_eq!(
            found("# {short title, representative of solved problem and found solution}"),
            ["{short title, representative of solved problem and found solution}"]
        );
        assert_eq!(found("* [option 1]\n* Good, because [argument a]\n"), ["[option 1]", "[argument a]"]);
        assert_eq!(
            found("The date is TBD.\n- TODO: ask finance\n| cost | TBD |\n**TODO**\n"),
            ["TBD", "TODO", "TBD", "TODO"]
        );
    }

    #[test]
    fn every_marker_is_an_opening() {
        for marker in MARKERS {
            assert_eq!(openings(marker), [0], "{marker}");
        }
    }

    #[test]
    fn markers_before_a_dash_or_a_question_mark_are_found() {
        assert_eq!(found("TODO.\n* TODO.\nOne of it is a TODO.\n"), ["TODO", "TODO"]);
        assert_eq!(found("TBD - add a citation\n**TODO - update these**\nHow long? TBD?\n"), ["TBD", "TODO", "TBD"]);
    }

    #[test]
    fn prose_is_left_alone() {
        for text in [
            "GET /users/{id} and /users/{user id}",
            "the sets {alpha, beta} and {1, 2}",
            "[sic], [emphasis added], [x] done, [1], [a link to it](x.md), [option 1](y.md)",
            "Which parts of the design are still TBD?",
            "> Which parts of the design are still\n> TBD?",
            "We count TODO comments, and the TODO list shrinks; TODOs are fine, XXX Corp. too",
            "Each TODO - however small - is counted, and so is a TBD - or not",
            "## Heading {#anchor-of-the-heading}",
            "$\\frac{a of b}{c}$",
            "map[string]{the answer}",
            "[option 1} and {what is proposed]",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn a_long_line_is_read_once() {
        let text = "TBD ".repeat(200_000) + &" ".repeat(200_000);
        assert_eq!(markers(&text).len(), 1);
        assert_eq!(phrases(&"{what is it} ".repeat(100_000)).len(), 100_000);
    }

    #[test]
    fn no_answer_is_not_a_short_answer() {
        for empty in ["", " \n", "TBD", "*TBD.*", "N/A", "...", "…", "- TODO", "—"] {
            assert!(is_no_answer(empty), "{empty}");
        }
        assert!(NO_ANSWERS.iter().all(|answer| answer.len() <= LONGEST_ANSWER));
        for answer in ["None.", "No.", "N/A: we run one region only", "Yes", "42 ms"] {
            assert!(!is_no_answer(answer), "{answer}");
        }
        assert!(is_phrase("{what good looks like}") && !is_phrase("as in {what good looks like}"));
        assert!(is_choice("proposed | accepted") && is_choice("{proposed | …") && !is_choice("accepted"));
    }
}
