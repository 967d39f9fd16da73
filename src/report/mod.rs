//! How findings leave: one file per format.

mod excerpt;
mod summary;
mod terminal;

pub use summary::Summary;
pub use terminal::{Style, terminal};
