//! What git knows of files: when they came, when they changed and by whom, and what a branch has changed.

mod branch;
mod git;
mod life;
mod repository;
mod versions;
mod walk;

pub use branch::Branch;
pub use life::{History, Life};
pub use repository::Repository;
