//! Who holds which role in a decision, each with the page of what they have to do with.

use super::link::Map;
use super::person::{PersonView, person};
use crate::record::Record;
use crate::text::Spanned;
use serde::Serialize;

/// The people who hold one role in a decision.
#[derive(Debug, Serialize)]
pub(super) struct OwnersView {
    pub(super) role: &'static str,
    pub(super) people: Vec<PersonView>,
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
