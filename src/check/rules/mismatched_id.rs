//! The id in the text is not the one in the file's name.

use crate::check::rule::{Check, Context, Rule};
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

fn check(record: &Record, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
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
