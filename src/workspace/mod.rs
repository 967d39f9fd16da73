//! The line, run once or run again.

mod examine;
mod memory;
mod snapshot;

pub use memory::Changes;
pub use snapshot::{Demand, Drafts, Snapshot, Workspace};
