//! A key that nobody asks for: what is misspelt the readers raise themselves, and here is what is no slip.

use crate::check::rule::{Check, Context, Rule};
use crate::record::{Record, is_template, kept_key_like};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::text::Spanned;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) const RULE: Rule = Rule {
    name: "unknown-field",
    summary: "A key stands where no key of that name is known.",
    page: include_str!("../../../content/rules/unknown-field.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.1.0",
    check: Check::Log(check),
};

/// In so many records a key is a custom of the house.
const CUSTOM: usize = 3;

/// A key and the record it stands in.
type Place<'a> = (&'a Record, &'a Spanned<String>);

fn check(log: &DecisionLog, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut places: BTreeMap<&str, Vec<Place<'_>>> = BTreeMap::new();
    let has_strange = |record: &&Arc<Record>| !record.strange.is_empty() && !is_template(record.path());
    // What the log's own template asks for is no slip.
    let templates = log.records().iter().filter(|record| is_template(record.path()));
    let of_templates: BTreeSet<&str> =
        templates.flat_map(|record| &record.strange).map(|key| key.value.as_str()).collect();
    let is_meant =
        |key: &&Spanned<String>| context.config.policy.fields.contains(&key.value) || of_templates.contains(&*key.value);
    for record in log.records().iter().filter(has_strange) {
        for key in record.strange.iter().filter(|key| !is_meant(key)) {
            places.entry(key.value.as_str()).or_default().push((record, key));
        }
    }
    for (key, places) in places {
        if let Some(bare) = without_note(key) {
            let help = format!("write `{bare}`: what stands in brackets is part of the key here");
            found.extend(places.iter().map(|place| report(place, help.clone())));
        } else if is_custom(log, &places) {
            found.extend(places.first().map(|first| report(first, custom(key, places.len()))));
        } else {
            let help = match meant(log, key) {
                Some(meant) => format!("did you mean `{meant}`, as other records have it?"),
                None => "move it under `extra`, where any field may stand".to_owned(),
            };
            found.extend(places.iter().map(|place| report(place, help.clone())));
        }
    }
}

/// A key without the note that a template has put behind it: `requires (*optional)`.
fn without_note(key: &str) -> Option<&str> {
    let (bare, _) = key.split_once('(')?;
    Some(bare.trim()).filter(|bare| !bare.is_empty())
}

/// Whether a key stands in several records of the log, or in half of those of its folder.
fn is_custom(log: &DecisionLog, places: &[Place<'_>]) -> bool {
    let folder = places.first().map_or("", |(record, _)| record.path().folder());
    let beside = || log.records().iter().filter(|record| record.path().folder() == folder && record.front.keys > 0);
    let within = || places.iter().filter(|(record, _)| record.path().folder() == folder).count();
    places.len() >= CUSTOM || (places.len() > 1 && within() * 2 >= beside().count())
}

/// The key of another process that a key is a slip of, where the log has that one elsewhere.
fn meant(log: &DecisionLog, key: &str) -> Option<&'static str> {
    // Asked for only where a key is much like one: it takes the heads, which are laid aside.
    let near = kept_key_like(key)?;
    log.records().iter().any(|record| record.front.table.get(near).is_some()).then_some(near)
}

fn custom(key: &str, records: usize) -> String {
    format!(
        "{records} records have it: declare it in precedent.toml, `fields = [\"{key}\"]` under `[records]`, or move it under \
         `extra`"
    )
}

fn report((record, key): &Place<'_>, help: String) -> Diagnostic {
    let message = format!("`{}` is not a field that Precedent knows", key.value);
    Diagnostic::new(RULE.name, record.path(), key.span, message).with_help(help)
}
