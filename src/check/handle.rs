//! Who is named in a record's front matter.

use crate::config::{Config, Person};
use crate::record::FrontMatter;
use crate::text::Spanned;

/// Every handle that the front matter names, in the order of its tables.
pub(super) fn handles(front: &FrontMatter) -> Vec<&Spanned<String>> {
    let mut handles = Vec::new();
    if let Some(daci) = &front.daci {
        let daci = &daci.value;
        handles.extend(daci.driver.iter().chain(&daci.approver).chain(&daci.contributors).chain(&daci.informed));
    }
    handles.extend(front.consulted.iter().filter_map(|row| row.value.who.as_ref()));
    handles.extend(front.sign_offs.iter().filter_map(|row| row.value.by.as_ref()));
    handles.extend(front.dissent.iter().filter_map(|row| row.value.who.as_ref()));
    if let Some(deprecation) = &front.deprecation {
        handles.extend(&deprecation.value.owner);
        handles.extend(deprecation.value.consumers.iter().filter_map(|consumer| consumer.owner.as_ref()));
    }
    handles
}

/// A handle without the `@` that some write before it.
pub(super) fn bare(handle: &str) -> &str {
    handle.trim().trim_start_matches('@')
}

/// Whether two handles are the same person's, with `@` or without, in any case.
pub fn is_same(one: &str, other: &str) -> bool {
    bare(one).eq_ignore_ascii_case(bare(other))
}

/// The person of a handle, where the organisation lists its people.
pub(super) fn person<'a>(handle: &str, config: &'a Config) -> Option<&'a Person> {
    let people = &config.policy.people;
    people.get(handle).or_else(|| people.get(bare(handle)))
}
