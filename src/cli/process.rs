//! The life of a kind of record, as text and as a diagram.

use crate::config::{Config, Kind, SectionRule, Status};
use crate::text::{capitalised, wrapped};
use anstyle::Style;
use std::fmt::Write;

const HEADING: Style = Style::new().bold();

/// The kinds with a life, one line each.
pub(super) fn list(config: &Config, width: usize) -> String {
    let names = lives(config).map(|kind| kind.name.chars().count()).max().unwrap_or(0);
    let mut text = format!("{HEADING}Kinds of record{HEADING:#}\n");
    for kind in lives(config) {
        let lead = format!("  {:names$}  ", kind.name);
        let path: Vec<&str> = main_path(kind).map(|status| status.name.as_str()).collect();
        let words = format!("{} Its path: {}.", kind.summary, path.join(", "));
        let _ = writeln!(text, "{}", wrapped(&lead, &words, width));
    }
    text + "\nFor the life of one, run `precedent explain process KIND`.\n"
}

/// The statuses of a kind, what each says and asks for, and where it may lead.
pub(super) fn text(kind: &Kind, width: usize) -> String {
    let mut text = format!("{HEADING}{}{HEADING:#} (`{}`)\n\n", kind.label, kind.name);
    let _ = writeln!(text, "{}\n", wrapped("", &kind.summary, width));
    for status in &kind.lifecycle.statuses {
        let off = if status.step.is_none() { ", off the main path" } else { "" };
        let _ = writeln!(text, "{HEADING}{}{HEADING:#}{off}", status.name);
        let _ = writeln!(text, "{}", wrapped("  ", &format!("{}.", capitalised(&status.meaning())), width));
        for (lead, words) in [
            ("  asks for sections: ", sections(kind, status)),
            ("  asks for fields: ", fields(kind, status)),
            ("  asks for sign-offs: ", sign_offs(kind, status)),
            ("  may become: ", next(kind, status)),
        ] {
            if !words.is_empty() {
                let _ = writeln!(text, "{}", wrapped(lead, &words.join(", "), width));
            }
        }
        text.push('\n');
    }
    text + "What is marked with * is asked for under a condition; `precedent check` tells when.\n"
}

/// The life of a kind as a Mermaid diagram.
pub(super) fn diagram(kind: &Kind) -> String {
    // No word of the language is one of ours.
    let id = |name: &str| name.replace(|c: char| !c.is_alphanumeric(), "_") + "_";
    let mut text = format!("stateDiagram-v2\n    accTitle: The life of {}\n", kind.plural);
    for status in &kind.lifecycle.statuses {
        let _ = writeln!(text, "    {}: {}", id(&status.name), status.label.replace([':', ';', '#', '"'], " "));
    }
    if let Some(first) = kind.lifecycle.statuses.first() {
        let _ = writeln!(text, "    [*] --> {}", id(&first.name));
    }
    for (from, to) in &kind.lifecycle.transitions {
        let _ = writeln!(text, "    {} --> {}", id(from), id(to));
    }
    for status in kind.lifecycle.statuses.iter().filter(|status| next(kind, status).is_empty()) {
        let _ = writeln!(text, "    {} --> [*]", id(&status.name));
    }
    text
}

/// The kinds that have statuses.
pub(super) fn lives(config: &Config) -> impl Iterator<Item = &Kind> {
    config.kinds.iter().map(AsRef::as_ref).filter(|kind| !kind.is_chapter())
}

fn main_path(kind: &Kind) -> impl Iterator<Item = &Status> {
    kind.lifecycle.statuses.iter().map(AsRef::as_ref).filter(|status| status.step.is_some())
}

fn next(kind: &Kind, status: &Status) -> Vec<String> {
    kind.lifecycle.next(status).map(|next| next.name.clone()).collect()
}

/// What is asked for from this status on; what was asked for before is not said again.
fn sections(kind: &Kind, status: &Status) -> Vec<String> {
    let asked = kind.sections.iter().filter(|section| section.from == status.name);
    asked.map(|section: &SectionRule| marked(&section.name, section.when.is_empty())).collect()
}

fn fields(kind: &Kind, status: &Status) -> Vec<String> {
    let asked = kind.fields.iter().filter(|field| field.from == status.name);
    asked.map(|field| marked(&field.name, field.when.is_empty())).collect()
}

fn sign_offs(kind: &Kind, status: &Status) -> Vec<String> {
    let asked = kind.sign_offs.iter().filter(|rule| rule.from == status.name);
    asked.map(|rule| marked(&rule.roles.join(" or "), rule.when.is_empty())).collect()
}

fn marked(name: &str, is_always: bool) -> String {
    // A no-break space keeps a name on one line.
    let name = name.replace(' ', "\u{a0}");
    if is_always { name } else { format!("{name}*") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Diagrams;

    #[test]
    fn every_life_is_told_and_drawn() {
        let config = Config::builtin();
        let diagrams = Diagrams::default();
        for kind in lives(&config) {
            let told = text(kind, 80);
            for status in &kind.lifecycle.statuses {
                assert!(told.contains(&status.name), "{}: {}", kind.name, status.name);
            }
            assert!(told.lines().all(|line| line.chars().count() <= 100), "{told}");
            if cfg!(feature = "diagrams") {
                assert!(diagrams.draw(&diagram(kind), &config.limits.text).is_ok(), "{}", diagram(kind));
            }
        }
        assert!(list(&config, 80).contains("deprecation"));
    }
}
