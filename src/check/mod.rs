//! 4. What the process asks.

mod demand;
mod rule;
mod rules;
mod run;
mod section;
mod target;
mod template;
#[cfg(test)]
mod trial;

pub use rule::{Check, Context, Rule};
pub use rules::RULES;
pub use run::{check_log, check_record, level, with_levels};
