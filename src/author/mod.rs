//! What writes records: a first draft, and the few values that a process adds to one, each planned as data and written by whoever asked.

mod change;
mod circulation;
mod dissent;
mod draft;
mod escalation;
mod find;
mod form;
mod former;
mod head;
mod literal;
mod measure;
mod migrate;
mod model;
mod naming;
mod own;
mod people;
mod series;
mod sign;
mod slug;
mod step;
mod top;

pub use change::Change;
pub use circulation::{Spoken, circulation};
pub use dissent::dissent;
pub use draft::{Draft, Wish, draft};
pub use find::{find, name};
pub use former::{Vouched, circulated, former, vouched};
pub use head::{Revised, revised};
pub use literal::Literal;
pub use measure::measure;
pub use migrate::{Form, Refusal, migrated};
pub use people::known;
pub use sign::sign;
pub use step::{advance, onward_of, way_to_test};
