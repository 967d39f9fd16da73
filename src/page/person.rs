//! People as readers know them.

use super::link::Map;
use crate::config::Config;
use crate::record::Record;
use crate::text::Spanned;
use serde::Serialize;

/// Someone, by name where the settings list them, else by handle.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PersonView {
    pub(super) name: String,
    /// What they do, and where; empty when unknown.
    pub(super) role: String,
    /// Whether they have left.
    pub(super) left: bool,
    /// The page of what they have to do with; `None` where there is none.
    pub(super) href: Option<String>,
}

/// The people who hold one role in a decision.
#[derive(Debug, Serialize)]
pub(super) struct OwnersView {
    pub(super) role: &'static str,
    pub(super) people: Vec<PersonView>,
}

/// A handle as a person.
pub(super) fn person(handle: &str, config: &Config) -> PersonView {
    let bare = handle.trim_start_matches('@');
    match config.policy.people.get(handle).or_else(|| config.policy.people.get(bare)) {
        Some(known) => {
            let words = [known.role.as_str(), known.team.as_str()];
            let role: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            let name = if known.name.is_empty() { handle.to_owned() } else { known.name.clone() };
            PersonView { name, role: role.join(", "), left: !known.active, href: None }
        }
        None => PersonView { name: handle.to_owned(), role: String::new(), left: false, href: None },
    }
}

impl Map<'_> {
    /// A handle as a person, with the page of what they have to do with.
    pub(super) fn person(&self, handle: &str) -> PersonView {
        let people = &self.addresses.people;
        let owner = people.at(handle).and_then(|at| people.owners.get(at));
        PersonView { href: owner.map(|owner| owner.route.href()), ..person(handle, self.config) }
    }
}

/// Who holds which role, by DACI; a deprecation's owner comes first. Roles without people are left out.
pub(super) fn owners(record: &Record, map: Map<'_>) -> Vec<OwnersView> {
    let mut roles: Vec<(&'static str, Vec<&Spanned<String>>)> = Vec::new();
    if let Some(deprecation) = &record.front.deprecation {
        roles.push(("Owner", deprecation.value.owner.iter().collect()));
    }
    if let Some(daci) = &record.front.daci {
        let daci = &daci.value;
        roles.push(("Driver", daci.driver.iter().collect()));
        roles.push((if daci.approver.len() > 1 { "Approvers" } else { "Approver" }, daci.approver.iter().collect()));
        roles.push(("Contributors", daci.contributors.iter().collect()));
        roles.push(("Informed", daci.informed.iter().collect()));
    }
    let named = roles.into_iter().filter(|(_, handles)| !handles.is_empty());
    named
        .map(|(role, handles)| {
            let people = handles.into_iter().map(|handle| map.person(&handle.value)).collect();
            OwnersView { role, people }
        })
        .collect()
}

/// Whom to ask about a record: its driver, else its approver, else the owner of what it takes away.
pub(super) fn owner(record: &Record, config: &Config) -> Option<String> {
    let daci = record.front.daci.as_ref().map(|daci| &daci.value);
    let driver = daci.and_then(|daci| daci.driver.as_ref());
    let approver = daci.and_then(|daci| daci.approver.first());
    let owner = record.front.deprecation.as_ref().and_then(|deprecation| deprecation.value.owner.as_ref());
    driver.or(owner).or(approver).map(|handle| person(&handle.value, config).name)
}
