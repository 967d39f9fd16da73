//! Whether a record is ready for the next step: what its next status will ask for, and the clock of its pre-read.

use crate::check::{Allows, Context, RULES, check_among, check_log, check_record, in_words_of_log, level, with_levels};
use crate::config::{Clock, Level, Policy, Status};
use crate::date::{Calendar, Moment, Timestamp};
use crate::diagnostic::{Diagnostic, Severity};
use crate::log::DecisionLog;
use crate::record::Record;
use crate::source::Source;
use jiff::{SignedDuration, ToSpan};
use serde_json::{Value, json};
use std::sync::Arc;

/// The longest time that a pre-read is looked ahead for, in days.
const LONGEST_WAIT: i64 = 400;

/// A step that a record may take.
pub(super) struct Next {
    /// The status it would come to, for readers.
    pub(super) status: String,
    /// What would be found then and is not found now.
    pub(super) asks: Vec<Diagnostic>,
    /// The text that this was found in.
    pub(super) text: String,
}

/// The steps on the main path that the kind allows from where a record stands in the log, with what each would ask of its text.
/// `known` is what is found in its file now.
pub(super) fn next(log: &DecisionLog, position: usize, known: &[&Diagnostic], context: &Context<'_>) -> Vec<Next> {
    let Some(record) = log.record(position) else { return Vec::new() };
    let (Some(status), Some(raw)) = (&record.status, &record.raw_status) else { return Vec::new() };
    // A status that the path or a file beside the text says is not changed in the text.
    if raw.span.is_empty() {
        return Vec::new();
    }
    let is_in_head = record.head.contains(raw.span);
    let lifecycle = &record.kind.lifecycle;
    let is_ahead =
        |other: &&Arc<Status>| other.step.is_some() && other.step >= status.step && other.name != status.name;
    let steps = lifecycle.next(status).filter(is_ahead).filter_map(|status| {
        let mut text = record.text().to_owned();
        text.get(raw.span.range())?;
        let written = if is_in_head { format!("\"{}\"", status.name) } else { status.name.clone() };
        text.replace_range(raw.span.range(), &written);
        let then = Record::parse(&Source::new(record.path().clone(), text.as_str()), context.config).0;
        let is_new =
            |finding: &Diagnostic| !known.iter().any(|one| one.rule == finding.rule && one.message == finding.message);
        let mut asks = Allows::of(&then).filter(check_record(&then, context));
        in_words_of_log(&mut asks, log);
        asks.extend(among_others(log, position, &then, context));
        asks.retain_mut(|finding| {
            finding.severity = match RULES.iter().find(|rule| rule.name == finding.rule) {
                Some(rule) if level(rule, Some(&then), context.config) == Level::Deny => Severity::Error,
                _ => Severity::Warning,
            };
            is_new(finding)
        });
        asks.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.primary.span.start));
        Some(Next { status: status.label.clone(), asks, text })
    });
    steps.collect()
}

/// What rules find in a record that look at more than one, where the record stands in the log as another version of itself.
fn among_others(log: &DecisionLog, position: usize, then: &Record, context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(log) = log.with([(position, Arc::new(then.clone()))]) else { return Vec::new() };
    let mut found = check_among(&log, position, context);
    found.append(&mut check_log(&log, context));
    found.retain(|finding| finding.primary.path == *then.path());
    Allows::of(then).filter(with_levels(found, &log, context.config))
}

/// When the pre-read went out and when the review may be held: `{ "circulated", "held", "earliest", "hours", "working" }`, moments
/// as in RFC 3339 or bare days; nothing for a record that owes no pre-read and names none.
pub(super) fn pre_read(record: &Record, policy: &Policy) -> Option<Value> {
    let review = record.front.review.as_ref().map(|review| &review.value);
    let owes = record.kind.fields.iter().any(|field| field.name == "review.circulated");
    let decided = record.status.as_ref().is_some_and(|status| status.decision > crate::config::Decision::InReview);
    if review.is_none() && (!owes || decided) {
        return None;
    }
    let circulated = review.and_then(|review| review.circulated.as_ref()).map(|moment| moment.value);
    let held = review.and_then(|review| review.held.as_ref()).map(|moment| moment.value);
    let (hours, clock) = (policy.figures.pre_read_hours.value, policy.figures.pre_read_clock.value);
    Some(json!({
        "circulated": circulated.map(|moment| moment.to_string()),
        "held": held.map(|moment| moment.to_string()),
        "earliest": circulated.and_then(|sent| earliest(sent, hours, &policy.calendar, clock)),
        "hours": hours,
        "working": clock == Clock::Business,
    }))
}

/// The first moment at which the readers have had their hours; a bare day where the pre-read names one.
fn earliest(sent: Moment, hours: f64, calendar: &Calendar, clock: Clock) -> Option<String> {
    let start = match sent {
        Moment::Instant { at, .. } => at,
        Moment::Day(day) => calendar.offset.to_timestamp(day.at(0, 0, 0, 0)).ok()?,
    };
    let needed = SignedDuration::try_from_secs_f64(hours * 3600.0).ok()?.as_secs();
    let end = match clock {
        Clock::Calendar => start.checked_add(needed.seconds()).ok()?,
        Clock::Business => after_working(start, needed, calendar)?,
    };
    Some(match sent {
        Moment::Instant { .. } => end.to_string(),
        Moment::Day(_) => {
            // A review on a bare day counts from the start of that day.
            let local = calendar.offset.to_datetime(end);
            let is_midnight = local.time() == jiff::civil::Time::midnight();
            let day = if is_midnight { local.date() } else { local.date().tomorrow().ok()? };
            day.to_string()
        }
    })
}

/// The first instant by which so many seconds of work have passed.
fn after_working(start: Timestamp, needed: i64, calendar: &Calendar) -> Option<Timestamp> {
    let at = |seconds: i64| start.checked_add(seconds.seconds()).ok();
    let (mut low, mut high) = (0, LONGEST_WAIT * 86_400);
    if calendar.working_seconds(start, at(high)?) < needed {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if calendar.working_seconds(start, at(middle)?) < needed { low = middle + 1 } else { high = middle }
    }
    at(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::date::Date;
    use crate::markdown::Diagrams;
    use crate::text::SourcePath;
    use std::collections::BTreeMap;

    fn log(texts: &[&str]) -> DecisionLog {
        let config = Config::builtin();
        let record = |(number, text): (usize, &&str)| {
            let path = SourcePath::new(format!("content/rfc/000{number}-x.md"));
            Arc::new(Record::parse(&Source::new(path, *text), &config).0)
        };
        DecisionLog::link((1..).zip(texts).map(record).collect(), BTreeMap::new(), &config)
    }

    #[test]
    fn the_next_status_asks_for_what_its_kind_asks_from_it_on() {
        let (config, diagrams) = (Config::builtin(), Diagrams::default());
        let context = Context { config: &config, today: Date::constant(2026, 6, 1), diagrams: &diagrams };
        let log =
            log(&["+++\ntitle = \"x\"\nstatus = \"draft\"\n+++\n\n## Summary\n\nText.\n\n## Motivation\n\nText.\n"]);
        let found = check_record(log.record(0).unwrap(), &context);
        let steps = next(&log, 0, &found.iter().collect::<Vec<_>>(), &context);
        let statuses: Vec<&str> = steps.iter().map(|step| step.status.as_str()).collect();
        assert_eq!(statuses, ["Pre-alignment", "Formal review"]);
        let rules: Vec<&str> = steps[1].asks.iter().map(|ask| ask.rule).collect();
        assert!(rules.contains(&"unclassified-door") && rules.contains(&"missing-approver"), "{rules:?}");
        assert!(steps[0].asks.len() < steps[1].asks.len());
    }

    #[test]
    fn without_a_known_status_nothing_is_next() {
        let (config, diagrams) = (Config::builtin(), Diagrams::default());
        let context = Context { config: &config, today: Date::constant(2026, 6, 1), diagrams: &diagrams };
        for text in ["# x\n", "+++\nstatus = \"frobnicated\"\n+++\n", "+++\nstatus = \"complete\"\n+++\n"] {
            assert!(next(&log(&[text]), 0, &[], &context).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_status_below_its_heading_is_written_without_quotes() {
        let (config, diagrams) = (Config::builtin(), Diagrams::default());
        let context = Context { config: &config, today: Date::constant(2026, 6, 1), diagrams: &diagrams };
        let record = |path: &str, text: &str, beside: Option<Source>| {
            let source = Source::new(SourcePath::new(path), text).with_beside(beside, None);
            let record = Arc::new(Record::parse(&source, &config).0);
            DecisionLog::link(vec![record], BTreeMap::new(), &config)
        };
        let nygard = "# 1. Keep invoices\n\nDate: 2026-03-02\n\n## Status\n\nProposed\n\n## Context\n\nText.\n";
        let steps = next(&record("content/adr/0001-x.md", nygard, None), 0, &[], &context);
        let accepted = steps.iter().find(|step| step.status == "Accepted").unwrap();
        assert_eq!(accepted.text, nygard.replace("Proposed", "accepted"));
        assert!(accepted.asks.iter().all(|ask| ask.rule != "unknown-status"), "{:?}", accepted.asks);
        // What a file beside the text says is not changed in the text.
        let path = SourcePath::new("content/keps/0023-gates/kep.yaml");
        let beside = Source::new(path, "kep-number: 23\nstatus: provisional\n");
        let kep = record("content/keps/0023-gates/README.md", "# Gates\n\nText.\n", Some(beside));
        assert!(kep.record(0).unwrap().status.is_some() && next(&kep, 0, &[], &context).is_empty());
    }

    #[test]
    fn the_next_status_asks_what_other_records_make_of_it() {
        let (config, diagrams) = (Config::builtin(), Diagrams::default());
        let context = Context { config: &config, today: Date::constant(2026, 6, 1), diagrams: &diagrams };
        let log = log(&[
            "+++\nstatus = \"complete\"\n+++\n# Old\n",
            "+++\nstatus = \"rejected\"\n+++\n# Leans\n\nAs RFC-0001 says.\n",
            "+++\nstatus = \"approved\"\nsupersedes = [\"RFC-0001\"]\n+++\n# New\n",
        ]);
        let rejected = log.record(1).unwrap();
        let source = Source::new(rejected.path().clone(), rejected.text().replace("rejected", "draft"));
        let draft = Record::parse(&source, &config).0;
        let rules: Vec<&str> = among_others(&log, 1, &draft, &context).iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, ["stale-reference"]);
        assert_eq!(among_others(&log, 1, rejected, &context), []);
    }

    #[test]
    fn the_clock_of_the_pre_read_says_when_the_review_may_be() {
        let calendar = Calendar::default();
        let when = |sent: &str, clock| earliest(Moment::parse(sent).unwrap(), 48.0, &calendar, clock);
        assert_eq!(when("2026-03-09T09:00:00Z", Clock::Calendar).unwrap(), "2026-03-11T09:00:00Z");
        assert_eq!(when("2026-03-09T09:00:00Z", Clock::Business).unwrap(), "2026-03-16T17:00:00Z");
        assert_eq!(when("2026-03-09", Clock::Calendar).unwrap(), "2026-03-11");
        assert_eq!(when("2026-03-09", Clock::Business).unwrap(), "2026-03-17");
        let never = Calendar { working_days: Vec::new(), ..Calendar::default() };
        assert_eq!(earliest(Moment::parse("2026-03-09").unwrap(), 48.0, &never, Clock::Business), None);
    }
}
