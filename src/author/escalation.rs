//! What an escalation takes over from the record that is disagreed about: two options, and who stands where.

use super::find::name;
use super::form::Part;
use crate::record::{Headings, Record};
use crate::text::{SourcePath, destination};

/// Fills in the options, as seen from a new file.
pub(super) fn draw(parts: &mut [Part], about: &Record, here: &SourcePath) {
    let link = destination(&about.path().link_from(here));
    let named = name(about);
    for part in parts {
        match part.name.as_str() {
            "Option A" => {
                part.more = format!(": {}", about.title);
                part.drawn = format!("What [{named}]({link}) proposes.{}", list(&for_it(about)));
            }
            "Option B" => {
                let others = alternatives(about);
                if let [only] = others.as_slice() {
                    part.more = format!(": {only}");
                }
                let weighed = match others.as_slice() {
                    [] => String::new(),
                    others => format!("What [{named}]({link}) weighs against it: {}.", others.join("; ")),
                };
                part.drawn = format!("{weighed}{}", list(&against_it(about))).trim().to_owned();
            }
            _ => {}
        }
    }
}

fn list(items: &[String]) -> String {
    if items.is_empty() {
        String::new()
    } else {
        format!("\n\n{}", items.iter().map(|item| format!("- {item}\n")).collect::<String>())
    }
}

fn for_it(about: &Record) -> Vec<String> {
    let daci = about.front.daci.as_ref().map(|daci| &daci.value);
    let driver = daci.and_then(|daci| daci.driver.as_ref()).map(|driver| format!("`{}` drives it.", driver.value));
    driver.into_iter().chain(stances(about, &[("supports", "supports it")])).collect()
}

fn against_it(about: &Record) -> Vec<String> {
    let dissent = about.front.dissent.iter().filter_map(|row| {
        let (who, position) = (row.value.who.as_ref()?, row.value.position.as_ref());
        Some(said(&who.value, "disagrees", position.map(|position| position.value.as_str())))
    });
    dissent.chain(stances(about, &[("opposed", "is opposed"), ("concerned", "is concerned")])).collect()
}

/// Who took one of some stances when they were asked.
fn stances(about: &Record, stances: &[(&str, &str)]) -> Vec<String> {
    let rows = about.front.consulted.iter().map(|row| &row.value);
    let said = |row: &crate::record::Consulted| {
        let (who, stance) = (row.who.as_ref()?, row.stance.as_ref()?);
        let (_, words) = stances.iter().find(|(known, _)| *known == stance.value)?;
        Some(said(&who.value, words, row.outcome.as_ref().map(|outcome| outcome.value.as_str())))
    };
    rows.filter_map(said).collect()
}

fn said(who: &str, does: &str, words: Option<&str>) -> String {
    match words.map(|words| words.trim().trim_end_matches('.')).filter(|words| !words.is_empty()) {
        Some(words) => format!("`{who}` {does}: {words}."),
        None => format!("`{who}` {does}."),
    }
}

/// The alternatives that a record names in headings, but for doing nothing.
fn alternatives(about: &Record) -> Vec<String> {
    let headings = Headings::of(about);
    let rules = about.kind.sections.iter().filter(|rule| rule.alternatives > 0);
    let sections = rules.flat_map(|rule| headings.named(rule));
    let parts = sections.flat_map(|section| {
        let inside = about.outline.sections.iter().filter(|part| section.body.contains(part.heading));
        inside.filter(|part| part.level == section.level + 1)
    });
    let titles = parts.map(|part| part.title.trim().to_owned());
    titles.filter(|title| !title.is_empty() && !title.to_lowercase().contains("nothing")).collect()
}
