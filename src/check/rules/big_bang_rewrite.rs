//! Everything at once.

use crate::check::demand::is_pursued;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::topic::speaks;
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::text::Span;
use memchr::memmem::{Finder, find, find_iter};
use std::ops::Range;
use std::sync::LazyLock;

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
    "feature freeze",
    "freeze feature",
    "freeze all feature",
    "stop all feature",
    "stop feature work",
    "stop feature development",
    "halt feature",
    "halt all feature",
    "pause feature work",
    "pause all feature",
];

/// Words that mean it together: an act, and that it is done to all of a thing.
const ACTS: &[(&[&str], &[&str])] = &[
    (&["rewrit", "rewrote"], &["from scratch", "all at once", "in one go"]),
    (&["cut over", "cuts over", "cutover", "switch over", "switches over"], &["all at once", "in one go"]),
];

/// One of these is in everything that may be found, with one of the words beside it; most texts hold none, and are looked at no
/// further.
const KEYS: [(&str, &[&str]); 5] = [
    ("bang", &["big"]),
    ("feature", &["freeze", "stop", "halt", "pause"]),
    ("from scratch", &["rewr"]),
    ("all at once", &["rewr", "cut", "switch"]),
    ("in one go", &["rewr", "cut", "switch"]),
];

/// Words before it, in the same sentence, that turn it into its opposite.
const BEFORE: &[&str] = &[
    "no ",
    "not ",
    "never ",
    "n't ",
    "n’t ",
    "cannot ",
    "nobody ",
    "nor ",
    "none ",
    "neither ",
    "without ",
    "instead ",
    "rather ",
    "than ",
    "against ",
    "unlike ",
    "alternative",
    "compar",
    "versus ",
    "vs ",
    "discuss",
    "prevent",
    "last time",
    "the feature freeze",
];

/// Words that do so after it, in the same part of the sentence: `A big bang is not planned`.
const AFTER: &[&str] = &["no ", "not ", "never ", "n't ", "n’t ", "cannot "];

/// Words of a sentence that weighs it or turns it down, before it or after it.
const AROUND: &[&str] = &[
    "avoid",
    "reject",
    "risk",
    "danger",
    "rule out",
    "rules out",
    "ruled out",
    "too ",
    "would ",
    "could ",
    "might ",
    "consider",
    "discard",
    "dismiss",
    "refus",
    "declin",
    "failed",
];

/// Sections that say what will be done.
const PLANS: &[&str] = &["Summary", "Proposal", "Rollout"];

/// Words in the heading of a part that says what will not be done.
const REFUSALS: &[&str] = &["alternative", "option", "considered", "reject", "drawback", "risk", "why not", "non-goal"];

/// How far an act may stand before what it is done to, in bytes.
const BETWEEN: usize = 60;

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !is_pursued(record) || !record.kind.sections.iter().any(|rule| rule.name == "Rollout") {
        return;
    }
    let plans = record.kind.sections.iter().filter(|rule| PLANS.contains(&rule.name.as_str()));
    for section in plans.flat_map(|rule| record.headings().named(rule)) {
        let places = phrases(section.body.of(record.text())).into_iter();
        for place in places.map(|span| span.shift(section.body.start as usize)).filter(|place| is_prose(record, *place))
        {
            let message = format!("`{}` is how rewrites fail", place.of(record.text()));
            let finding = Diagnostic::new(RULE.name, record.path(), place, message)
                .with_label("all of it at one time")
                .with_help("let the new system take over piece by piece, with both running meanwhile; say which piece goes first");
            found.push(finding);
        }
    }
}

/// Whether a place is read as a part of the plan: no code, no address, no comment, nothing under a heading for what is refused.
fn is_prose(record: &Record, place: Span) -> bool {
    let outline = &record.outline;
    let addresses = outline.links.iter().map(|link| link.target.span);
    let mut apart = outline.code.iter().chain(&outline.comments).copied().chain(addresses);
    let is_refusal = |title: &str| REFUSALS.iter().any(|word| title.to_lowercase().contains(word));
    let mut around = outline.sections.iter().filter(|section| section.body.contains(place));
    !apart.any(|span| span.contains(place)) && !around.any(|section| is_refusal(&section.title))
}

/// Where a text plans it, and does not merely speak of it.
fn phrases(text: &str) -> Vec<Span> {
    static FINDERS: LazyLock<[(Finder<'_>, &[&str]); 5]> =
        LazyLock::new(|| KEYS.map(|(key, beside)| (Finder::new(key), beside)));
    let lower = text.to_ascii_lowercase();
    let lower = lower.as_str();
    let places = |words: &'static str| find_iter(lower.as_bytes(), words).map(move |at| at..at + words.len());
    let is_there = |word: &&str| find(lower.as_bytes(), word.as_bytes()).is_some();
    if !FINDERS.iter().any(|(key, beside)| key.find(lower.as_bytes()).is_some() && beside.iter().any(is_there)) {
        return Vec::new();
    }
    let single = PHRASES.iter().flat_map(|phrase| places(phrase));
    let joint = ACTS.iter().flat_map(|(acts, ways)| {
        let ends = ways.iter().flat_map(|way| places(way));
        ends.filter_map(move |end| act_before(lower, end.start, acts).map(|start| start..end.end))
    });
    let places = single.chain(joint).filter(|place| is_planned(lower, place));
    let mut places: Vec<Span> = places.map(|place| Span::new(place.start, place.end)).collect();
    places.sort();
    places
}

/// Where the nearest of the acts starts, in the same sentence and near enough.
fn act_before(lower: &str, at: usize, acts: &[&str]) -> Option<usize> {
    let start = sentence(lower, &(at..at)).start;
    let before = lower.get(start..at)?;
    let found = acts.iter().filter_map(|act| before.rfind(act)).max()?;
    (before.len() - found <= BETWEEN).then_some(start + found)
}

fn is_planned(lower: &str, place: &Range<usize>) -> bool {
    let sentence = sentence(lower, place);
    let part = |range: Range<usize>| lower.get(range).unwrap_or("");
    let (before, after) = (part(sentence.start..place.end), part(place.end..sentence.end));
    let nearby = after.split([',', ';', ':']).next().unwrap_or("");
    let holds = |text: &str, words: &[&str]| words.iter().any(|word| speaks(text, word));
    !(holds(before, BEFORE) || holds(nearby, AFTER) || holds(before, AROUND) || holds(after, AROUND))
}

/// The sentence, item, cell or heading around a place.
fn sentence(text: &str, place: &Range<usize>) -> Range<usize> {
    const ENDS: &[&str] = &[". ", ".\n", ".\r", "! ", "? ", "\n\n", "\n\r\n", "\n- ", "\n* ", "\n#", "|"];
    let before = text.get(..place.start).unwrap_or("");
    let after = text.get(place.end..).unwrap_or("");
    let start = ENDS.iter().filter_map(|end| before.rfind(end).map(|at| at + end.len())).max().unwrap_or(0);
    let length = ENDS.iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
    start..place.end + length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    fn shown(text: &str) -> Vec<&str> {
        phrases(text).iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn whatever_may_be_found_has_a_key() {
        let joint = ACTS.iter().flat_map(|(acts, ways)| acts.iter().flat_map(|act| ways.iter().map(move |way| format!("{act} {way}"))));
        for words in PHRASES.iter().map(|phrase| (*phrase).to_owned()).chain(joint) {
            let is_kept = |(key, beside): &(&str, &[&str])| {
                words.contains(key) && beside.iter().any(|word| words.contains(word))
            };
            assert!(KEYS.iter().any(is_kept), "{words}");
        }
    }

    #[test]
    fn plans_are_found() {
        for (plan, phrase) in [
            ("We switch in a Big Bang on Sunday.", "Big Bang"),
            ("Nothing moves early. The service is rewritten from scratch.", "rewritten from scratch"),
            ("We rewrite the billing service from scratch.", "rewrite the billing service from scratch"),
            ("A feature freeze of six weeks", "feature freeze"),
            ("We switch in a big bang, with both queues compared meanwhile.", "big bang"),
            ("We switch in a big bang on Sunday, and not in steps.", "big bang"),
            ("A big bang in May: no customer waits longer than a minute.", "big bang"),
            ("The team will stop all feature work until May.", "stop all feature"),
            ("We freeze feature development for a quarter.", "freeze feature"),
            ("- no risk here\n- all teams cut over in one go", "cut over in one go"),
            ("Clients cutover all at once.", "cutover all at once"),
        ] {
            assert_eq!(shown(plan), [phrase], "{plan}");
        }
    }

    #[test]
    fn refusals_and_other_matters_are_not() {
        for refusal in [
            "This is not a big bang.",
            "Step by step instead of a big-bang switch.",
            "We avoid moving all at once.",
            "A big bang was rejected.",
            "A big bang is not planned.",
            "A big bang, which some of us hoped for, was ruled out.",
            "The big-bang cutover is too risky, so teams move one by one.",
            "A big bang would stop the business.",
            "We do not want, for reasons that are laid out at some length in the part on motivation above, to do a big bang.",
            "No team rewrites anything from scratch.",
            "Unlike the big bang of 2019, teams move one by one.",
            "Consumers read the events all at once.",
            "The index is rebuilt from scratch each night.",
            "Merged after the feature freeze of release 4.",
            "We rewrite links. The cache is filled from scratch.",
            "Ça n'est pas",
        ] {
            assert_eq!(shown(refusal), [""; 0], "{refusal}");
        }
    }

    #[test]
    fn only_prose_of_the_plan_is_read() {
        let finds = |body: &str| {
            let text = format!("+++\ntitle = \"x\"\nstatus = \"approved\"\n+++\n\n## Proposal\n\n{body}\n");
            trial::found(&RULE, "content/rfc/0001-x.md", &text).len()
        };
        assert_eq!(finds("We switch in a big bang."), 1);
        for body in [
            "Set `big-bang = false`.",
            "As in [that story](https://example.org/big-bang-rewrites).",
            "<!-- a big bang? -->",
            "### Alternatives\n\nA big bang on Sunday.",
            "### Rejected\n\n#### Big bang\n\nA big bang on Sunday.",
        ] {
            assert_eq!(finds(body), 0, "{body}");
        }
    }
}
