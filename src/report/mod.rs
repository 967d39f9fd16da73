//! How findings leave: one file per format.

mod excerpt;
mod summary;
mod terminal;

pub use summary::{Summary, count, verdict};
pub use terminal::{Style, terminal};
