//! The id in the text is not the one in the file's name.

use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::{Record, RecordId};
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

/// A number in a file name with more digits than this is a date.
const MOST_DIGITS: usize = 5;

fn check(record: &Record, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(id) = &record.id else { return };
    let Some(number) = name_number(record) else { return };
    let (span, written) = if id.span.is_empty() {
        let Some(heading) = heading_number(record, &id.value) else { return };
        (heading.0, heading.1)
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

/// The number that the file's name (or its folder's, for an index page) opens with, after the kind's prefix if any.
fn name_number(record: &Record) -> Option<u32> {
    let path = record.path();
    let is_index = matches!(path.stem().to_lowercase().as_str(), "readme" | "index");
    let name = if is_index { path.folder().rsplit('/').next()? } else { path.stem() };
    let prefix = &record.kind.prefix;
    let rest = match name.get(..prefix.len()) {
        Some(start) if start.eq_ignore_ascii_case(prefix) => {
            name.get(prefix.len()..)?.trim_start_matches(['-', '_', ' '])
        }
        _ => name,
    };
    let digits = rest.get(..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()))?;
    (!digits.is_empty() && digits.len() <= MOST_DIGITS).then(|| digits.parse().ok())?
}

/// The number that opens the first heading: `# 12. Use a queue`, `# ADR-12: Use a queue`.
fn heading_number(record: &Record, id: &RecordId) -> Option<(Span, u32)> {
    let heading = record.outline.sections.first().filter(|section| section.level == 1)?;
    let text = heading.heading.of(record.text());
    let title = text.trim_start_matches(['#', ' ']);
    let at = heading.heading.range().start + text.len() - title.len();
    let (rest, is_prefixed) = match title.get(..id.prefix.len()) {
        Some(start) if start.eq_ignore_ascii_case(&id.prefix) => {
            (title.get(id.prefix.len()..)?.trim_start_matches(['-', ' ']), true)
        }
        _ => (title, false),
    };
    let digits = rest.get(..rest.find(|c: char| !c.is_ascii_digit())?)?;
    let is_number = is_prefixed || rest.get(digits.len()..)?.starts_with(". ");
    let number = digits.parse().ok().filter(|_| is_number && digits.len() <= MOST_DIGITS)?;
    Some((Span::new(at, at + title.len() - rest.len() + digits.len()), number))
}
