//! 4. What the process asks.

mod absence;
mod allow;
mod alternative;
mod amount;
mod blank;
mod claim;
mod clash;
mod demand;
mod drift;
mod findings;
mod handle;
mod level;
mod overdue;
mod question;
mod rule;
mod rules;
mod run;
mod section;
mod sentence;
mod setting;
mod stated;
mod target;
mod target_value;
mod template;
mod timeline;
mod told;
mod topic;
#[cfg(test)]
mod trial;
mod weigh;
mod wording;

pub use absence::field_advice;
pub use allow::{Allows, may_be_allowed};
pub use clash::{Merge, clashes};
pub use demand::applies;
pub use drift::{is_drift, with_words};
pub use findings::{Findings, OfFile, by_file};
pub use handle::is_same as is_same_person;
pub use level::{is_about_pages, level};
pub use question::open_questions;
pub use rule::{Check, Context, Group, Rule, Subject};
pub use rules::{GROUPS, RULES};
pub use run::{check_among, check_log, check_record, with_levels};
pub use target_value::{is_measured, meets_target};
pub use wording::in_own_words;
