//! 4. What the process asks.

mod rule;
mod rules;
mod run;

pub use rule::{Check, Context, Rule};
pub use rules::RULES;
pub use run::{check_log, check_record, level, with_levels};
