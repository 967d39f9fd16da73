//! Anchors by GitHub's rule.

/// The anchor of a heading: lower case, punctuation dropped, blanks to hyphens; letters of every script are kept.
pub fn slug(_title: &str) -> String {
    todo!()
}
