//! How loudly a rule speaks about a record.

use super::rule::{Group, Rule};
use super::rules::{GROUPS, RULES};
use crate::config::{Config, Decision, Kind, Level, RuleSetting, Since};
use crate::diagnostic::Diagnostic;
use crate::record::{Record, RecordId};
use crate::text::{Location, Spanned, nearest};
use std::sync::Arc;

/// How loudly a rule speaks about a record (`None`: about the configuration or an unread file).
///
/// What is said of a status comes before what is said of all, and the kind's own settings before the organisation's, and those
/// before the rule's. Drafts are capped unless their status is named, and a text that says nothing about itself (no front
/// matter, no status) was written for another process: it is warned at most. A rule is silent about records from before its
/// `since`.
pub fn level(rule: &Rule, record: Option<&Record>, config: &Config) -> Level {
    let of_kind = record.and_then(|record| record.kind.rules.get(rule.name));
    let of_house = config.policy.rules.get(rule.name);
    let settings = || [of_kind, of_house].into_iter().flatten();
    let Some(record) = record else {
        return settings().find_map(|setting| setting.level).unwrap_or(rule.level);
    };
    if settings().find_map(|setting| setting.since.as_ref()).is_some_and(|since| is_before(record, &since.value)) {
        return Level::Allow;
    }
    let status = record.status.as_ref().map(|status| status.name.as_str());
    let of_status = |setting: &RuleSetting| setting.statuses.get(status?).copied();
    if let Some(level) = settings().find_map(of_status) {
        return level;
    }
    let level = settings().find_map(|setting| setting.level).unwrap_or(rule.level);
    let in_drafts = rule.in_drafts;
    if is_draft(record) {
        level.min(in_drafts)
    } else if is_mute(record) {
        level.min(in_drafts.max(Level::Warn))
    } else {
        level
    }
}

/// What a rule is about.
pub(super) fn group(name: &str) -> Option<Group> {
    let holds = |rules: &[Rule]| rules.iter().any(|rule| rule.name == name);
    GROUPS.iter().find(|(_, rules)| holds(rules)).map(|(group, _)| *group)
}

/// The rule of a name.
pub(super) fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// Whether a record was there before a rule was agreed on; one that does not say when it was made is held to all rules.
fn is_before(record: &Record, since: &Since) -> bool {
    match since {
        Since::Day(day) => record.front.created.as_ref().is_some_and(|created| created.value < *day),
        Since::Id(id) => {
            let own = record.id.as_ref().map(|id| &id.value);
            own.zip(RecordId::parse(id)).is_some_and(|(own, first)| own.prefix == first.prefix && *own < first)
        }
    }
}

fn is_draft(record: &Record) -> bool {
    record.status.as_ref().is_some_and(|status| status.decision == Decision::Draft)
}

fn is_mute(record: &Record) -> bool {
    !record.kind.is_chapter() && record.raw_status.is_none() && record.front.keys == 0
}

/// Names in the configuration that no rule has, statuses that no kind has, and a `since` that is neither a day nor an id.
pub(super) fn wrong_settings(config: &Config) -> Vec<Diagnostic> {
    let of_house = config.policy.rules.iter().map(|(name, setting)| (name, setting, None));
    let of_kind = |kind: &'_ Arc<Kind>| {
        let kind = Arc::clone(kind);
        kind.rules.clone().into_iter().map(move |(name, setting)| (name, setting, Some(Arc::clone(&kind))))
    };
    let of_house = of_house.map(|(name, setting, kind)| (name.clone(), setting.clone(), kind));
    let mut found = Vec::new();
    for (name, setting, kind) in of_house.chain(config.kinds.iter().flat_map(of_kind)) {
        found.extend(unknown_rule(&name, &setting, kind.as_deref()));
        found.extend(unknown_statuses(&setting, kind.as_deref(), config));
        found.extend(setting.since.as_ref().and_then(|since| senseless(since, &setting)));
    }
    found.extend(config.kinds.iter().flat_map(|kind| unknown_reporters(kind)));
    found
}

fn unknown_statuses(setting: &RuleSetting, kind: Option<&Kind>, config: &Config) -> Vec<Diagnostic> {
    let kinds: Vec<&Kind> = match kind {
        Some(kind) => vec![kind],
        None => config.kinds.iter().map(Arc::as_ref).collect(),
    };
    let names = || kinds.iter().flat_map(|kind| &kind.lifecycle.statuses).map(|status| status.name.as_str());
    let unknown = setting.statuses.keys().filter(|name| !names().any(|known| known == name.as_str()));
    let report = |name: &String| {
        let message = format!("there is no status `{name}`");
        let finding = Diagnostic::new("invalid-value", &setting.at.path, setting.at.span, message);
        let near = nearest(name, names());
        let help = near.map_or("name a status of a kind".to_owned(), |near| format!("did you mean `{near}`?"));
        finding.with_label("under `statuses` of this rule").with_help(help)
    };
    unknown.map(report).collect()
}

fn senseless(since: &Spanned<Since>, setting: &RuleSetting) -> Option<Diagnostic> {
    let Since::Id(text) = &since.value else { return None };
    let message = format!("`since` is `{text}`, which is neither a day nor an id");
    RecordId::parse(text).is_none().then(|| {
        let finding = Diagnostic::new("invalid-value", &setting.at.path, since.span, message);
        finding.with_help("write a day that exists, such as `2026-01-01`, or an id, such as `\"RFC-0042\"`")
    })
}

/// Sections and fields whose absence a rule is to report that is not there: it would never be reported.
fn unknown_reporters(kind: &Kind) -> Vec<Diagnostic> {
    let sections = kind.sections.iter().map(|section| (&section.rule, &section.at, &section.name));
    let fields = kind.fields.iter().map(|field| (&field.rule, &field.at, &field.name));
    let unknown = sections.chain(fields).filter(|(rule, ..)| !rule.is_empty() && find(rule).is_none());
    let report = |(rule, at, name): (&String, &Option<Location>, &String)| {
        let at = at.as_ref()?;
        let message = format!("there is no rule `{rule}` to report that `{name}` is missing");
        Some(Diagnostic::new("unknown-field", &at.path, at.span, message).with_help(suggest_rule(rule)))
    };
    unknown.filter_map(report).collect()
}

fn unknown_rule(name: &str, setting: &RuleSetting, kind: Option<&Kind>) -> Option<Diagnostic> {
    if find(name).is_some() {
        return None;
    }
    let message = match kind {
        Some(kind) => format!("there is no rule `{name}`, which `[kinds.{}.rules]` names", kind.name),
        None => format!("there is no rule `{name}`"),
    };
    let finding = Diagnostic::new("unknown-field", &setting.at.path, setting.at.span, message).with_label("not a rule");
    Some(finding.with_help(suggest_rule(name)))
}

/// What to say to somebody who named a rule that is not there.
pub(super) fn suggest_rule(name: &str) -> String {
    match nearest(name, RULES.iter().map(|rule| rule.name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "run `precedent explain` for the list of rules".to_owned(),
    }
}
