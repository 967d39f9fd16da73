//! Fewer alternatives than the kind asks for, or one without a reason.

use crate::check::alternative::{Alternative, Alternatives, alternatives};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::Record;

pub(super) const RULE: Rule = Rule {
    name: "too-few-alternatives",
    summary: "A record weighs fewer alternatives than its kind asks for.",
    page: include_str!("../../../content/rules/too-few-alternatives.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for alternatives in alternatives(record) {
        // Alternatives told in prose are not counted: who can say where one ends?
        let Some(given) = alternatives.given(record) else { continue };
        if given.len() < alternatives.rule.alternatives {
            found.push(too_few(record, &alternatives, given.len()));
        } else {
            found.extend(unreasoned(record, &given));
        }
    }
}

fn too_few(record: &Record, alternatives: &Alternatives<'_>, given: usize) -> Diagnostic {
    let asked = alternatives.rule.alternatives;
    let message = format!("the section `{}` gives fewer than {asked} alternatives", alternatives.section.title);
    let finding = Diagnostic::new(RULE.name, record.path(), alternatives.section.heading, message)
        .with_label(format!("gives {given}"))
        .with_help("add the next best one, and doing nothing, each with the reason it was not chosen");
    alternatives.rule.at.iter().fold(finding, |finding, at| finding.with_related(at.clone(), "asked for here"))
}

/// Alternatives that are a bare name, of which the rest of the text says nothing either.
fn unreasoned(record: &Record, given: &[Alternative]) -> Vec<Diagnostic> {
    let mut bare = given.iter().filter(|alternative| alternative.is_bare).peekable();
    if bare.peek().is_none() {
        return Vec::new();
    }
    let text = record.text().to_lowercase();
    let occurs_again = |words: &str| text.matches(&words.to_lowercase()).count() > 1;
    // A name from code says by itself what is meant, wherever it is told of.
    let is_of_code = |word: &&str| word.starts_with(char::is_lowercase) && word.contains(char::is_uppercase);
    let is_told_elsewhere = |name: &str| occurs_again(name) || name.split(' ').filter(is_of_code).any(occurs_again);
    let report = |alternative: &Alternative| {
        let name = alternative.name.value.trim_matches(|c: char| c.is_whitespace() || "*.:\u{200b}".contains(c));
        let message = format!("the alternative `{name}` is named without a reason");
        let finding = Diagnostic::new(RULE.name, record.path(), alternative.name.span, message)
            .with_label("why was it not chosen?")
            .with_help("say in a sentence what spoke against it");
        (!is_told_elsewhere(name)).then_some(finding)
    };
    bare.filter_map(report).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    fn found(body: &str) -> Vec<String> {
        let text = format!("+++\ntitle = \"x\"\nstatus = \"formal-review\"\n+++\n\n## Alternatives\n\n{body}\n");
        trial::found(&RULE, "content/rfc/0001-x.md", &text).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn names_are_told_of_or_found() {
        let bare = ["the alternative `A custom bus` is named without a reason"];
        assert_eq!(found("- Do nothing: two rotations go on.\n- A custom bus\u{200b}"), bare);
        for fine in [
            "- Do nothing: two rotations go on.\n- A custom bus: ours to patch.",
            "- Do nothing: two rotations go on.\n- A custom bus\n\nA custom bus is ours to patch.",
            "- Do nothing: two rotations go on.\n- Ship useMutableSource instead\n\nReaders of useMutableSource tear.",
        ] {
            assert!(found(fine).is_empty(), "{fine}");
        }
        assert_eq!(
            found("- Do nothing: two rotations go on."),
            ["the section `Alternatives` gives fewer than 2 alternatives"]
        );
    }
}
