//! What a body states about its record, in the ways that teams write it down.

use crate::record::{Headings, Record};
use crate::text::{Span, Spanned};

/// Whether a body says `key: …` on a line of its own, in a list, a table or a heading.
pub(super) fn states(record: &Record, key: &str) -> bool {
    let body = record.text().get(record.body..).unwrap_or("");
    body.lines().map(|line| line.trim_start_matches(|c: char| !c.is_alphanumeric())).any(|line| {
        let word = line.get(..key.len()).filter(|word| word.eq_ignore_ascii_case(key));
        let rest = word.and_then(|_| line.get(key.len()..)).map(|rest| rest.trim_start_matches(['*', '_', ' ']));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '|']))
    })
}

/// The status as the body says it: a line, item or row `Status: …` above the first part, or the text under a heading `Status`.
pub(super) fn stated_status(record: &Record, headings: &Headings<'_>) -> Option<Spanned<String>> {
    let text = record.text();
    if let Some(section) = headings.titled("Status").first() {
        let own = section.own.of(text);
        let line = own.lines().find(|line| !line.trim().is_empty())?;
        let start = section.own.start as usize + own.find(line)?;
        return word(line, start);
    }
    let sections = &record.outline.sections;
    let first = sections.iter().find(|section| section.level > 1).map(|section| section.heading.start as usize);
    let top = Span::new(record.body, first.unwrap_or(text.len()));
    let mut at = record.body;
    for line in top.of(text).split_inclusive('\n') {
        if let Some(value) = value(line) {
            return word(line.get(value..)?, at + value);
        }
        at += line.len();
    }
    None
}

/// Where the value of a line `Status: …`, `* **Status:** …` or `| Status | … |` starts.
fn value(line: &str) -> Option<usize> {
    let bare = line.trim_start_matches(|c: char| c.is_whitespace() || "*-+|_>".contains(c));
    let rest = bare.get(..6).filter(|word| word.eq_ignore_ascii_case("status")).and_then(|_| bare.get(6..))?;
    let marks = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || "*_:|".contains(c)).len();
    let is_value = rest.get(..marks)?.contains([':', '|']);
    is_value.then(|| line.len() - rest.len() + marks)
}

/// The words of a value up to the first mark, with their place.
fn word(value: &str, start: usize) -> Option<Spanned<String>> {
    let bare = value.trim_start_matches(|c: char| c.is_whitespace() || "*_`[>-".contains(c));
    let lead = value.len() - bare.len();
    let end = bare.find(|c: char| !c.is_alphanumeric() && c != ' ' && c != '-').unwrap_or(bare.len());
    let word = bare.get(..end)?.trim_end();
    (!word.is_empty()).then(|| Spanned::new(word.to_owned(), Span::new(start + lead, start + lead + word.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Source;
    use crate::text::SourcePath;

    fn status(body: &str) -> Option<String> {
        let source = Source::new(SourcePath::new("content/adr/0001-x.md"), body);
        let record = Record::parse(&source, &Config::builtin()).0;
        let stated = stated_status(&record, &Headings::of(&record))?;
        assert_eq!(stated.span.of(body), stated.value);
        Some(stated.value)
    }

    #[test]
    fn a_status_is_read_where_teams_write_it() {
        for body in [
            "# X\n\nStatus: Accepted\n",
            "# X\n\n* **Status:** Accepted, see #12\n",
            "# X\n\n- Status: `Accepted`\n",
            "# X\n\n| Status | Accepted |\n|---|---|\n",
            "# X\n\n## Status\n\nAccepted\n\n## Context\n",
            "# X\n\n## 1. Status\n\n> **Accepted** (2020)\n",
        ] {
            assert_eq!(status(body).as_deref(), Some("Accepted"), "{body}");
        }
    }

    #[test]
    fn prose_about_a_status_is_no_status() {
        for body in
            ["# X\n\nThe status quo: we wait.\n", "# X\n\n## Context\n\nStatus: it hangs\n", "# X\n\nStatus\n", ""]
        {
            assert_eq!(status(body), None, "{body}");
        }
    }
}
