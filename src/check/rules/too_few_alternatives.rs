//! Fewer alternatives than the kind asks for, or one without a reason.

use crate::check::alternative::{Alternatives, alternatives};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::text::Spanned;

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
        let (given, asked) = (alternatives.named.len(), alternatives.rule.alternatives);
        // Alternatives told in prose are not counted: who can say where one ends?
        if given > 0 && given < asked {
            let message = format!("the section `{}` gives fewer than {asked} alternatives", alternatives.section.title);
            let finding = Diagnostic::new(RULE.name, record.path(), alternatives.section.heading, message);
            let finding = finding.with_label(format!("gives {given}"));
            let help = "add the next best one, and doing nothing, each with the reason it was not chosen";
            let finding = finding.with_help(help);
            let at = alternatives.rule.at.iter();
            found.push(at.fold(finding, |finding, at| finding.with_related(at.clone(), "asked for here")));
        } else {
            found.extend(unreasoned(record, &alternatives));
        }
    }
}

/// Alternatives that are a bare name, of which the rest of the text says nothing either.
fn unreasoned(record: &Record, alternatives: &Alternatives<'_>) -> Vec<Diagnostic> {
    let is_bare = |name: &str| {
        let name = name.trim().trim_end_matches(['.', ':']).to_lowercase();
        let words = name.split_whitespace().count();
        words > 0 && words <= 4 && !name.contains(':') && record.text().to_lowercase().matches(&name).count() == 1
    };
    let sections = &record.outline.sections;
    let is_told = |name: &Spanned<String>| {
        let own = sections.iter().find(|section| section.heading == name.span).map(|section| section.own);
        own.is_some_and(|own| !own.of(record.text()).trim().is_empty())
    };
    let bare = alternatives.named.iter().filter(|name| !is_told(name) && is_bare(&name.value));
    bare.map(|name| {
        let message = format!("the alternative `{}` is named without a reason", name.value.trim());
        Diagnostic::new(RULE.name, record.path(), name.span, message)
            .with_label("why was it not chosen?")
            .with_help("say in a sentence what spoke against it")
    })
    .collect()
}
