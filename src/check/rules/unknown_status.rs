//! The status is none of its kind's.

use crate::check::demand::in_sentence;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::template::is_choice;
use crate::config::{Decision, Level};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::record::{Record, RecordId, RelationKind};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "unknown-status",
    summary: "A record's status is none of those its kind may have.",
    page: include_str!("../../../content/rules/unknown-status.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(status) = &record.raw_status else { return };
    if record.status.is_some() || record.kind.is_chapter() || is_choice(&status.value) {
        return;
    }
    let word = status.value.trim();
    let message = match word {
        "" => format!("the status of this {} is empty", in_sentence(&record.kind.label)),
        word => format!("`{word}` is not a status of {}", in_sentence(&record.kind.plural)),
    };
    let finding = Diagnostic::new(RULE.name, record.path(), status.span, message).with_label("not a known status");
    if let Some(succession) = Succession::read(record, word) {
        found.push(succession.advise(finding, record));
        return;
    }
    found.push(with_advice(finding, record, word));
}

fn with_advice(finding: Diagnostic, record: &Record, word: &str) -> Diagnostic {
    let lifecycle = &record.kind.lifecycle;
    let names: Vec<&str> = lifecycle.statuses.iter().map(|status| status.name.as_str()).collect();
    let all = names.join(", ");
    // What stands before a bracket or a comma may be the status that was meant.
    let first = word.split(['(', ',', ';', '/']).next().unwrap_or(word).trim();
    let near = lifecycle.nearest(word).or_else(|| lifecycle.nearest(first).filter(|_| first != word));
    let Some(near) = near.filter(|_| !word.is_empty()) else {
        return finding.with_help(format!("write one of {all}"));
    };
    let span = finding.primary.span;
    let written = span.of(record.text());
    let edit = written.find(word).map(|at| Edit {
        path: record.path().clone(),
        span: Span::new(span.start as usize + at, span.start as usize + at + word.len()),
        text: near.to_owned(),
    });
    let finding = finding.with_help(format!("did you mean `{near}`? The statuses are {all}"));
    match edit {
        Some(edit) => finding.with_fix(Fix {
            title: format!("write `{near}`"),
            applicability: Applicability::Unsafe,
            edits: vec![edit],
        }),
        None => finding,
    }
}

/// A status that names the successor as well: `superseded by ADR-0009`. In other forms that is how it is said; in TOML there is a
/// field for it.
struct Succession<'a> {
    status: &'a str,
    /// As a relation names it.
    successor: &'a str,
}

impl<'a> Succession<'a> {
    fn read(record: &'a Record, written: &'a str) -> Option<Succession<'a>> {
        let at = written.to_ascii_lowercase().find(" by ")?;
        let (word, successor) = (written.get(..at)?, written.get(at + 4..)?.trim().trim_end_matches('.'));
        let status = record.kind.lifecycle.status(word).filter(|status| status.decision == Decision::Superseded)?;
        Some(Succession { status: &status.name, successor: named(successor) })
    }

    fn advise(&self, finding: Diagnostic, record: &Record) -> Diagnostic {
        let help = format!("write `{}` alone, and name the successor under `superseded-by`", self.status);
        let fix = self.edit(record, finding.primary.span).map(|edit| Fix {
            title: format!("write `{}`, and the successor under `superseded-by`", self.status),
            applicability: Applicability::Safe,
            edits: vec![edit],
        });
        fix.into_iter().fold(finding.with_help(help), Diagnostic::with_fix)
    }

    /// The status alone, and the successor on a line of its own below; only where status and successor are written plainly.
    fn edit(&self, record: &Record, span: Span) -> Option<Edit> {
        let text = record.text();
        let line_start = text.get(..span.range().start)?.rfind('\n').map_or(0, |at| at + 1);
        let key = text.get(line_start..span.range().start)?;
        let is_plain = key.starts_with("status") && !span.of(text).contains('\n');
        let is_name = self.successor.chars().all(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '"' | '\\'));
        let has_relation = record.references.iter().any(|reference| reference.kind == RelationKind::SupersededBy);
        if !is_plain || !is_name || has_relation || self.successor.is_empty() {
            return None;
        }
        let rest = text.get(span.range().end..)?.split('\n').next()?;
        let (rest, end) = rest.strip_suffix('\r').map_or((rest, "\n"), |rest| (rest, "\r\n"));
        let (status, successor) = (self.status, self.successor);
        let text = format!("\"{status}\"{rest}{end}superseded-by = [\"{successor}\"]");
        let span = Span::new(span.range().start, span.range().end + rest.len());
        Some(Edit { path: record.path().clone(), span, text })
    }
}

/// A record's name as a relation has it: the id or else the address of a link, and anything else as it is.
fn named(written: &str) -> &str {
    let Some(inner) = written.strip_prefix('[') else { return written };
    let Some((label, rest)) = inner.split_once("](") else { return inner.trim_end_matches(']') };
    let address = rest.strip_suffix(')').unwrap_or(rest);
    if RecordId::parse(label).is_some() { label } else { address }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;
    use crate::diagnostic::Diagnostic;
    use crate::source::apply;

    fn repaired(text: &str) -> Option<String> {
        let found = trial::found(&RULE, "content/adr/0001-x.md", text);
        let fixes: Vec<&Fix> = found.iter().filter_map(|finding: &Diagnostic| finding.fix.as_deref()).collect();
        assert_eq!(found.len(), 1, "{text}");
        let applied = apply(fixes, &|_| Some(text.to_owned()));
        applied.texts.into_values().next()
    }

    #[test]
    fn a_status_with_a_successor_becomes_two_fields() {
        let toml = "+++\nstatus = \"superseded by ADR-0009\" # x\n+++\n";
        assert_eq!(repaired(toml).unwrap(), "+++\nstatus = \"superseded\" # x\nsuperseded-by = [\"ADR-0009\"]\n+++\n");
        let link = "+++\r\nstatus = \"replaced by [the bus](0009-bus.md)\"\r\n+++\r\n";
        assert_eq!(repaired(link).unwrap(), "+++\r\nstatus = \"superseded\"\r\nsuperseded-by = [\"0009-bus.md\"]\r\n+++\r\n");
        assert_eq!((named("[ADR-9]"), named("ADR-9"), named("[a](b.md#c)")), ("ADR-9", "ADR-9", "b.md#c"));
    }

    #[test]
    fn what_is_not_written_plainly_is_left_to_its_author() {
        for text in [
            "+++\nstatus = \"superseded by the new bus\"\n+++\n",
            "+++\nstatus = \"superseded by ADR-9\"\nsuperseded-by = \"ADR-9\"\n+++\n",
            "---\nstatus: accepted unless it rains\n---\n",
        ] {
            assert_eq!(repaired(text), None, "{text}");
        }
    }
}
