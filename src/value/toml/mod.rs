//! TOML into the tree, as much of it as can be read.

mod convert;
mod fault;
mod read;
mod repair;
mod scan;

pub use read::parse_toml;
