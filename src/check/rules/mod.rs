//! The list of rules: one line each.

use super::rule::Rule;

/// Every rule, in catalogue order.
pub const RULES: &[Rule] = &[];
