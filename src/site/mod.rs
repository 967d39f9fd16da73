//! 6. What is published.

mod artifact;
mod data;
mod face;
mod head;
mod render;
mod write;

pub use artifact::Artifact;
pub use render::Site;
pub use write::{Written, write};
