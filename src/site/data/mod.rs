//! `log.json`: the decision log for programs, and the schema that describes it.

mod finding;
mod kind;
mod log;
mod process;
mod record;
pub(super) use log::log_json;

pub use log::records_json;

/// The JSON Schema of `log.json`, published beside it.
pub const LOG_SCHEMA: &str = include_str!("log.schema.json");

/// Where the log stands as data.
pub(super) const DATA: &str = "log.json";

/// What describes it.
pub(super) const DATA_SCHEMA: &str = "log.schema.json";
