//! One entry as bytes: what it was made from, what was made, and a checksum over both.

use super::fields::{next_field, push_field};
use crate::text::Digest;

/// Bytes; nothing larger is remembered.
pub(super) const LARGEST: usize = 8 * 1024 * 1024;

/// Bytes of an entry besides its source and its value.
pub(super) const FRAME: usize = 2 * size_of::<u32>() + CHECKSUM;

/// Bytes at the end of an entry.
const CHECKSUM: usize = size_of::<u128>();

/// An entry, ready to be written.
pub(super) fn encode(source: &str, value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(source.len() + value.len() + FRAME);
    push_field(&mut bytes, source.as_bytes());
    push_field(&mut bytes, value);
    let checksum = Digest::of(&bytes);
    bytes.extend(checksum.0.to_le_bytes());
    bytes
}

/// The source and the value of an entry; `None` unless it is whole.
pub(super) fn decode(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (mut fields, checksum) = bytes.split_last_chunk::<CHECKSUM>()?;
    if Digest::of(fields).0 != u128::from_le_bytes(*checksum) {
        return None;
    }
    let (source, value) = (next_field(&mut fields)?, next_field(&mut fields)?);
    fields.is_empty().then_some((source, value))
}
