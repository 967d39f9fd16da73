//! The list of rules: one line each.

use super::rule::Rule;

macro_rules! rules {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// Every rule, in catalogue order.
        pub const RULES: &[Rule] = &[$($name::RULE),*];
    };
}

rules! {
    unread_file,
    malformed_front_matter,
    unknown_field,
    invalid_value,
    unknown_kind,
    unknown_status,
    missing_title,
    missing_field,
    missing_section,
    empty_section,
    leftover_placeholder,
    duplicate_id,
    mismatched_id,
    broken_link,
    broken_anchor,
    missing_image,
    missing_alt_text,
    broken_diagram,
    broken_relation,
    self_relation,
    relation_cycle,
    premature_supersession,
    duplicate_address,
    unpublished_asset,
}
