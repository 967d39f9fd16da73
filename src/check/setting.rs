//! What the settings say of rules, and cannot mean.

use super::absence::ABSENCES;
use super::level::{find, suggest_rule};
use crate::config::{Config, Kind, RuleSetting, Since};
use crate::diagnostic::Diagnostic;
use crate::record::RecordId;
use crate::text::{Location, Span, Spanned, nearest};
use std::collections::BTreeSet;
use std::sync::Arc;

const UNKNOWN: &str = "unknown-field";
const INVALID: &str = "invalid-value";

/// Names of rules that no rule has, statuses that no kind has, a `since` that no record can match, and sections and fields whose
/// absence nobody would report.
pub(super) fn wrong_settings(config: &Config) -> Vec<Diagnostic> {
    let all: Vec<&Kind> = config.kinds.iter().map(Arc::as_ref).collect();
    let mut found = Vec::new();
    for (name, setting) in &config.policy.rules {
        found.extend(of_setting(name, setting, &all, format!("there is no rule `{name}`")));
    }
    for kind in &all {
        for (name, setting) in &kind.rules {
            let message = format!("there is no rule `{name}`, which `[kinds.{}.rules]` names", kind.name);
            found.extend(of_setting(name, setting, &[kind], message));
        }
        found.extend(unreported(kind));
    }
    // A kind that is based on another has its faults, too; the settings have them once.
    let mut places = BTreeSet::new();
    found.retain(|finding| places.insert((finding.rule, finding.primary.clone())));
    found
}

/// What is wrong with the setting of a rule, which holds for `kinds`.
fn of_setting(name: &str, setting: &RuleSetting, kinds: &[&Kind], no_rule: String) -> Vec<Diagnostic> {
    let at = |rule, span: Span, message: String| Diagnostic::new(rule, &setting.at.path, span, message);
    let mut found = Vec::new();
    if find(name).is_none() {
        let finding = at(UNKNOWN, setting.at.span, no_rule).with_label("not a rule");
        found.push(finding.with_help(suggest_rule(name)));
    }
    let statuses = || kinds.iter().flat_map(|kind| &kind.lifecycle.statuses).map(|status| status.name.as_str());
    for (status, level) in setting.statuses.iter().filter(|(name, _)| !statuses().any(|known| known == name.as_str())) {
        let near = nearest(status, statuses());
        let help = near.map_or("name a status of a kind".to_owned(), |near| format!("did you mean `{near}`?"));
        let finding = at(INVALID, level.span, format!("there is no status `{status}`"));
        found.push(finding.with_label("not a status").with_help(help));
    }
    let since = setting.since.as_ref().and_then(|since| senseless(since, kinds).map(|why| (since.span, why)));
    found.extend(since.map(|(span, (message, help))| at(INVALID, span, message).with_help(help)));
    found
}

/// Why no record can come before a `since`, and what to write.
fn senseless(since: &Spanned<Since>, kinds: &[&Kind]) -> Option<(String, String)> {
    let Since::Id(text) = &since.value else { return None };
    let Some(id) = RecordId::parse(text) else {
        let help = "write a day that exists, such as `2026-01-01`, or an id, such as `\"RFC-0042\"`".to_owned();
        return Some((format!("`since` is `{text}`, which is neither a day nor an id"), help));
    };
    let prefixes = || kinds.iter().map(|kind| kind.prefix.as_str()).filter(|prefix| !prefix.is_empty());
    if prefixes().any(|prefix| prefix == id.series()) {
        return None;
    }
    let help = match nearest(id.series(), prefixes()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a record that the rule can speak of, or a day".to_owned(),
    };
    Some((format!("`since` is `{text}`, and no record here has an id like that"), help))
}

/// Sections and fields whose absence a rule is to report that is not there, or reports no absences.
fn unreported(kind: &Kind) -> Vec<Diagnostic> {
    let sections = kind.sections.iter().map(|section| (&section.rule, &section.at, &section.name));
    let fields = kind.fields.iter().map(|field| (&field.rule, &field.at, &field.name));
    let report = |(rule, at, name): (&Spanned<String>, &Option<Location>, &String)| {
        let at = at.as_ref().filter(|_| !rule.value.is_empty() && !ABSENCES.contains(&rule.value.as_str()))?;
        let finding = |message| Diagnostic::new(INVALID, &at.path, rule.span, message);
        Some(match find(&rule.value) {
            Some(_) => finding(format!("`{}` does not report that anything is missing", rule.value))
                .with_help(format!("name one of {}, or take the key out", ABSENCES.join(", "))),
            None => finding(format!("there is no rule `{}` to report that `{name}` is missing", rule.value))
                .with_label("not a rule")
                .with_help(suggest_rule(&rule.value)),
        })
    };
    sections.chain(fields).filter_map(report).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_built_in_kind_asks_for_is_reported_when_it_is_missing() {
        for kind in &Config::builtin().kinds {
            let named = kind.sections.iter().map(|section| &section.rule);
            for rule in named.chain(kind.fields.iter().map(|field| &field.rule)).filter(|rule| !rule.value.is_empty()) {
                assert!(ABSENCES.contains(&rule.value.as_str()) && find(&rule.value).is_some(), "{}", rule.value);
            }
        }
    }
}
