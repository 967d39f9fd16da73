//! What a reader searches in: an index in small files, made when the site is.

mod code;
mod count;
mod entry;
mod facet;
mod index;
mod letter;
mod posting;
mod row;
mod shard;
mod word;

pub use entry::{Entry, Passage, Read, Standing};
pub use index::{BATCH, Index, index};
pub use row::Shard;
