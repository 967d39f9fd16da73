//! How far the line is run.

/// How far the line is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Up to the findings.
    Findings,
    /// Up to the findings, with every text kept at hand: they are asked for again and again while one is being written.
    Editing,
    /// All of it.
    Site(Drafts),
    /// A site that is made as it is asked for, drafts included. What only drawing or publishing finds is not found.
    Preview,
}

/// What becomes of records with `draft = true`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// They are left out of the site, and no published file names them.
    Withheld,
    /// They are published like any other.
    Published,
}
