//! The id in the text is not the one in the file's name.

use crate::check::rule::{Check, Context, Rule};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::record::{Numbered, Record, RecordId};
use crate::text::{Span, line_start};

pub(super) const RULE: Rule = Rule {
    name: "mismatched-id",
    summary: "The number in the text is not the number in the file's name.",
    page: include_str!("../../../content/rules/mismatched-id.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Among(check),
};

fn check(log: &DecisionLog, position: usize, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(record) = log.record(position) else { return };
    let Some(id) = &record.id else { return };
    if let Some(finding) = of_another_series(record, &id.value, context) {
        found.push(finding);
        return;
    }
    let Some(number) = name_number(record) else { return };
    let (span, written) = if id.span.is_empty() {
        let Some(heading) = heading_number(record, &id.value, number) else { return };
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
    // Who else has a number, the first of them.
    let other = |number: u32| {
        let same = RecordId { number, ..id.value.clone() };
        log.claims(&same).iter().filter(|claim| **claim != position).find_map(|claim| log.record(*claim))
    };
    let help = match (other(written), other(number)) {
        (Some(other), None) => corrected(record, span, number)
            .map(|words| format!("write `{words}`: `{}` has the number {written}", other.path().record_name())),
        _ => None,
    };
    found.push(finding.with_help(help.unwrap_or_else(|| {
        "give both the same number: one that no other record has, and by which others cite it, if they do".to_owned()
    })));
}

/// What stands up to the end of the word that names a number, with the number of the file: `# 33.`, `id = "ADR-0033"`.
fn corrected(record: &Record, span: Span, number: u32) -> Option<String> {
    let (text, place) = (record.text(), span.range());
    let before = text.get(line_start(text, place.start)..place.start)?;
    let written = span.of(text);
    let digits = written.find(|c: char| c.is_ascii_digit())?;
    let end = written.get(digits..)?.find(|c: char| !c.is_ascii_digit()).map_or(written.len(), |length| digits + length);
    let (prefix, width, rest) = (written.get(..digits)?, end - digits, written.get(end..)?);
    let after = text.get(place.end..)?.split(char::is_whitespace).next()?;
    let word = format!("{prefix}{number:0>width$}{rest}");
    // Code in a heading would end the code of the help.
    Some(if before.contains('`') || after.contains('`') { word } else { format!("{before}{word}{after}") })
}

/// An id that is written with the prefix of another kind; one that belongs to no kind is the organisation's own.
fn of_another_series(record: &Record, id: &RecordId, context: &Context<'_>) -> Option<Diagnostic> {
    let written = record.id.as_ref().filter(|id| !id.span.is_empty())?;
    let kind = &record.kind;
    let is_own = kind.prefix.is_empty() || kind.prefix.eq_ignore_ascii_case(id.series());
    let other = context.config.kinds.iter().find(|kind| kind.prefix.eq_ignore_ascii_case(id.series()))?;
    if is_own {
        return None;
    }
    let message = format!("the id is one of the {}, and this is one of the {}", other.plural, kind.plural);
    let finding = Diagnostic::new(RULE.name, record.path(), written.span, message);
    let help = format!(
        "write `{}`, or set `kind` to `{}` and put the file with the {}",
        RecordId { prefix: kind.prefix.clone(), ..id.clone() },
        other.name,
        other.plural
    );
    Some(finding.with_label(format!("`{}` is the prefix of another series", id.prefix)).with_help(help))
}

/// The number that the file's name opens with; an index page has its folder's.
fn name_number(record: &Record) -> Option<u32> {
    Some(Numbered::parse(record.path().record_name())?.number)
}

/// The number that opens the first heading, as an id or apart from what follows: `# 12. Use a queue`, `# [ADR-12] Use a queue`.
fn heading_number(record: &Record, id: &RecordId, of_name: u32) -> Option<(Span, u32)> {
    let heading = record.outline.sections.first().filter(|section| section.level == 1)?;
    let title = heading.title.trim_start_matches(['[', '(', ' ']);
    let numbered = Numbered::parse(title)?;
    let is_id = numbered.prefix.eq_ignore_ascii_case(id.series());
    let is_number = numbered.prefix.is_empty() && is_apart(numbered.rest) && !is_year(&numbered, of_name);
    let written = title.get(..title.len() - numbered.rest.len()).filter(|_| is_id || is_number)?;
    // The title has no markup, the heading may.
    let text = heading.heading.of(record.text());
    let span = text.find(written).map_or(heading.heading, |at| {
        let start = heading.heading.range().start + at;
        Span::new(start, start + written.len())
    });
    Some((span, numbered.number))
}

/// Whether a mark parts a number from the words behind it: `12. Use`, `12: Use`, `12) Use`, `12 - Use`; not `12 - 15 tiers`.
fn is_apart(rest: &str) -> bool {
    let marks = [". ", ": ", ") ", "] ", " - ", " – ", " — ", " | "];
    let words = marks.iter().find_map(|mark| rest.strip_prefix(mark));
    words.is_some_and(|words| words.trim_start().starts_with(|c: char| !c.is_ascii_digit()))
}

/// Whether a number is rather a year: `# 2024: a year of queues`.
fn is_year(numbered: &Numbered<'_>, of_name: u32) -> bool {
    numbered.digits == 4 && (1900..2100).contains(&numbered.number) && !(1900..2100).contains(&of_name)
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
        for heading in ["# 12: Networks", "# 12 - Networks", "# 12) Networks", "# 12 — Networks"] {
            assert_eq!(found("content/adr/0033-x.md", heading), ["12"], "{heading}");
        }
        for heading in ["# [ADR-0012] Networks", "# **ADR-0012**: networks", "# [ADR-0012](x.md): networks", "# `ADR-0012` x"] {
            assert_eq!(found("content/adr/0033-x.md", heading), ["ADR-0012"], "{heading}");
        }
        assert_eq!(found("content/adr/0033-x.md", "ADR-0012: Networks\n===\n"), ["ADR-0012"]);
        assert_eq!(found("content/adr/0024-x.md", "---\nid: RFC-0024\n---\n"), ["RFC-0024"]);
        assert_eq!(found("content/rfc/0007-x/README.md", "---\nid: RFC-8\n---\n"), ["RFC-8"]);
        for (path, text) in [
            ("content/adr/0033-x.md", "# 33. Networks\n"),
            ("content/adr/0033-x.md", "# 3 tiers are enough\n"),
            ("content/adr/0033-x.md", "# 2024\n"),
            ("content/adr/0033-x.md", "# RFC-7 is put off\n"),
            ("content/adr/0033-x.md", "# 3 - 5 tiers are enough\n"),
            ("content/adr/0033-x.md", "# 2024: a year of queues\n"),
            ("content/adr/0033-x.md", "# 3-tier networks\n"),
            ("content/adr/0033-x.md", "---\nid: ARCH-0033\n---\n"),
            ("content/adr/0033-x.md", "# **ADR-0033**: networks\n"),
            ("content/adr/2023-05-09-x.md", "# 9. Networks\n"),
            ("content/adr/networks.md", "---\nid: ADR-8\n---\n"),
            ("content/handbook/0001-x.md", "# 2. Networks\n"),
        ] {
            assert!(found(path, text).is_empty(), "{path}: {text}");
        }
    }
}
