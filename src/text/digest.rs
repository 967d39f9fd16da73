//! Fingerprints.

use std::fmt;
use std::io::{self, Read};

/// A stable fingerprint of bytes (XXH3, 128 bits): equal bytes, equal digest; not for signatures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub u128);

impl Digest {
    /// The fingerprint of some bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// A fingerprint as it was written.
    pub fn parse(text: &str) -> Option<Digest> {
        if text.len() > 32 || text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        // Halves fit in what a machine reckons with.
        let half = |text: &str| if text.is_empty() { Some(0) } else { u64::from_str_radix(text, 16).ok() };
        let (high, low) = text.split_at_checked(text.len().saturating_sub(16))?;
        Some(Digest(u128::from(half(high)?) << 64 | u128::from(half(low)?)))
    }

    /// The fingerprint of all that can be read, and how many bytes that is; they are not held together.
    ///
    /// # Errors
    /// When reading fails.
    pub fn of_all(mut from: impl Read) -> io::Result<(Digest, u64)> {
        let mut state = xxhash_rust::xxh3::Xxh3Default::new();
        let mut bytes = vec![0; 64 * 1024];
        let mut length = 0;
        loop {
            match from.read(&mut bytes) {
                Ok(0) => return Ok((Digest(state.digest128()), length)),
                Ok(read) => {
                    state.update(bytes.get(..read).unwrap_or(&bytes));
                    length += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_it_is_written() {
        for digest in [Digest(0), Digest(1), Digest(u128::MAX), Digest(1 << 64), Digest::of(b"x")] {
            assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
            assert_eq!(Digest::parse(&format!("{:x}", digest.0)), Some(digest));
        }
        for text in ["", "+1", "g", "0x1", "é", &"0".repeat(33)] {
            assert_eq!(Digest::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_fingerprint_is_the_same_whole_or_in_parts() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|number| (number % 251) as u8).collect();
        for length in [0, 1, 240, 65_536, 65_537, 200_000] {
            let whole = &bytes[..length];
            assert_eq!(Digest::of_all(whole).unwrap(), (Digest::of(whole), length as u64));
        }
    }
}
