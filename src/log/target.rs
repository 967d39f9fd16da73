//! What a link's target means.

use crate::text::SourcePath;

/// Where a target leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another site.
    External(String),
    /// A record of the log, and perhaps an anchor in it.
    Record {
        /// Its position in the log.
        record: usize,
        /// The fragment, decoded, without `#`.
        anchor: Option<String>,
    },
    /// A file below the content folder that is not a text.
    Asset(SourcePath),
    /// Nothing is there.
    Missing {
        /// The path it names, relative to the project.
        path: String,
        /// The nearest thing that is there, as a link from the same record.
        nearest: Option<String>,
    },
    /// It leads out of the project.
    Outside,
    /// Its scheme is not allowed: `javascript`.
    Forbidden(String),
}
