//! Structured values with spans: one tree for TOML and YAML, and a reader that reports every problem at once.

mod excerpt;
mod limit;
mod reader;
mod scalar;
mod suggest;
mod toml;
mod tree;
mod yaml;

pub use reader::{Findings, Reader};
pub use toml::parse_toml;
pub use tree::{Data, Entry, Scalar, Table, Value};
pub use yaml::parse_yaml;
