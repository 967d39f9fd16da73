//! People as readers know them.

use crate::config::Config;
use crate::record::Record;
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

/// Whom to ask about a record: its driver, else its approver, else the owner of what it takes away.
pub(super) fn owner(record: &Record, config: &Config) -> Option<String> {
    let daci = record.front.daci.as_ref().map(|daci| &daci.value);
    let driver = daci.and_then(|daci| daci.driver.as_ref());
    let approver = daci.and_then(|daci| daci.approver.first());
    let owner = record.front.deprecation.as_ref().and_then(|deprecation| deprecation.value.owner.as_ref());
    driver.or(owner).or(approver).map(|handle| person(&handle.value, config).name)
}
