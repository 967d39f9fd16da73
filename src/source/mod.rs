//! 1. What is on disk, read once; and edits, on their way back.

mod active;
mod again;
mod decode;
mod disk;
mod edit;
mod files;
mod limit;
mod listed;
mod load;
mod memory;
mod overlay;
mod speaker;
mod text;

pub use again::Difference;
pub use disk::{Disk, Expected, MANIFEST, PackFolder};
pub use edit::{Applied, apply};
pub use files::{Entry, Fault, Files, Look};
pub use limit::FileLimits;
pub use listed::Listed;
pub use load::{Asset, Sources, Unfit};
pub use memory::Memory;
pub use overlay::Overlay;
pub use text::{Shelf, Source};
