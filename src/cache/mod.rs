//! What is dear to make, remembered from run to run in packs on disk that are never taken at their word.

mod entry;
mod fields;
mod folder;
mod keep;
mod kind;
mod pack;
mod row;
mod store;

pub use fields::{next_field, push_field};
pub use folder::{Aside, Folder, Pack};
pub use keep::Kept;
pub use kind::Kind;
pub use store::Cache;

#[cfg(test)]
mod tests;
