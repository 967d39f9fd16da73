//! `log.json`: the decision log for programs, and the schema that describes it.

mod finding;
mod kind;
mod log;
mod process;
mod record;
pub(super) use log::{DATA, DATA_SCHEMA, log_json};

pub use log::records_json;

/// The JSON Schema of `log.json`, published beside it.
pub const LOG_SCHEMA: &str = include_str!("log.schema.json");
