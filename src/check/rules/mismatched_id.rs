//! The id in the text is not the one in the file's name.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::{Numbered, Record, RecordId};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "mismatched-id",
    summary: "The number in the text is not the number in the file's name.",
    page: include_str!("../../../content/rules/mismatched-id.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(id) = &record.id else { return };
    let Some(number) = name_number(record) else { return };
    let (span, written) = if id.span.is_empty() {
        let Some(heading) = heading_number(record, &id.value) else { return };
        heading
    } else {
        (id.span, id.value.number)
    };
    if written == number {
        return;
    }
    let name = record.path().file_name();
    let message = format!("the text says {written}, the file is named {number}");
    let finding =
        Diagnostic::new(RULE.name, record.path(), span, message).with_label(format!("`{name}` says {number}"));
    found.push(finding.with_help("give both the same number: the one by which others already cite it"));
}

/// The number that the file's name opens with; an index page has its folder's.
fn name_number(record: &Record) -> Option<u32> {
    let path = record.path();
    let name = if record.is_index() { path.folder().rsplit('/').next()? } else { path.stem() };
    Some(Numbered::parse(name)?.number)
}

/// The number that opens the first heading, as an id or before a full stop: `# 12. Use a queue`, `# ADR-12: Use a queue`.
fn heading_number(record: &Record, id: &RecordId) -> Option<(Span, u32)> {
    let heading = record.outline.sections.first().filter(|section| section.level == 1)?;
    let text = heading.heading.of(record.text());
    let title = text.trim_start_matches(['#', ' ']);
    let numbered = Numbered::parse(title)?;
    let is_id = numbered.prefix.eq_ignore_ascii_case(&id.prefix);
    let is_number = numbered.prefix.is_empty() && numbered.rest.starts_with(". ");
    let start = heading.heading.range().start + text.len() - title.len();
    (is_id || is_number).then(|| (Span::new(start, start + title.len() - numbered.rest.len()), numbered.number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    fn found(path: &str, text: &str) -> Vec<String> {
        let found = trial::found(&RULE, path, text);
        found.iter().map(|finding| finding.primary.span.of(text).to_owned()).collect()
    }

    #[test]
    fn headings_and_ids_are_held_against_the_name() {
        assert_eq!(found("content/adr/0033-x.md", "# 3. Networks\n"), ["3"]);
        assert_eq!(found("content/adr/0033-x.md", "# ADR-0034: Networks\n"), ["ADR-0034"]);
        assert_eq!(found("content/rfc/0007-x/README.md", "---\nid: RFC-8\n---\n"), ["RFC-8"]);
        for (path, text) in [
            ("content/adr/0033-x.md", "# 33. Networks\n"),
            ("content/adr/0033-x.md", "# 3 tiers are enough\n"),
            ("content/adr/0033-x.md", "# 2024\n"),
            ("content/adr/0033-x.md", "# RFC-7 is put off\n"),
            ("content/adr/2023-05-09-x.md", "# 9. Networks\n"),
            ("content/adr/networks.md", "---\nid: ADR-8\n---\n"),
            ("content/handbook/0001-x.md", "# 2. Networks\n"),
        ] {
            assert!(found(path, text).is_empty(), "{path}: {text}");
        }
    }
}
