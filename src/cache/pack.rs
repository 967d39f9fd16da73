//! Packs that are there: found entries, and which of them were of use.

use super::entry;
use super::folder::{Folder, Pack};
use super::kind::Kind;
use super::row::{self, HEAD, Row, TAIL};
use crate::text::Digest;
use std::sync::atomic::{AtomicBool, Ordering};

/// Packs; more than two runs at a time ever leave are not looked at.
const MOST_PACKS: usize = 64;

/// A pack whose table was read.
pub(super) struct OpenPack {
    pub(super) name: String,
    file: Box<dyn Pack>,
    /// In the order of kinds and keys.
    pub(super) rows: Vec<Row>,
    used: Vec<AtomicBool>,
}

/// What lies in the folder.
#[derive(Default)]
pub(super) struct Packs {
    pub(super) open: Vec<OpenPack>,
    /// Names of those that are of no use: damaged, of another maker, or too many.
    pub(super) useless: Vec<String>,
    /// Why the folder cannot be read.
    pub(super) fault: Option<String>,
}

impl Packs {
    /// Opens every pack of this maker; of the rest only the names are kept.
    pub(super) fn load(folder: &dyn Folder, maker: Digest) -> Packs {
        let mut packs = Packs::default();
        let names = folder.list().unwrap_or_else(|error| {
            packs.fault = Some(error.to_string());
            Vec::new()
        });
        for name in names {
            let opened = (packs.open.len() < MOST_PACKS).then(|| OpenPack::open(folder, &name, maker)).flatten();
            match opened {
                Some(pack) => packs.open.push(pack),
                None => packs.useless.push(name),
            }
        }
        packs
    }

    /// The value that was made from a source.
    pub(super) fn find(&self, kind: Kind, source: &str) -> Option<Vec<u8>> {
        let key = Digest::of(source.as_bytes());
        self.open.iter().find_map(|pack| pack.find(kind, key, source))
    }
}

impl OpenPack {
    fn open(folder: &dyn Folder, name: &str, maker: Digest) -> Option<OpenPack> {
        let file = folder.open(name).ok()?;
        let read = |offset: u64, length: usize| {
            let mut bytes = vec![0; length];
            file.read(offset, &mut bytes).ok().map(|()| bytes)
        };
        let size = file.len();
        let tail = row::tail(&read(size.checked_sub(TAIL as u64)?, TAIL)?, size)?;
        if read(0, HEAD)? != row::head(maker) {
            return None;
        }
        let rows = row::decode(maker, &tail, &read(tail.start, tail.length)?)?;
        let used = rows.iter().map(|_| AtomicBool::new(false)).collect();
        Some(OpenPack { name: name.to_owned(), file, rows, used })
    }

    fn find(&self, kind: Kind, key: Digest, source: &str) -> Option<Vec<u8>> {
        let at = self.rows.binary_search_by_key(&(kind, key), |row| (row.kind, row.key)).ok()?;
        let bytes = self.bytes(self.rows.get(at)?)?;
        // The digest is a hint; the entry says itself what it was made from.
        let (made_from, value) = entry::decode(&bytes)?;
        if made_from != source.as_bytes() {
            return None;
        }
        let value = value.to_vec();
        self.used.get(at)?.store(true, Ordering::Relaxed);
        Some(value)
    }

    /// The entry of a row, as it stands in the file.
    pub(super) fn bytes(&self, row: &Row) -> Option<Vec<u8>> {
        let mut bytes = vec![0; row.length as usize];
        self.file.read(row.offset, &mut bytes).ok().map(|()| bytes)
    }

    /// Every row, and whether its entry was of use in this run.
    pub(super) fn all(&self) -> impl Iterator<Item = (&Row, bool)> {
        self.rows.iter().zip(self.used.iter().map(|used| used.load(Ordering::Relaxed)))
    }
}
