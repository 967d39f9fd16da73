//! Runs the rules and sets their levels.

use super::called::{in_words_of_log, is_of_no_use};
use super::level::{find, group, level};
use super::rule::{Check, Context, Group, Rule, Subject};
use super::rules::RULES;
use super::setting::wrong_settings;
use super::thin::thin_from;
use crate::config::{Config, Level};
use crate::diagnostic::{Diagnostic, Severity};
use crate::log::DecisionLog;
use crate::record::Record;
use crate::record::is_template;
use rayon::prelude::*;

/// Runs the rules that look at one record alone.
pub fn check_record(record: &Record, context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let subject = Subject::new(record);
    for rule in RULES {
        if let Check::Record(check) = rule.check
            && level(rule, Some(record), context.config) > Level::Allow
        {
            let start = found.len();
            check(&subject, context, &mut found);
            thin_from(&mut found, start);
        }
    }
    found
}

/// Runs the rules that look at one record among the others; `position` is its place in the log.
pub fn check_among(log: &DecisionLog, position: usize, context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        if let Check::Among(check) = rule.check {
            let start = found.len();
            check(log, position, context, &mut found);
            thin_from(&mut found, start);
        }
    }
    sort(&mut found);
    found
}

/// Sorts findings by file, place and rule. To do so with those of one file takes the comparing of paths out of sorting all.
pub fn sort(found: &mut [Diagnostic]) {
    found.sort_by(|a, b| (&a.primary, a.rule).cmp(&(&b.primary, b.rule)));
}

/// Runs the rules that need the whole log, and looks at the rules' names in the configuration.
pub fn check_log(log: &DecisionLog, context: &Context<'_>) -> Vec<Diagnostic> {
    let of_rule = |rule: &Rule| {
        let mut found = Vec::new();
        if let Check::Log(check) = rule.check {
            check(log, context, &mut found);
        }
        found
    };
    let of_rules: Vec<Vec<Diagnostic>> = RULES.par_iter().map(of_rule).collect();
    wrong_settings(context.config).into_iter().chain(of_rules.into_iter().flatten()).collect()
}

/// Rules on what is still to be written, which nobody does in a record that another has replaced.
const UNWRITTEN: &[&str] = &["empty-section", "leftover-placeholder"];

/// Sets each finding's severity from its rule's level, drops what is allowed and what a replaced record owes no more, names
/// sections as the log does, and sorts by file, place and rule.
///
/// Findings of one rule at one place keep their order: missing sections are named as the kind lists them. A finding whose
/// rule is not in the list keeps the severity it came with.
pub fn with_levels(found: Vec<Diagnostic>, log: &DecisionLog, config: &Config) -> Vec<Diagnostic> {
    let mut graded: Vec<Diagnostic> = found.into_iter().filter_map(|finding| graded(finding, log, config)).collect();
    in_words_of_log(&mut graded, log);
    sort(&mut graded);
    let mut is_new = news(&graded).into_iter();
    graded.retain(|_| is_new.next().unwrap_or(true));
    graded.shrink_to_fit();
    graded
}

/// A rule that says all that another would say of the same place: what a switch may be is told where it keeps a record back.
const SAYS_ALL: (&str, &str) = ("doubtful-draft", "invalid-value");

/// For each of some sorted findings, whether none before it says the same.
fn news(found: &[Diagnostic]) -> Vec<bool> {
    let is_new = |(at, finding): (usize, &Diagnostic)| {
        let before = found.get(..at).into_iter().flatten().rev();
        let mut beside = before.take_while(|other| other.primary == finding.primary);
        !beside.any(|other| other == finding || (other.rule, finding.rule) == SAYS_ALL)
    };
    found.iter().enumerate().map(is_new).collect()
}

fn graded(mut finding: Diagnostic, log: &DecisionLog, config: &Config) -> Option<Diagnostic> {
    if let Some(rule) = find(finding.rule) {
        if is_template(&finding.primary.path) && !holds_in_templates(rule.name) {
            return None;
        }
        let position = log.at_path(&finding.primary.path);
        let record = position.and_then(|position| log.record(position));
        let is_replaced = position.is_some_and(|position| !log.successors(position).is_empty());
        if is_replaced && (UNWRITTEN.contains(&rule.name) || group(rule.name).is_some_and(Group::lapses)) {
            return None;
        }
        if record.is_some_and(|record| is_of_no_use(&finding, record, log)) {
            return None;
        }
        finding.severity = match level(rule, record, config) {
            Level::Allow => return None,
            Level::Warn => Severity::Warning,
            Level::Deny => Severity::Error,
        };
    }
    Some(finding)
}

/// Rules on links of which a template's copies are to speak.
const FILLED_IN: &[&str] = &["broken-relation", "undefined-label"];

/// Whether a rule speaks of a file that is itself a template: of its links and pictures, not of what is left to fill in.
fn holds_in_templates(rule: &str) -> bool {
    let of_files = matches!(group(rule), Some(Group::Links | Group::Site)) || rule == "unread-file";
    of_files && !FILLED_IN.contains(&rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::CONFIG_FILE;
    use crate::source::Source;
    use crate::text::{SourcePath, Span};
    use std::collections::BTreeMap;
    use std::sync::Arc;

    fn config(text: &str) -> Config {
        let (config, found) = Config::parse(&Source::new(SourcePath::new(CONFIG_FILE), text));
        assert_eq!(found, []);
        config
    }

    fn level(rule: &str, record: Option<&Record>, config: &Config) -> Level {
        super::level(find(rule).unwrap(), record, config)
    }

    fn record(path: &str, text: &str, config: &Config) -> Record {
        Record::parse(&Source::new(SourcePath::new(path), text), config).0
    }

    fn adr(status: &str, config: &Config) -> Record {
        record("content/adr/0001-x.md", &format!("+++\ntitle = \"x\"\nstatus = \"{status}\"\n+++\n"), config)
    }

    #[test]
    fn the_kind_speaks_before_the_house_and_the_house_before_the_rule() {
        let rule = "missing-section";
        let config = config(
            "[rules]\nmissing-section = \"warn\"\nmissing-title = \"deny\"\n[kinds.rfc.rules]\nmissing-section = \"allow\"\n",
        );
        let rfc = record("content/rfc/0001-x.md", "+++\nstatus = \"approved\"\n+++\n", &config);
        assert_eq!(level(rule, Some(&rfc), &config), Level::Allow);
        assert_eq!(level(rule, Some(&adr("accepted", &config)), &config), Level::Warn);
        assert_eq!(level(rule, Some(&adr("accepted", &Config::builtin())), &Config::builtin()), Level::Deny);
        assert_eq!(level("missing-title", None, &config), Level::Deny);
    }

    #[test]
    fn process_rules_are_lenient_with_drafts_and_with_texts_of_another_process() {
        let config = Config::builtin();
        let draft = adr("draft", &config);
        assert_eq!(level("missing-section", Some(&draft), &config), Level::Warn);
        assert_eq!(level("leftover-placeholder", Some(&draft), &config), Level::Allow);
        assert_eq!(level("broken-link", Some(&draft), &config), Level::Deny);
        let mute = record("content/adr/0001-x.md", "# x\n", &config);
        assert_eq!(level("missing-section", Some(&mute), &config), Level::Warn);
        assert_eq!(level("leftover-placeholder", Some(&mute), &config), Level::Warn);
        assert_eq!(level("broken-link", Some(&mute), &config), Level::Deny);
    }

    #[test]
    fn findings_are_graded_sorted_and_said_once() {
        let config = config("[rules]\nmissing-alt-text = \"allow\"\n");
        let records = vec![Arc::new(adr("draft", &config))];
        let log = DecisionLog::link(records, BTreeMap::new(), &config);
        let finding = |rule, path, at| Diagnostic::new(rule, &SourcePath::new(path), Span::new(at, at), "x");
        let other = Diagnostic { severity: Severity::Hint, ..finding("of-another-stage", "content/z.md", 0) };
        let found = vec![
            other,
            finding("broken-link", "content/adr/0001-x.md", 9),
            finding("missing-section", "content/adr/0001-x.md", 4),
            finding("broken-link", "content/adr/0001-x.md", 9),
            finding("missing-alt-text", "content/adr/0001-x.md", 2),
        ];
        let kept = with_levels(found, &log, &config);
        let shown: Vec<_> = kept.iter().map(|finding| (finding.rule, finding.severity)).collect();
        assert_eq!(
            shown,
            [
                ("missing-section", Severity::Warning),
                ("broken-link", Severity::Error),
                ("of-another-stage", Severity::Hint),
            ]
        );
        assert_eq!(with_levels(kept.clone(), &log, &config), kept);
    }

    #[test]
    fn rules_that_do_not_exist_are_named() {
        let text =
            "[rules]\nbroken-lnik = \"warn\"\nbroken-link = \"warn\"\n[kinds.rfc.rules]\nfrobnicate = \"allow\"\n";
        let found = wrong_settings(&config(text));
        let shown: Vec<_> =
            found.iter().map(|finding| (finding.primary.span.of(text), finding.message.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("broken-lnik", "there is no rule `broken-lnik`"),
                ("frobnicate", "there is no rule `frobnicate`, which `[kinds.rfc.rules]` names"),
            ]
        );
    }
}
