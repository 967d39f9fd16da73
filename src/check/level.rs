//! How loudly a rule speaks about a record.

use super::rule::{Check, Group, Rule};
use super::rules::{GROUPS, RULES};
use crate::config::{Config, Decision, Level, RuleSetting, Since};
use crate::record::{Record, RecordId};
use crate::text::nearest;

/// The rule that names what was not read: no setting makes it silent.
const UNREAD: &str = "unread-file";

/// How loudly a rule speaks about a record (`None`: about the configuration or an unread file).
///
/// What is said of a status comes before what is said of all, and the kind's own settings before the organisation's, and those
/// before the rule's. Drafts are capped unless their status is named, and a text in another form than our own was written for another
/// process: it is warned at most, and not held to what its form cannot say. A rule is silent about records from before its `since`.
pub fn level(rule: &Rule, record: Option<&Record>, config: &Config) -> Level {
    let of_kind = record.and_then(|record| record.kind.rules.get(rule.name));
    let of_house = config.policy.rules.get(rule.name);
    let settings = || [of_kind, of_house].into_iter().flatten();
    let Some(record) = record else {
        let level = settings().find_map(|setting| setting.level).unwrap_or(rule.level);
        // A file that was not read may be made little of, and not be passed over.
        return if rule.name == UNREAD { level.max(Level::Warn) } else { level };
    };
    if settings().find_map(|setting| setting.since.as_ref()).is_some_and(|since| is_before(record, &since.value)) {
        return Level::Allow;
    }
    let status = record.status.as_ref().map(|status| status.name.as_str());
    let of_status = |setting: &RuleSetting| setting.statuses.get(status?).map(|level| level.value);
    if let Some(level) = settings().find_map(of_status) {
        return level;
    }
    let is_set = settings().any(|setting| setting.level.is_some());
    if !is_set && is_foreign(record) && group(rule.name).is_some_and(Group::lapses) {
        return Level::Allow;
    }
    let level = settings().find_map(|setting| setting.level).unwrap_or(rule.level);
    let in_drafts = rule.in_drafts;
    if is_draft(record, config) {
        level.min(in_drafts)
    } else if is_foreign(record) {
        level.min(in_drafts.max(Level::Warn))
    } else {
        level
    }
}

/// Whether a rule speaks only when pages are made.
pub fn is_about_pages(rule: &str) -> bool {
    find(rule).is_some_and(|rule| matches!(rule.check, Check::Page))
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

/// Whether a record's status is a draft's: its kind's, else, where its kind knows no such word, any kind's.
fn is_draft(record: &Record, config: &Config) -> bool {
    match (&record.status, &record.raw_status) {
        (Some(status), _) => status.decision == Decision::Draft,
        (None, Some(raw)) => names_draft(&raw.value, config),
        (None, None) => false,
    }
}

/// Whether some kind calls its drafts so.
fn names_draft(word: &str, config: &Config) -> bool {
    let known = config.kinds.iter().filter_map(|kind| kind.lifecycle.status(word));
    known.into_iter().any(|status| status.decision == Decision::Draft)
}

/// Whether a record was written for another process than this one's.
fn is_foreign(record: &Record) -> bool {
    !record.kind.is_chapter() && !record.format.is_native()
}

/// What to say to somebody who named a rule that is not there.
pub(super) fn suggest_rule(name: &str) -> String {
    match nearest(name, RULES.iter().map(|rule| rule.name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "run `precedent explain` for the list of rules".to_owned(),
    }
}
