//! Who has to do with which records, and in which roles.

use crate::config::Config;
use crate::log::DecisionLog;
use crate::page::person::{PersonView, person};
use crate::page::route::Route;
use crate::page::slugs::Slugs;
use crate::record::Record;
use crate::text::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// What someone is to a record, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::page) enum Role {
    /// Answers for what is taken away.
    Owns,
    /// Moves the decision forward.
    Drives,
    /// Decides.
    Approves,
    /// Has a system that must move off what is taken away.
    Migrates,
    /// Signed.
    SignedOff,
    /// Gives input.
    Contributes,
    /// Was spoken to before the review.
    Consulted,
}

/// By record: what someone is to it.
pub(in crate::page) type Roles = BTreeMap<usize, BTreeSet<Role>>;

/// Someone who is named in the log or in the settings.
#[derive(Debug)]
pub(in crate::page) struct Owner {
    /// As the settings spell it, else as it is first written.
    pub(in crate::page) handle: String,
    /// How readers know them.
    pub(in crate::page) person: PersonView,
    /// Their page.
    pub(in crate::page) route: Route,
    /// The last part of its address.
    pub(in crate::page) slug: String,
    /// What they are to which records.
    pub(in crate::page) roles: Roles,
}

/// Everyone, by name.
#[derive(Debug, Default)]
pub(in crate::page) struct People {
    /// Everyone.
    pub(in crate::page) owners: Vec<Owner>,
    by_key: BTreeMap<Key, usize>,
    known: Known,
}

/// What makes two handles one person: an entry of the settings, else the letters without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Known(String),
    Free(String),
}

impl Role {
    /// The heading over the records in which someone has it.
    pub(in crate::page) fn heading(self) -> &'static str {
        match self {
            Role::Owns => "Owns",
            Role::Drives => "Drives",
            Role::Approves => "Approves",
            Role::Migrates => "Has to move",
            Role::SignedOff => "Signed off",
            Role::Contributes => "Contributes to",
            Role::Consulted => "Consulted on",
        }
    }
}

impl People {
    /// Finds everyone in the settings and in the records that are no chapters.
    pub(in crate::page) fn of(log: &DecisionLog, config: &Config) -> People {
        let known = Known::of(config);
        let mut found: BTreeMap<Key, Found> = BTreeMap::new();
        for handle in config.policy.people.keys() {
            found.insert(Key::Known(handle.clone()), Found::named(handle));
        }
        for (position, record) in log.records().iter().enumerate().filter(|(_, record)| !record.kind.is_chapter()) {
            for (role, handle) in handles(record) {
                let Some(key) = known.key(&handle.value) else { continue };
                let person = found.entry(key).or_insert_with(|| Found::named(handle.value.trim()));
                person.roles.entry(position).or_default().insert(role);
            }
        }
        let mut all: Vec<(PersonView, Key, Found)> =
            found.into_iter().map(|(key, found)| (person(&found.handle, config), key, found)).collect();
        all.sort_by_cached_key(|(person, key, _)| (person.name.to_lowercase(), key.clone()));
        let mut people = People { known, ..People::default() };
        let mut slugs = Slugs::default();
        for (at, (person, key, Found { handle: written, roles })) in all.into_iter().enumerate() {
            let (Key::Known(handle) | Key::Free(handle)) = &key;
            let slug = slugs.unique(handle);
            let route = Route(format!("log/owner/{slug}.html"));
            people.by_key.insert(key, at);
            people.owners.push(Owner { handle: written, person, route, slug, roles });
        }
        people
    }

    /// The place of a handle among everyone.
    pub(in crate::page) fn at(&self, handle: &str) -> Option<usize> {
        self.by_key.get(&self.known.key(handle)?).copied()
    }

    /// Whom to ask about a record: its driver, else the owner of what it takes away, else its approver.
    pub(in crate::page) fn primary(&self, record: &Record) -> Option<usize> {
        let daci = record.front.daci.as_ref().map(|daci| &daci.value);
        let driver = daci.and_then(|daci| daci.driver.as_ref());
        let owner = record.front.deprecation.as_ref().and_then(|deprecation| deprecation.value.owner.as_ref());
        let approver = daci.and_then(|daci| daci.approver.first());
        [driver, owner, approver].into_iter().flatten().find_map(|handle| self.at(&handle.value))
    }
}

/// Someone, before they have an address.
struct Found {
    handle: String,
    roles: Roles,
}

impl Found {
    fn named(handle: &str) -> Found {
        Found { handle: handle.to_owned(), roles: Roles::new() }
    }
}

/// The handles of the settings.
#[derive(Debug, Default)]
struct Known {
    exact: BTreeSet<String>,
    /// By its letters in lower case: the handle; `None` where two differ in case alone, so that a third spelling is neither.
    alike: BTreeMap<String, Option<String>>,
}

impl Known {
    fn of(config: &Config) -> Known {
        let mut known = Known::default();
        for handle in config.policy.people.keys() {
            known.exact.insert(handle.clone());
            let alike = known.alike.entry(handle.to_lowercase());
            alike.and_modify(|alike| *alike = None).or_insert_with(|| Some(handle.clone()));
        }
        known
    }

    /// `None` for a handle that names nobody.
    fn key(&self, handle: &str) -> Option<Key> {
        let bare = handle.trim().trim_start_matches('@').trim();
        if bare.is_empty() {
            return None;
        }
        if let Some(exact) = [handle, bare].into_iter().find(|handle| self.exact.contains(*handle)) {
            return Some(Key::Known(exact.to_owned()));
        }
        let free = bare.to_lowercase();
        let known = self.alike.get(&free).and_then(Option::clone);
        Some(known.map_or(Key::Free(free), Key::Known))
    }
}

/// Whether two versions of a record name the same people in the same roles.
pub(in crate::page) fn has_people_of(one: &Record, other: &Record) -> bool {
    let all = |record: &Record| -> Vec<(Role, String)> {
        handles(record).into_iter().map(|(role, handle)| (role, handle.value.clone())).collect()
    };
    one.kind.is_chapter() == other.kind.is_chapter() && all(one) == all(other)
}

/// Every handle of a record, with its role.
fn handles(record: &Record) -> Vec<(Role, &Spanned<String>)> {
    let front = &record.front;
    let mut handles: Vec<(Role, &Spanned<String>)> = Vec::new();
    if let Some(daci) = front.daci.as_ref().map(|daci| &daci.value) {
        handles.extend(daci.driver.iter().map(|handle| (Role::Drives, handle)));
        handles.extend(daci.approver.iter().map(|handle| (Role::Approves, handle)));
        handles.extend(daci.contributors.iter().map(|handle| (Role::Contributes, handle)));
    }
    if let Some(deprecation) = front.deprecation.as_ref().map(|deprecation| &deprecation.value) {
        handles.extend(deprecation.owner.iter().map(|handle| (Role::Owns, handle)));
        let movers = deprecation.consumers.iter().filter(|consumer| consumer.migrated.is_none());
        handles.extend(movers.filter_map(|consumer| consumer.owner.as_ref()).map(|handle| (Role::Migrates, handle)));
    }
    let signers = front.sign_offs.iter().filter_map(|row| row.value.by.as_ref());
    handles.extend(signers.map(|handle| (Role::SignedOff, handle)));
    let consulted = front.consulted.iter().filter_map(|row| row.value.who.as_ref());
    handles.extend(consulted.map(|handle| (Role::Consulted, handle)));
    handles
}
