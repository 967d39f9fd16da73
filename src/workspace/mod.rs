//! The line, run once or run again.

mod demand;
mod examine;
mod kept;
mod maker;
mod memory;
mod past;
mod pre_read;
mod snapshot;

pub use demand::{Demand, Drafts};
pub use kept::{kept, tell_words, usual_place};
pub use memory::Changes;
pub use snapshot::{Snapshot, Workspace};
