//! Everything at once.

use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "big-bang-rewrite",
    summary: "A record plans to replace a system in one go, or to stop other work for it.",
    page: include_str!("../../../content/rules/big-bang-rewrite.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

/// Words for it.
const PHRASES: &[&str] = &[
    "big bang",
    "big-bang",
    "rewrite from scratch",
    "rewritten from scratch",
    "rewriting from scratch",
    "all at once",
    "feature freeze",
    "freeze feature",
    "freeze all feature",
    "stop all feature",
    "stop feature",
    "halt feature",
    "pause all feature",
];

/// Words before it that turn it into its opposite.
const DENIALS: &[&str] = &[
    "no ",
    "not ",
    "never ",
    "n't ",
    "without ",
    "avoid",
    "instead of",
    "rather than",
    "reject",
    "against ",
    "unlike ",
    "nor ",
    "none ",
    "risk of",
    "danger of",
    "prevent",
    "rule out",
    "rules out",
    "ruled out",
];

/// Sections that say what will be done.
const PLANS: &[&str] = &["Summary", "Proposal", "Rollout"];

/// How far before a phrase a denial is looked for, in bytes.
const BEFORE: usize = 60;

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !is_held(record) || !record.kind.sections.iter().any(|rule| rule.name == "Rollout") {
        return;
    }
    let plans = record.kind.sections.iter().filter(|rule| PLANS.contains(&rule.name.as_str()));
    for section in plans.flat_map(|rule| record.headings().named(rule)) {
        for span in phrases(section.body.of(record.text())) {
            let place = span.shift(section.body.start as usize);
            let message = format!("`{}` is how rewrites fail", place.of(record.text()));
            let finding = Diagnostic::new(RULE.name, record.path(), place, message)
                .with_label("all of it at one time")
                .with_help("let the new system take over piece by piece, with both running meanwhile; say which piece goes first");
            found.push(finding);
        }
    }
}

/// Where a text plans it, and does not merely speak of it.
fn phrases(text: &str) -> Vec<Span> {
    let lower = text.to_ascii_lowercase();
    let places = PHRASES.iter().flat_map(|phrase| lower.match_indices(phrase).map(|(at, found)| (at, found.len())));
    let is_planned = |(at, _): &(usize, usize)| {
        let from = (at.saturating_sub(BEFORE)..=*at).find(|from| lower.is_char_boundary(*from)).unwrap_or(*at);
        let before = lower.get(from..*at).unwrap_or("");
        let sentence = before.rsplit(['.', '!', '?']).next().unwrap_or(before);
        !DENIALS.iter().any(|denial| sentence.contains(denial))
    };
    places.filter(is_planned).map(|(at, length)| Span::new(at, at + length)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_found_and_refusals_are_not() {
        for plan in [
            "We switch in a Big Bang on Sunday.",
            "The service is rewritten from scratch.",
            "A feature freeze of six weeks",
        ] {
            assert_eq!(phrases(plan).len(), 1, "{plan}");
        }
        for refusal in [
            "This is not a big bang.",
            "Step by step instead of a big-bang switch.",
            "We avoid moving all at once.",
            "Ça n'est pas",
        ] {
            assert_eq!(phrases(refusal), [], "{refusal}");
        }
    }
}
