//! What a link's target means.

/// Where a target leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another site.
    External(String),
    /// A record of the log (its position), and perhaps an anchor in it.
    Record {
        /// Position in the log.
        record: usize,
        /// The fragment, decoded, without `#`.
        anchor: Option<String>,
    },
    /// An asset below the content folder.
    Asset(crate::text::SourcePath),
    /// A page that the site makes itself: `rules/short-pre-read`, relative to the site's root, without an extension.
    Page(String),
    /// Nothing is there; the path it names, relative to the project, and the nearest thing that is.
    Missing {
        /// What it names, or what was written when that is outside the project.
        path: String,
        /// The nearest existing path, as a link from the same record.
        nearest: Option<String>,
    },
    /// It leads out of the project.
    Outside,
    /// A scheme that is not allowed: `javascript:`.
    Forbidden(String),
}
