//! The names that a log itself gives to its sections, in findings that a section is missing.

use super::absence::{ABSENCES, section_is_missing};
use super::demand::in_sentence;
use crate::diagnostic::Diagnostic;
use crate::log::{Called, DecisionLog};
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
    let Some(mut help) = finding.help.take() else { return };
    let missed: Vec<String> =
        help.split("`## ").skip(1).filter_map(|rest| Some(rest.split_once('`')?.0.to_owned())).collect();
    for missed in missed {
        // What the organisation asks for by name, it calls by that name.
        let mut sections = record.kind.sections.iter().filter(|section| section.at.is_none());
        let Some(section) = sections.find(|section| section.name == missed) else { continue };
        let Some(called) = log.called(&record.kind, section) else { continue };
        let name = called.name_for(record).unwrap_or(&missed);
        if name != missed || hashes != "##" {
            finding.message = finding.message.replace(&format!("`{missed}`"), &format!("`{name}`"));
            help = help.replace(&format!("`## {missed}`"), &format!("`{hashes} {name}`"));
        }
        if !record.format.is_native() {
            relabel(finding, record, called);
        }
    }
    finding.help = Some(help);
}

/// Says why a text of another process is held to a section that it lacks.
fn relabel(finding: &mut Diagnostic, record: &Record, called: &Called) {
    let label = in_sentence(&record.kind.label);
    if finding.label.ends_with(&format!("every {label} needs it")) {
        finding.label = match called.is_usual {
            true => format!("most {} of this log have it", in_sentence(&record.kind.plural)),
            false => format!("asked of every {label} unless the settings say otherwise"),
        };
    }
}

/// What opens the headings of a record's sections: in some all are of the first level.
fn hashes(record: &Record) -> &'static str {
    let sections = record.outline.sections.iter().filter(|section| record.title_heading != Some(section.heading));
    let mut levels = sections.map(|section| section.level);
    let first = levels.next();
    if first == Some(1) && levels.any(|level| level == 1) { "#" } else { "##" }
}
