//! What reading a diagram gave, without drawing it.

use super::problem::Problem;
use super::size::Size;

/// What reading one source gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// What it holds; `None` for one that cannot be read.
    pub(super) size: Option<Size>,
    /// What is wrong with it.
    pub(super) problems: Vec<Problem>,
}
