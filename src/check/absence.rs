//! What a record lacks: sections and fields that its kind asks for, by the rule that reports them.

use super::demand::{Asked, absence, in_sentence, is_asked, owes_nothing, says_something, title_or_start, values};
use super::rule::Subject;
use super::section::asked_by;
use super::told::prose;
use super::topic::listed;
use crate::config::{FieldRule, SectionRule};
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::text::{Location, lines, nearest};
use crate::value::Data;

/// The rules that report what is missing, where a section or a field names one.
pub(super) const ABSENCES: &[&str] = &[
    "missing-section",
    "missing-field",
    "unclassified-door",
    "missing-exit-strategy",
    "missing-way-back",
    "missing-nfr",
    "missing-cost",
    "missing-cut-line",
    "missing-approver",
    "short-pre-read",
    "untracked-implementation",
    "missing-replacement",
    "missing-owner",
];

/// What to write, by field.
const ADVICE: &[(&str, &str)] = &[
    ("created", "say when it was first written: `created = 2026-03-02`"),
    ("daci.approver", "name the one person who decides: `approver = \"…\"` under `[daci]`"),
    ("daci.driver", "name who moves it forward: `driver = \"…\"` under `[daci]`"),
    ("deprecation.announced", "say when it was made known: `announced = 2026-01-15` under `[deprecation]`"),
    ("deprecation.owner", "name who answers for it: `owner = \"…\"` under `[deprecation]`"),
    (
        "deprecation.replacement",
        "say what takes its place: `replacement = \"…\"` under `[deprecation]`, a record or an address",
    ),
    ("deprecation.sunset", "say when it stops answering: `sunset = 2026-09-30` under `[deprecation]`"),
    ("deprecation.target", "say what goes: `target = \"…\"` under `[deprecation]`"),
    ("door", "say whether it can be walked back: `door = \"two-way\"` if it can, `door = \"one-way\"` if not"),
    ("expires", "say when the exception ends: `expires = 2026-12-31`"),
    ("review-by", "say when this decision is to be looked at again: `review-by = 2027-03-02`"),
    (
        "review.circulated",
        "say when the text went out to its readers: `circulated = 2026-03-10T09:00:00Z` under `[review]`",
    ),
    ("scope", "say how far it reaches: `scope = \"team\"`, `\"organisation\"` or `\"strategic\"`"),
    (
        "sourcing",
        "say where the capability comes from: `sourcing = \"build\"`, `\"buy\"`, `\"partner\"` or `\"integrate\"`",
    ),
    ("tracking", "name the tickets or epics that carry it out: `tracking = [\"…\"]`"),
];

/// A finding for each section that a record lacks, of those whose absence `rule` reports.
pub(super) fn absent_sections(rule: &'static str, subject: &Subject<'_>) -> Vec<Diagnostic> {
    // What another process has done with may be a few words that lead on.
    if !subject.format.is_native() && owes_nothing(subject) {
        return Vec::new();
    }
    let own = asked_by(rule, subject).filter(|section| subject.format.has_section(section));
    let absent = own.filter(|section| subject.headings().named(section).is_empty());
    let absent = absent.filter(|section| !subject.told().is_told(section));
    let absent: Vec<&SectionRule> = absent.collect();
    // Asked last, since most texts lack nothing.
    match absent.as_slice() {
        [] => Vec::new(),
        _ if leads_to_parts(subject) => Vec::new(),
        [_, _, ..] if rule == "missing-section" && subject.told().is_nothing() => {
            vec![without_text(rule, subject, &absent)]
        }
        _ => absent.into_iter().map(|section| without_section(rule, subject, section)).collect(),
    }
}

/// One finding for a record of which nothing is written yet.
fn without_text(rule: &'static str, record: &Subject<'_>, absent: &[&SectionRule]) -> Diagnostic {
    let label = in_sentence(&record.kind.label);
    let names: Vec<String> = absent.iter().map(|section| format!("`## {}`", section.name)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let message = format!("nothing but the title of this {label} is written");
    Diagnostic::new(rule, record.path(), title_or_start(record), message)
        .with_label("no text below it")
        .with_help(format!("add {}, and write under each", listed(&names)))
}

/// A finding for each field that a record lacks, of those whose absence `rule` reports.
pub(super) fn absent_fields(rule: &'static str, record: &Record) -> Vec<Diagnostic> {
    // What a form cannot say is not missed, unless the organisation asks for it itself.
    let can_say = |field: &&FieldRule| record.format.is_native() || field.at.is_some();
    let asked = record.kind.fields.iter().filter(|field| is_own(&field.rule.value, rule)).filter(can_say);
    let absent = asked.filter(|field| is_asked(record, &field.from, &field.when) && !has(record, &field.name));
    // A misspelt name is another rule's finding.
    let absent = absent.filter(|field| !is_misspelt(record, &field.name));
    absent.map(|field| without_field(rule, record, field)).collect()
}

/// Whether what `named` reports is `rule`'s to report; what names no rule is `missing-field`'s.
fn is_own(named: &str, rule: &str) -> bool {
    if named.is_empty() { rule == "missing-field" } else { rule == named }
}

fn without_section(rule: &'static str, record: &Subject<'_>, section: &SectionRule) -> Diagnostic {
    let asked = Asked { from: &section.from, when: &section.when, at: section.at.as_ref() };
    let finding = absence(rule, record, section_is_missing(&section.name), &asked);
    match record.headings().like(section) {
        Some(heading) => {
            let at = Location { path: record.path().clone(), span: heading.heading };
            finding.with_related(at, "is it this one?").with_help(format!("spell the heading `## {}`", section.name))
        }
        None => finding.with_help(section_advice(section)),
    }
}

/// What is said of a section that is missing.
pub(super) fn section_is_missing(name: &str) -> String {
    format!("the section `{name}` is missing")
}

fn without_field(rule: &'static str, record: &Record, field: &FieldRule) -> Diagnostic {
    let asked = Asked { from: &field.from, when: &field.when, at: field.at.as_ref() };
    let message = format!("the field `{}` is missing", field.name);
    absence(rule, record, message, &asked).with_help(field_advice(&field.name))
}

/// Whether a field is filled in; some are also read from the body, in formats without front matter.
fn has(record: &Record, name: &str) -> bool {
    let daci = record.front.daci.as_ref().map(|daci| &daci.value);
    let is_read = match name {
        "status" => record.raw_status.as_ref().is_some_and(|status| !status.value.trim().is_empty()),
        "title" => record.title_span.is_some(),
        "created" => record.front.created.is_some(),
        "updated" => record.front.updated.is_some(),
        "daci.approver" => daci.is_some_and(|daci| !daci.approver.is_empty()),
        "daci.driver" => daci.is_some_and(|daci| daci.driver.is_some()),
        _ => false,
    };
    let written = values(&record.front.table, name);
    if written.is_empty() { is_read } else { written.iter().any(|value| says_something(value)) }
}

/// Whether a key stands where a field is missed, and is much like its name.
fn is_misspelt(record: &Record, name: &str) -> bool {
    let (above, key) = name.rsplit_once('.').map_or((None, name), |(above, key)| (Some(above), key));
    let table = match above.map(|above| values(&record.front.table, above)) {
        None => &record.front.table,
        Some(tables) => match tables.first().map(|value| &value.data) {
            Some(Data::Table(table)) => table,
            _ => return false,
        },
    };
    table.entries.iter().any(|entry| entry.key.value != key && nearest(&entry.key.value, [key]).is_some())
}

fn section_advice(rule: &SectionRule) -> String {
    let guidance = rule.guidance.trim().trim_end_matches('.');
    match guidance {
        "" => format!("add the heading `## {}` and write under it", rule.name),
        guidance => format!("add `## {}`: {}", rule.name, in_sentence(guidance)),
    }
}

/// What to write for a field that is missing: `say how far it reaches: …`.
pub fn field_advice(name: &str) -> String {
    if let Some((_, advice)) = ADVICE.iter().find(|(field, _)| *field == name) {
        return (*advice).to_owned();
    }
    match name.rsplit_once('.') {
        Some((table, field)) => format!("add `{field} = …` under `[{table}]` in the front matter"),
        None => format!("add `{name} = …` to the front matter"),
    }
}

/// Whether a file only leads to the parts of a record, which say the rest: a README with a list of links.
fn leads_to_parts(record: &Record) -> bool {
    if !record.is_index() {
        return false;
    }
    let lines = || lines(prose(record)).map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_link = |line: &str| line.starts_with(['-', '*', '+']) && line.contains("](");
    let links = lines().filter(|line| is_link(line)).count();
    links > 1 && lines().count() <= links + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Source;
    use crate::text::SourcePath;

    fn record(path: &str, body: &str) -> Record {
        Record::parse(&Source::new(SourcePath::new(path), body), &Config::builtin()).0
    }

    #[test]
    fn a_list_of_links_leads_to_parts() {
        let path = "content/adr/0001-x/README.md";
        assert!(leads_to_parts(&record(path, "This record consists of two parts:\n\n- [A](a.md)\n- [B](b.md)\n")));
        assert!(!leads_to_parts(&record(path, "One.\n\nTwo.\n\n- [A](a.md)\n- [B](b.md)\n")));
        assert!(!leads_to_parts(&record("content/adr/0001-x.md", "- [A](a.md)\n- [B](b.md)\n")));
    }

    #[test]
    fn a_record_of_which_only_the_title_is_written_is_reported_once() {
        let messages = |body: &str| {
            let record = record("content/adr/0001-x.md", body);
            let found = absent_sections("missing-section", &Subject::new(&record));
            found.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        let nothing = ["nothing but the title of this ADR is written"];
        assert_eq!(messages("# Send mail by a queue\n"), nothing);
        assert_eq!(messages("# Send mail by a queue\n\n- Status: accepted\n- Date: 2026-03-02\n"), nothing);
        assert_eq!(messages("# Send mail by a queue\n\nThere is one queue.\n").len(), 2);
    }
}
