//! The table at the end of a pack: where each entry stands.

use super::entry;
use super::kind::Kind;
use crate::text::Digest;

/// The first and the last bytes of a pack. Another layout of packs or entries gets another number.
const MAGIC: &[u8; 8] = b"precpk01";
/// Bytes before the first entry: the magic and the maker.
pub(super) const HEAD: usize = 24;
/// Bytes of a row.
const ROW: usize = 32;
/// Bytes after the last row: where the table starts, how many rows it has, a checksum and the magic.
pub(super) const TAIL: usize = 40;
/// Rows; a table that claims more is not read.
const MOST_ROWS: u64 = 4_000_000;

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) kind: Kind,
    /// The digest of its source.
    pub(super) key: Digest,
    pub(super) offset: u64,
    pub(super) length: u32,
}

/// Where the table of a pack stands, as its last bytes say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail {
    pub(super) start: u64,
    pub(super) length: usize,
    rows: u64,
    checksum: u128,
}

/// The first bytes of a pack.
pub(super) fn head(maker: Digest) -> Vec<u8> {
    [MAGIC.as_slice(), &maker.0.to_le_bytes()].concat()
}

/// The table and the last bytes of a pack whose entries end at `start`.
pub(super) fn encode(maker: Digest, rows: &[Row], start: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rows.len() * ROW + TAIL);
    for row in rows {
        bytes.extend(row.key.0.to_le_bytes());
        bytes.extend(row.offset.to_le_bytes());
        bytes.extend(row.length.to_le_bytes());
        bytes.extend((row.kind as u32).to_le_bytes());
    }
    let count = rows.len() as u64;
    let checksum = checksum(maker, &bytes, start, count);
    bytes.extend(start.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(checksum.to_le_bytes());
    bytes.extend(MAGIC);
    bytes
}

/// Reads the last bytes of a pack of `size` bytes.
pub(super) fn tail(mut bytes: &[u8], size: u64) -> Option<Tail> {
    let (start, rows) = (u64::from_le_bytes(*take(&mut bytes)?), u64::from_le_bytes(*take(&mut bytes)?));
    let checksum = u128::from_le_bytes(*take(&mut bytes)?);
    if bytes != MAGIC || rows > MOST_ROWS {
        return None;
    }
    let length = rows.checked_mul(ROW as u64)?;
    let end = start.checked_add(length)?.checked_add(TAIL as u64)?;
    let length = usize::try_from(length).ok()?;
    (start >= HEAD as u64 && end == size).then_some(Tail { start, length, rows, checksum })
}

/// Reads the table; `None` unless it is whole, in order, of this maker, and every row stays within the pack.
pub(super) fn decode(maker: Digest, tail: &Tail, table: &[u8]) -> Option<Vec<Row>> {
    if checksum(maker, table, tail.start, tail.rows) != tail.checksum {
        return None;
    }
    let rows: Option<Vec<Row>> = table.chunks(ROW).map(row).collect();
    let fits = |row: &Row| {
        let end = row.offset.checked_add(u64::from(row.length));
        row.offset >= HEAD as u64 && row.length as usize <= entry::LARGEST && end.is_some_and(|end| end <= tail.start)
    };
    rows.filter(|rows| rows.is_sorted() && rows.iter().all(fits))
}

fn row(mut bytes: &[u8]) -> Option<Row> {
    let key = Digest(u128::from_le_bytes(*take(&mut bytes)?));
    let offset = u64::from_le_bytes(*take(&mut bytes)?);
    let length = u32::from_le_bytes(*take(&mut bytes)?);
    let kind = *Kind::ALL.get(u32::from_le_bytes(*take(&mut bytes)?) as usize)?;
    Some(Row { kind, key, offset, length })
}

fn take<'a, const N: usize>(bytes: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(first)
}

/// Over the table and all that says how to read it.
fn checksum(maker: Digest, table: &[u8], start: u64, rows: u64) -> u128 {
    let frame = [start.to_le_bytes(), rows.to_le_bytes()].concat();
    Digest::of(&[&head(maker), &frame, &Digest::of(table).0.to_le_bytes()[..]].concat()).0
}
