//! The names that a log itself gives to its sections, in findings that a section is missing.

use super::absence::{ABSENCES, section_is_missing};
use super::demand::in_sentence;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::record::Record;

/// Says in findings of missing sections what the log calls them: who writes `Abstract` everywhere is to write it here, too.
pub fn in_words_of_log(found: &mut [Diagnostic], log: &DecisionLog) {
    for finding in found.iter_mut().filter(|finding| is_of_sections(finding)) {
        let position = log.at_path(&finding.primary.path);
        if let Some(record) = position.and_then(|position| log.record(position)) {
            reword(finding, record, log);
        }
    }
}

/// Whether a finding misses a section in a text of another process, of which hardly any record of the log has it: that process
/// does not ask for it.
pub(super) fn is_of_no_use(finding: &Diagnostic, record: &Record, log: &DecisionLog) -> bool {
    if record.format.is_native() || !is_of_sections(finding) {
        return false;
    }
    let mut sections = record.kind.sections.iter().filter(|section| section.at.is_none());
    let missing = sections.find(|section| finding.message == section_is_missing(&section.name));
    missing.and_then(|section| log.called(&record.kind, section)).is_some_and(|called| called.is_strange)
}

/// Whether a finding says that sections are missing, or all text.
pub fn is_of_sections(finding: &Diagnostic) -> bool {
    ABSENCES.contains(&finding.rule) && finding.help.as_ref().is_some_and(|help| help.contains("`## "))
}

fn reword(finding: &mut Diagnostic, record: &Record, log: &DecisionLog) {
    let hashes = hashes(record);
    // What the organisation asks for by name, it calls by that name.
    for section in record.kind.sections.iter().filter(|section| section.at.is_none()) {
        let (code, heading) = (format!("`{}`", section.name), format!("`## {}`", section.name));
        if !finding.help.as_ref().is_some_and(|help| help.contains(&heading)) {
            continue;
        }
        let Some(called) = log.called(&record.kind, section) else { continue };
        let name = called.name.as_ref().unwrap_or(&section.name);
        finding.message = finding.message.replace(&code, &format!("`{name}`"));
        finding.help = finding.help.take().map(|help| help.replace(&heading, &format!("`{hashes} {name}`")));
        let label = in_sentence(&record.kind.label);
        if !record.format.is_native() && finding.label.ends_with(&format!("every {label} needs it")) {
            finding.label = match called.is_usual {
                true => format!("most {} of this log have it", in_sentence(&record.kind.plural)),
                false => format!("asked of every {label} unless the settings say otherwise"),
            };
        }
    }
}

/// What opens the headings of a record's sections: in some all are of the first level.
fn hashes(record: &Record) -> &'static str {
    let sections = record.outline.sections.iter().filter(|section| record.title_heading != Some(section.heading));
    let mut levels = sections.map(|section| section.level);
    let first = levels.next();
    if first == Some(1) && levels.any(|level| level == 1) { "#" } else { "##" }
}
