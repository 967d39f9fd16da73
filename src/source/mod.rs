//! 1. What is on disk, read once.

mod decode;
mod disk;
mod files;
mod load;
mod memory;

pub use disk::{Disk, MANIFEST};
pub use files::{Entry, Fault, Files};
pub use load::{Asset, Source, Sources};
pub use memory::Memory;
