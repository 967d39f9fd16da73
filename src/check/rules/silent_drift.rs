//! What was signed has changed, and nobody said so.

use crate::check::demand::is_held;
use crate::check::drift::{Words, changed, unreadable};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::Fingerprint;

pub(super) const RULE: Rule = Rule {
    name: "silent-drift",
    summary: "The frozen part of a record is not what was signed.",
    page: include_str!("../../../content/rules/silent-drift.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !is_held(record) {
        return;
    }
    let mut signed = Vec::new();
    for row in &record.front.sign_offs {
        let Some(digest) = &row.value.digest else { continue };
        match Fingerprint::parse(&digest.value) {
            Some(fingerprint) => signed.push((row.value.on.as_ref().map(|on| on.value), digest, fingerprint)),
            None => found.push(unreadable(RULE.name, record, digest.span, "have the record signed again")),
        }
    }
    // The newest signature counts; once it is signed again, the older ones are history.
    let drifts = || signed.iter().map(|(on, digest, fingerprint)| (on, digest, fingerprint.drift(record)));
    if drifts().any(|(.., drift)| drift.is_none()) {
        return;
    }
    let Some((on, digest, Some(places))) = drifts().max_by_key(|(on, ..)| **on) else { return };
    let words = Words {
        message: "the decision has changed since it was signed",
        label: "not what was signed",
        vouched: on.map_or_else(|| "signed with this fingerprint".to_owned(), |on| format!("signed on {on}")),
        help: "put it back and write an addendum, or have the record signed again",
    };
    found.push(changed(RULE.name, record, digest.span, &places, words));
}
