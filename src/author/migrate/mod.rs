//! Moves what a record says of itself into a head of another form: planned as edits, and held against what was said before.

mod carried;
mod cut;
mod doubt;
mod head;
mod moving;
mod plan;
mod said;

pub use doubt::Refusal;
pub use moving::Form;
pub use plan::migrated;
