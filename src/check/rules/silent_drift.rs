//! What was signed has changed, and nobody said so.

use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::Fingerprint;
use crate::text::{Location, Spanned};

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
    let digests: Vec<&Spanned<String>> =
        record.front.sign_offs.iter().filter_map(|row| row.value.digest.as_ref()).collect();
    if digests.is_empty() || !is_held(record) {
        return;
    }
    let mut signed = Vec::new();
    for digest in digests {
        match Fingerprint::parse(&digest.value) {
            Some(fingerprint) => signed.push((digest, fingerprint)),
            None => {
                let message = "`digest` is no fingerprint of this version";
                let finding = Diagnostic::new(RULE.name, record.path(), digest.span, message);
                found.push(finding.with_label("cannot be read").with_help("have the record signed again"));
            }
        }
    }
    let now = Fingerprint::of(record);
    // Once it is signed again, the older signatures are history.
    if signed.iter().any(|(_, fingerprint)| *fingerprint == now) {
        return;
    }
    let Some((digest, fingerprint)) = signed.last() else { return };
    let drift = fingerprint.drift(record);
    let Some((first, others)) = drift.split_first() else { return };
    let at = |span| Location { path: record.path().clone(), span };
    let mut finding = Diagnostic::new(RULE.name, record.path(), *first, "the decision has changed since it was signed");
    finding = finding.with_label("not what was signed").with_related(at(digest.span), "signed with this fingerprint");
    for other in others {
        finding = finding.with_related(at(*other), "this, too");
    }
    found.push(finding.with_help("put it back and write an addendum, or have the record signed again"));
}
