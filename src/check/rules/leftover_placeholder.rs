//! Words that a template left behind.

use crate::check::demand::owes_nothing;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::section::{asked, is_empty};
use crate::check::template::{is_choice, is_marker_in_brackets, is_title, markers, openings, phrases};
use crate::check::thin::thin;
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::text::{Span, line_start};

pub(super) const RULE: Rule = Rule {
    name: "leftover-placeholder",
    summary: "Template text, `TBD` or `TODO` was left in a record that is no longer a draft.",
    page: include_str!("../../../content/rules/leftover-placeholder.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // What was turned down or replaced is not written any further.
    if owes_nothing(record) {
        return;
    }
    let report = |span: Span, message: String, help: &str| {
        Diagnostic::new(RULE.name, record.path(), span, message).with_label("left to fill in").with_help(help)
    };
    if let Some(status) =
        record.raw_status.as_ref().filter(|status| record.status.is_none() && is_choice(&status.value))
    {
        let inner = status.value.trim().trim_start_matches('{').trim_end_matches('}').trim();
        found.push(match record.kind.lifecycle.status(inner) {
            Some(_) => report(
                status.span,
                "the status still stands between the template's braces".to_owned(),
                &format!("write `{inner}` without them"),
            ),
            None => report(status.span, "the status is still the template's".to_owned(), "choose one of these"),
        });
    }
    if let Some(span) = record.title_span.filter(|_| is_title(&record.title)) {
        found.push(report(span, "the title is still the template's".to_owned(), "say in a few words what this text is about"));
    }
    let head =
        record.title_span.filter(|span| span.range().end <= record.body).map(|span| (span, span.of(record.text())));
    let in_head = head
        .into_iter()
        .flat_map(|(span, text)| phrases(text).into_iter().map(move |found| found.shift(span.range().start)));
    let prose = prose(record);
    let prose = prose.as_deref().unwrap_or("");
    // A section that holds nothing else is empty, which another rule says.
    let empty = if prose.is_empty() { Vec::new() } else { empty_sections(record) };
    let of_status = record.raw_status.as_ref().filter(|_| record.status.is_none()).map(|status| status.span);
    let is_meant = |span: &Span| !empty.iter().chain(&of_status).any(|place| place.contains(*span));
    let phrases = phrases(prose).into_iter().chain(in_head).filter(is_meant);
    let left = |span: Span| {
        let marker = span.of(record.text());
        let message = match record.raw_status {
            Some(_) => format!("`{marker}` in a text that is no longer a draft"),
            None => format!("`{marker}` was left in the text"),
        };
        report(span, message, "settle it, or name the ticket in which it will be settled")
    };
    let phrases = phrases.map(|span| match is_marker_in_brackets(span.of(record.text())) {
        // `[TODO]` is its author's, and no template's.
        true => left(span),
        false => {
            let message = "the template's words are still here".to_owned();
            report(span, message, "write what they ask for, or take them out")
        }
    });
    // A list of what there is may say of an entry that it is still to come.
    let is_listed = |span: &Span| lists(record) && line(prose, span.range().start).trim_start().starts_with('|');
    let markers = markers(prose).into_iter().filter(|span| is_meant(span) && !is_listed(span));
    let markers = markers.filter(|span| !names_where(record.text(), span.range().end)).map(left);
    thin(found, phrases.chain(markers));
}

/// How many bytes behind a marker are looked through for a ticket.
const CLAUSE: usize = 160;

/// Whether what follows a marker on its line names where it will be settled: `TBD, see #1234`, an address, `BILL-1300`.
fn names_where(text: &str, at: usize) -> bool {
    let rest = text.get(at..text.floor_char_boundary(at + CLAUSE)).unwrap_or("");
    let clause = rest.split(['\n', '|']).next().unwrap_or("");
    let words = clause.split(|c: char| !(c.is_alphanumeric() || matches!(c, '#' | '-' | ':' | '/')));
    let is_ticket = |word: &str| {
        let Some((before, number)) = word.rsplit_once(['#', '-']) else { return false };
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let is_name = before.len() > 1 && before.bytes().all(|byte| byte.is_ascii_uppercase());
        is_number && (word.contains('#') || is_name)
    };
    words.into_iter().any(|word| word.contains("://") || is_ticket(word))
}

/// Whether a file lists others: a folder's README or index, or a book's summary.
fn lists(record: &Record) -> bool {
    record.is_index() || record.path().stem().eq_ignore_ascii_case("summary")
}

/// The line of a text that a place is in.
fn line(text: &str, at: usize) -> &str {
    text.get(line_start(text, at)..).and_then(|rest| rest.lines().next()).unwrap_or("")
}

/// What stands under the headings that are reported as empty.
fn empty_sections(record: &Subject<'_>) -> Vec<Span> {
    let named = asked(record).map(|rule| (rule, record.headings().named(rule)));
    let empty =
        named.filter(|(rule, sections)| sections.iter().all(|section| is_empty(record, section, &rule.guidance)));
    empty.flat_map(|(_, sections)| sections).map(|section| section.body).collect()
}

/// The text with front matter, code, links, images and comments blotted out, so that places stay where they are.
///
/// `None` when nothing in what is left could be a template's words, which is so for most texts.
fn prose(record: &Record) -> Option<String> {
    let openings = openings(record.text().get(record.body..)?);
    if openings.is_empty() {
        return None;
    }
    let blots = blots(record);
    let mut covered = blots.iter().map(|(span, _)| span.range()).collect::<Vec<_>>();
    covered.sort_unstable_by_key(|range| range.start);
    let (mut covered, mut end) = (covered.into_iter().peekable(), 0);
    let is_free = |at: usize| {
        while let Some(range) = covered.next_if(|range| range.start <= at) {
            end = end.max(range.end);
        }
        at >= end
    };
    openings.into_iter().map(|at| at + record.body).any(is_free).then(|| blotted(record.text(), &blots))
}

fn blotted(text: &str, blots: &[(Span, u8)]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    // One may lie in another: what is covered once is not covered again.
    let (mut until, mut last) = (0, 0);
    for (span, ink) in blots {
        let start = if last == *ink { span.start.max(until) } else { span.start };
        (until, last) = (span.end.max(start), *ink);
        let covered = bytes.get_mut(start as usize..until as usize).into_iter().flatten();
        covered.filter(|byte| **byte != b'\n').for_each(|byte| *byte = *ink);
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// What is not prose, in the order in which it is blotted out, and with what.
fn blots(record: &Record) -> Vec<(Span, u8)> {
    let outline = &record.outline;
    let links = outline.links.iter().map(|link| link.span).chain(outline.images.iter().map(|image| image.span));
    let mut dark: Vec<Span> = outline.code.iter().copied().chain(links).collect();
    dark.sort_unstable();
    let dark = dark.into_iter().map(|span| (span, b'x'));
    let blank = std::iter::once(Span::new(0, record.body)).chain(outline.comments.iter().copied());
    dark.chain(blank.map(|span| (span, b' '))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Source;
    use crate::text::SourcePath;

    proptest::proptest! {
        #[test]
        fn what_is_passed_over_holds_no_words_of_a_template(
            parts in proptest::collection::vec("(\\[|\\{|\\]|\\}|`|<!-- | -->|TBD|TBA|is |TODO:|XXX|Option 1|insert |the way|\\(x.md\\)|!|\n|\n\n| |a|é| \\| )", 0..40),
        ) {
            let source = Source::new(SourcePath::new("content/adr/0001-x.md"), parts.concat());
            let record = Record::parse(&source, &Config::builtin()).0;
            let whole = blotted(record.text(), &blots(&record));
            let is_clean = phrases(&whole).is_empty() && markers(&whole).is_empty();
            match prose(&record) {
                Some(prose) => proptest::prop_assert_eq!(prose, whole),
                None => proptest::prop_assert!(is_clean, "{:?}", whole),
            }
        }
    }
}
