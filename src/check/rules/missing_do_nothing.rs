//! Doing nothing was not weighed.

use crate::check::alternative::alternatives;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::topic::speaks;
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "missing-do-nothing",
    summary: "None of the alternatives is to do nothing.",
    page: include_str!("../../../content/rules/missing-do-nothing.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

/// Words by which a text weighs leaving things as they are, wherever they stand; those that end in a blank are whole words.
const NOTHING: &[&str] = &[
    "do nothing",
    "doing nothing",
    "does nothing",
    "change nothing",
    "changing nothing",
    "not do ",
    "not doing",
    "not to do ",
    "status quo",
    "keep ",
    "keeping ",
    "keeps ",
    "stay ",
    "staying ",
    "leave ",
    "leaving ",
    "as is ",
    "as it is ",
    "as they are ",
    "as it stands",
    "no change",
    "no action",
    "inaction",
    "not chang",
    "without chang",
    "unchanged",
    "as today",
    "as now ",
    "as before",
    "have today",
    "have now ",
    "what we have",
    "what we do ",
    "live with",
    "living with",
    "continu",
    "carry on",
    "carrying on",
    "go on as",
    "current ",
    "currently ",
    "existing ",
    "remain",
    "stick with",
    "sticking with",
    "stick to ",
];

/// Words that do so only in an alternative's name: in a reason they say something else.
const NAMES: &[&str] = &[
    "nothing ", "kept ", "left ", "retain", "maintain", "wait", "postpone", "defer", "delay", "accept", "today",
    "not ", "don t ", "no ", "none ", "baseline", "as usual", "make do ",
];

/// How many words of an alternative are its name, at most.
const NAME: usize = 6;

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for alternatives in alternatives(record) {
        let texts = || alternatives.sections.iter().map(|section| section.body.of(record.text()));
        // Most texts say it without marks between the words, and need not be made plain.
        let says = |text: String| NOTHING.iter().any(|word| speaks(&text, word));
        if texts().any(|text| says(text.to_ascii_lowercase())) {
            continue;
        }
        let said: Vec<String> = texts().map(plain).collect();
        let weighs =
            |texts: &[String], words: &[&str]| words.iter().any(|word| texts.iter().any(|text| speaks(text, word)));
        let is_named = || match alternatives.given(record) {
            Some(given) => weighs(&given.iter().map(|given| name(&given.name.value)).collect::<Vec<_>>(), NAMES),
            None => weighs(&said, NAMES),
        };
        if weighs(&said, NOTHING) || is_named() {
            continue;
        }
        let section = alternatives.section;
        let message = format!("the section `{}` does not weigh doing nothing", section.title);
        let finding = Diagnostic::new(RULE.name, record.path(), section.heading, message)
            .with_label("every one of them changes something")
            .with_help("add the alternative `Do nothing`, and say what it would cost to leave things as they are");
        let at = alternatives.rule.at.iter();
        found.push(at.fold(finding, |finding, at| finding.with_related(at.clone(), "asked for here")));
    }
}

/// The words of a text in lower case, without marks between them: `as-is` is `as is`.
fn plain(text: &str) -> String {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// What an alternative is called: its words up to a mark, or the first few; a label before them (`Option 2:`) is none.
fn name(text: &str) -> String {
    let mut parts = text.split([':', '.', ';', '–', '—']).map(plain).filter(|part| !part.is_empty());
    let is_label = |part: &String| {
        let mut words = part.split(' ').rev();
        words.next().is_some_and(|last| last.chars().count() <= 2) && words.count() <= 1
    };
    let called = parts.find(|part| !is_label(part)).unwrap_or_default();
    called.split(' ').take(NAME).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    fn finds(body: &str) -> bool {
        let text = format!("+++\ntitle = \"x\"\nstatus = \"formal-review\"\n+++\n\n## Alternatives\n\n{body}\n");
        !trial::found(&RULE, "content/rfc/0001-x.md", &text).is_empty()
    }

    #[test]
    fn doing_nothing_goes_by_many_names() {
        for name in [
            "Do nothing",
            "Change nothing",
            "Nothing",
            "The status quo",
            "Keep both buses",
            "Stay",
            "Leave it",
            "As-is",
            "No action",
            "Both buses, as before",
            "What we have today",
            "Stick with two buses",
            "Retain both",
            "Live with it",
            "Make no changes",
            "Wait a year",
            "Don't move",
            "Maintain two buses",
            "The current bus",
            "Business as usual",
            "Option 2: wait",
        ] {
            assert!(!finds(&format!("- {name}: two rotations.\n- A custom bus: dear.")), "{name}");
        }
        assert!(!finds("See the discussion of the first draft."));
        assert!(!finds("A custom bus was too dear.\n\nNothing would happen without one, so we looked at that first."));
    }

    #[test]
    fn reasons_that_sound_like_it_are_not_it() {
        assert!(finds(
            "- A custom bus: we would have to maintain it, and nobody would wait.\n- A queue per team: six of them."
        ));
        assert!(finds("- A custom bus: leaves nothing to the platform.\n- A queue per team: dear today."));
    }
}
