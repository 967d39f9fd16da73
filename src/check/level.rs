//! How loudly a rule speaks about a record.

use super::rule::Rule;
use super::rules::RULES;
use crate::config::{Config, Decision, Kind, Level, RuleSetting, Since};
use crate::diagnostic::Diagnostic;
use crate::record::{Record, RecordId};
use crate::text::nearest;
use std::sync::Arc;

/// How loudly a rule speaks about a record (`None`: about the configuration or an unread file).
///
/// What is said of a status comes before what is said of all, and the kind's own settings before the organisation's, and those
/// before the rule's. Drafts are capped unless their status is named, and a text that says nothing about itself (no front
/// matter, no status) was written for another process: it is warned at most. A rule is silent about records from before its
/// `since`.
pub fn level(rule: &str, record: Option<&Record>, config: &Config) -> Level {
    let known = find(rule);
    let of_kind = record.and_then(|record| record.kind.rules.get(rule));
    let of_house = config.policy.rules.get(rule);
    let settings = || [of_kind, of_house].into_iter().flatten();
    let default = || known.map_or(Level::Deny, |rule| rule.level);
    let Some(record) = record else {
        return settings().find_map(|setting| setting.level).unwrap_or_else(default);
    };
    if settings().find_map(|setting| setting.since.as_ref()).is_some_and(|since| is_before(record, &since.value)) {
        return Level::Allow;
    }
    let status = record.status.as_ref().map(|status| status.name.as_str());
    let of_status = |setting: &RuleSetting| setting.statuses.get(status?).copied();
    if let Some(level) = settings().find_map(of_status) {
        return level;
    }
    let level = settings().find_map(|setting| setting.level).unwrap_or_else(default);
    let in_drafts = known.map_or(level, |rule| rule.in_drafts);
    if is_draft(record) {
        level.min(in_drafts)
    } else if is_mute(record) {
        level.min(in_drafts.max(Level::Warn))
    } else {
        level
    }
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
    !record.kind.is_chapter() && record.raw_status.is_none() && record.front.table.entries.is_empty()
}

/// Names in the configuration that no rule has.
pub(super) fn unknown_rules(config: &Config) -> Vec<Diagnostic> {
    let of_house = config.policy.rules.iter().map(|(name, setting)| unknown_rule(name, setting, None));
    let of_kind = |kind: &Arc<Kind>| -> Vec<Option<Diagnostic>> {
        kind.rules.iter().map(|(name, setting)| unknown_rule(name, setting, Some(kind))).collect()
    };
    of_house.chain(config.kinds.iter().flat_map(of_kind)).flatten().collect()
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
    Some(match nearest(name, RULES.iter().map(|rule| rule.name)) {
        Some(near) => finding.with_help(format!("did you mean `{near}`?")),
        None => finding.with_help("run `precedent explain` for the list of rules"),
    })
}
