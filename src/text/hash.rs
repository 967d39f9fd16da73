//! How texts are found again among those that were met before.

use std::hash::{BuildHasher, Hasher, RandomState};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Makes hashes of texts, sooner than the standard library does; others for each map, so that nobody can write texts that all hash
/// to the same.
#[derive(Clone, Copy, Debug)]
pub struct TextHash(u64);

impl Default for TextHash {
    fn default() -> TextHash {
        TextHash(RandomState::new().hash_one(0))
    }
}

impl BuildHasher for TextHash {
    type Hasher = OfText;

    fn build_hasher(&self) -> OfText {
        OfText(self.0)
    }
}

/// The hash of one text.
#[derive(Clone, Copy, Debug)]
pub struct OfText(u64);

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
