//! How words are found again among those that were met before.

use std::hash::{BuildHasher, Hasher, RandomState};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Makes hashes of texts; another one each time, so that nobody can write words that all hash to the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seed(u64);

impl Default for Seed {
    fn default() -> Seed {
        Seed(RandomState::new().hash_one(0))
    }
}

impl BuildHasher for Seed {
    type Hasher = OfText;

    fn build_hasher(&self) -> OfText {
        OfText(self.0)
    }
}

/// The hash of one text.
pub(super) struct OfText(u64);

impl Hasher for OfText {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    /// A text is hashed whole, and the byte behind it says only that it ends.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}
