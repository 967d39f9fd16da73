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
    /// Nothing is there, at this path of the project.
    Missing(SourcePath),
    /// It leads out of the project.
    Outside,
    /// Its scheme is not allowed: `javascript`.
    Forbidden(String),
}
