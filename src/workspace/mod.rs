//! The line, run once or run again.

mod counts;
mod demand;
mod examine;
mod joined;
mod kept;
mod known;
mod ledger;
mod maker;
mod memory;
mod past;
mod pre_read;
mod preview;
mod snapshot;

pub use demand::{Demand, Drafts};
pub use kept::{kept, tell_words, usual_place};
pub use memory::Changes;
pub use snapshot::{Snapshot, Workspace};
