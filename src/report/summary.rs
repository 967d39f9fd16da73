//! What was read and what was found, in numbers.

/// Counts for the last lines of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Records and chapters read.
    pub records: usize,
    /// Links followed.
    pub links: usize,
    /// Diagrams parsed.
    pub diagrams: usize,
    /// Findings that are denied.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Files that could not be read, with the reason in their findings.
    pub unread: usize,
}
