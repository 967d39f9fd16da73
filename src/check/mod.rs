//! 4. What the process asks.

mod absence;
mod demand;
mod level;
mod rule;
mod rules;
mod run;
mod section;
mod target;
mod template;
#[cfg(test)]
mod trial;

pub use level::level;
pub use rule::{Check, Context, Rule, Subject};
pub use rules::RULES;
pub use run::{check_log, check_record, with_levels};
