//! A text leans on what has been superseded, without saying so.

use crate::check::rule::{Check, Context, Rule};
use crate::config::{Decision, Level, Zone};
use crate::diagnostic::Diagnostic;
use crate::log::{Backlink, DecisionLog};
use crate::record::{Headings, Record};
use crate::text::Location;

pub(super) const RULE: Rule = Rule {
    name: "stale-reference",
    summary: "A record leans on one that has been superseded, without saying so.",
    page: include_str!("../../../content/rules/stale-reference.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Log(check),
};

/// Words that show that the text knows.
const KNOWS: &[&str] = &[
    "supersed",
    "replac",
    "former",
    "earlier",
    "previous",
    "old",
    "was ",
    "were ",
    "had ",
    "until",
    "originally",
    "histor",
    "no longer",
    "deprecat",
    "obsolete",
    "first",
    "before",
    "since",
    "instead",
    "used to",
    "revis",
    "amend",
    "revert",
];

fn check(log: &DecisionLog, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (position, old) in log.records().iter().enumerate() {
        let Some(successor) = log.successors(position).first().copied() else { continue };
        for backlink in log.backlinks(position) {
            found.extend(stale(log, position, old, successor, backlink));
        }
    }
}

fn stale(
    log: &DecisionLog,
    old_at: usize,
    old: &Record,
    successor_at: usize,
    backlink: &Backlink,
) -> Option<Diagnostic> {
    let (from, successor) = (log.record(backlink.from)?, log.record(successor_at)?);
    let is_over = from
        .status
        .as_ref()
        .is_some_and(|status| !matches!(status.decision, Decision::Accepted | Decision::InReview | Decision::Draft));
    let is_related =
        log.touching(old_at).any(|relation| relation.from == backlink.from || relation.to == backlink.from);
    let knows_successor = log.backlinks(successor_at).iter().any(|other| other.from == backlink.from);
    if is_over || is_related || knows_successor || from.is_index() || is_live(from, backlink) {
        return None;
    }
    let (before, words, after) = backlink.sentence(from);
    let sentence = format!("{before}{words}{after}").to_lowercase();
    if KNOWS.iter().any(|word| sentence.contains(word)) {
        return None;
    }
    let name = |record: &Record| record.id.as_ref().map_or_else(|| record.title.clone(), |id| id.value.to_string());
    let at = successor.title_span.map(|span| Location { path: successor.path().clone(), span });
    let message = format!("`{}` has been superseded by `{}`", name(old), name(successor));
    let finding = Diagnostic::new(RULE.name, from.path(), backlink.span, message).with_label("no longer in force");
    let finding = at.into_iter().fold(finding, |finding, at| finding.with_related(at, "in force instead"));
    Some(finding.with_help(format!("refer to `{}`, or say that this one is history", name(successor))))
}

/// Whether a reference stands where history is kept: in a section that may be added to or changed.
fn is_live(record: &Record, backlink: &Backlink) -> bool {
    let headings = Headings::of(record);
    let free = record.kind.sections.iter().filter(|rule| rule.zone != Zone::Frozen);
    let mut sections = free.flat_map(|rule| headings.named(rule));
    sections.any(|section| section.body.contains(backlink.span))
}
