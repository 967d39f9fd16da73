//! YAML into the tree, as much of it as can be read.

mod block;
mod build;
mod fault;
mod read;

pub use read::parse_yaml;
