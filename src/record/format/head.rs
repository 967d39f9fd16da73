//! Heads of other processes: MADR, EIP and its like, KEP; what they say under names of their own.

use super::field::{Field, Holder};
use super::form::Format;
use super::key::Key;
use crate::text::{Spanned, kebab_case};
use crate::value::{Data, Scalar, Table, Value};

/// Keys that only KEPs have.
const KEP: &[&str] = &["kep-number", "owning-sig", "participating-sigs", "latest-milestone", "feature-gates"];

/// Keys that only the head of this tool has: with one of them, a head is nobody else's.
const OWN: &[&str] = &[
    "kind",
    "door",
    "scope",
    "sourcing",
    "daci",
    "sign-off",
    "review",
    "tracking",
    "review-by",
    "deprecation",
    "summary",
    "expires",
];

/// Keys of MADR, and those that Jekyll and its like add to any page.
const MADR: &[&str] = &["deciders", "decision-makers", "consulted", "informed", "date"];

/// Keys that a proposal has besides its status, of which it has two at least.
const PROPOSAL: &[&str] = &[
    "author",
    "authors",
    "discussions-to",
    "type",
    "category",
    "requires",
    "withdrawal-reason",
    "last-call-deadline",
    "editor",
];

/// Keys of the list above an RFC as Rust has it, where a team keeps the list as a head.
const LIST: &[&str] = &["feature", "feature-name", "start-date"];

/// Keys that say nothing of a record's own: a page of any site may have them.
const OF_PAGES: &[&str] = &[
    "layout",
    "parent",
    "nav_order",
    "nav-order",
    "description",
    "slug",
    "weight",
    "draft",
    "permalink",
    "sidebar_position",
    "sidebar_label",
    "has_children",
    "has_toc",
    "nav_exclude",
];

/// Which process wrote a head; `None` where it says nothing of a record, so that the text decides.
pub(super) fn format(table: &Table, is_toml: bool, is_numbered: bool) -> Option<Format> {
    let has = |keys: &[&str]| table.entries.iter().filter(|entry| keys.contains(&entry.key.value.as_str())).count();
    if table.entries.is_empty() || has(OF_PAGES) == table.entries.len() {
        return None;
    }
    Some(match () {
        // A KEP that was taken over says so by a table that no KEP has.
        () if has(&["kind", "daci"]) > 0 => Format::Native,
        () if has(KEP) > 0 => Format::Kep,
        () if table.get("adr").is_some() && has(OWN) == 0 => Format::Madr,
        () if has(OWN) > 0 => Format::Native,
        () if has(&["stage", "start-date"]) == 2 => Format::Proposal,
        () if is_numbered || has(PROPOSAL) > 1 => Format::Proposal,
        () if has(LIST) > 0 => Format::Bullets,
        () if is_toml => Format::Native,
        () if has(MADR) > 0 && table.get("created").is_none() => Format::Madr,
        () => Format::Native,
    })
}

/// Whether a head of YAML says no more than what any page may have, its title included: then the text says in which form it is.
pub(super) fn is_of_page(table: &Table, is_toml: bool) -> bool {
    let is_common = |key: &str| OF_PAGES.contains(&key) || ["title", "tags", "id"].contains(&key);
    !is_toml && table.entries.iter().all(|entry| is_common(&entry.key.value))
}

/// What a head says under names that are not this tool's own, of people, tickets and days.
pub(super) fn fields(table: &Table) -> Vec<Field> {
    const BORROWED: &[(&str, Key)] = &[
        ("author", Key::Authors),
        ("authors", Key::Authors),
        ("deciders", Key::Deciders),
        ("decision-makers", Key::Deciders),
        ("decision_makers", Key::Deciders),
        ("approvers", Key::Deciders),
        ("co-authors", Key::Contributors),
        ("reviewers", Key::Contributors),
        ("informed", Key::Informed),
        ("created", Key::Created),
        ("date", Key::Created),
        ("start-date", Key::Created),
        ("creation-date", Key::Created),
        ("date_proposed", Key::Created),
        ("updated", Key::Updated),
        ("last-updated", Key::Updated),
    ];
    let mut fields = Vec::new();
    // Ember's records have stages in place of statuses; in a KEP a stage is about the delivery.
    let stage = if table.get("status").is_none() { &[("stage", Key::Status)][..] } else { &[] };
    for (name, key) in stage.iter().chain(BORROWED) {
        let Some(entry) = table.entries.iter().find(|entry| entry.key.value == *name) else { continue };
        for value in texts(&entry.value) {
            fields.push(Field { key: *key, name: entry.key.clone(), value, holder: Holder::Head });
        }
    }
    fields
}

/// Puts the keys of a head that writes them in capitals as other heads write them: `DiscussionsTo` and `Discussions To` as
/// `discussions-to`. In a head that does so here and there, it is a slip and is left to be reported.
pub(in crate::record) fn uncapitalise(table: &mut Table) {
    let is_capital = |key: &str| key.starts_with(|c: char| c.is_ascii_uppercase());
    let capital = table.entries.iter().filter(|entry| is_capital(&entry.key.value)).count();
    if capital * 2 <= table.entries.len() {
        return;
    }
    for entry in &mut table.entries {
        entry.key.value = kebab_case(&entry.key.value);
    }
}

/// The texts of a value or of the items of a list.
fn texts(value: &Value) -> Vec<Spanned<String>> {
    let text = |item: &Value| match &item.data {
        Data::Scalar(Scalar::Null, _) | Data::List(_) | Data::Table(_) => None,
        Data::Scalar(_, text) => Some(Spanned::new(text.clone(), item.span)),
    };
    value.items().iter().filter_map(text).collect()
}

/// Whether a head is made of `key: value` lines alone, as a proposal's is by definition: then it need not be YAML.
pub(in crate::record) fn is_of_lines(head: &str) -> bool {
    let is_key = |line: &str| {
        line.split_once(':').is_some_and(|(key, _)| {
            !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        })
    };
    let mut lines = head.lines().filter(|line| !line.trim().is_empty()).peekable();
    lines.peek().is_some() && lines.all(|line| is_key(line) || line.starts_with([' ', '\t']))
}
