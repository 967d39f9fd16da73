//! How records say what they say of themselves: one reader for each form, and what each thing said means.

mod day;
mod field;
mod form;
mod head;
mod html_table;
mod key;
mod line;
mod people;
mod section;
mod stated;
mod status;
mod table;
mod target;

pub use day::DayNumbers;
pub(super) use day::{day_by, days};
pub use field::{Field, Holder, shown};
pub use form::Format;
pub(super) use head::{is_of_lines, uncapitalise};
pub use key::Key;
pub(super) use people::ends_entity;
pub use people::names;
pub(super) use stated::{HeadOf, Stated};
pub(super) use status::{Reading, with_decision};
pub(super) use target::targets;
