//! The line, run once or run again.

mod examine;
mod snapshot;

pub use snapshot::{Demand, Drafts, Snapshot, Workspace};
