//! From a source to a record.

use super::record::Record;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::Source;

impl Record {
    /// Total: a broken head still gives a record, and diagnostics beside it.
    pub fn parse(_source: &Source, _config: &Config) -> (Record, Vec<Diagnostic>) {
        todo!()
    }
}
