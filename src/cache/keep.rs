//! The end of a run: what was made joins what is there, and what is of no more use goes.

use super::entry;
use super::pack::Packs;
use super::store::{Cache, Fresh, NewPack, Room};
use std::io;
use std::mem;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

/// Packs; with one more they become one.
const MOST_PACKS: usize = 16;

/// Bytes; less than this that is of no more use may stay.
const LITTLE: u64 = 1024 * 1024;

/// What came of a cache in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Values that were found.
    pub found: usize,
    /// Values that were made and put there.
    pub made: usize,
    /// Why it could not be read or written, in the system's words.
    pub fault: Option<String>,
}

impl Cache {
    /// Keeps what was made for the next run. A run that failed leaves nothing behind by not calling this.
    ///
    /// Each run that made something adds a pack; a run that finds everything writes nothing. When there are many packs, or
    /// more is of no use than is, they are written anew as one. What this run did not use goes then, if it asked for its
    /// kind at all.
    pub fn keep(&self) -> Kept {
        let Some(room) = &self.room else { return Kept::default() };
        let found = room.found.swap(0, Ordering::Relaxed);
        let packs = room.packs();
        let (new, mut fault) = match mem::take(&mut *room.fresh()) {
            Fresh::Nothing => (None, packs.fault.clone()),
            Fresh::Pack(new) => (Some(new), None),
            Fresh::Unwritable(why) => (None, Some(why)),
        };
        let mut made = new.as_ref().map_or(0, NewPack::len);
        let is_first = !room.kept.swap(true, Ordering::Relaxed);
        let written = room.settle(&packs, new, is_first).unwrap_or_else(|error| {
            (made, fault) = (0, Some(error.to_string()));
            true
        });
        if written {
            // Asked again, it is read again.
            *room.packs.write().unwrap_or_else(PoisonError::into_inner) = None;
        }
        Kept { found, made, fault }
    }
}

impl Room {
    /// Writes what must be written; whether anything was.
    fn settle(&self, packs: &Packs, new: Option<NewPack>, is_first: bool) -> io::Result<bool> {
        let serves = |row: &super::row::Row, used: bool| {
            let asked = self.asked.get(row.kind as usize).is_some_and(|asked| asked.load(Ordering::Relaxed));
            used || !asked || !is_first
        };
        let rows = || packs.open.iter().flat_map(|pack| pack.all().map(move |(row, used)| (pack, row, used)));
        let size = |is_wanted: bool| -> u64 {
            rows()
                .filter(|(_, row, used)| serves(row, *used) == is_wanted)
                .map(|(_, row, _)| u64::from(row.length))
                .sum()
        };
        let (wanted, idle) = (size(true) + new.as_ref().map_or(0, NewPack::bytes), size(false));
        let is_many = packs.open.len() + usize::from(new.is_some()) > MOST_PACKS;
        if !is_many && idle <= wanted.max(LITTLE) {
            let Some(new) = new else { return Ok(false) };
            let name = new.publish(self.maker)?;
            packs.useless.iter().filter(|useless| **useless != name).for_each(|useless| self.folder.remove(useless));
            return Ok(true);
        }
        let mut one = new.map_or_else(|| NewPack::start(self.folder.as_ref(), self.maker), Ok)?;
        for (pack, row, _) in rows().filter(|(_, row, used)| serves(row, *used)) {
            // What is damaged is not carried on.
            if let Some(bytes) = pack.bytes(row).filter(|bytes| entry::decode(bytes).is_some()) {
                one.add(row.kind, row.key, &bytes)?;
            }
        }
        let name = one.publish(self.maker)?;
        let old = packs.open.iter().map(|pack| &pack.name).chain(&packs.useless);
        old.filter(|old| **old != name).for_each(|old| self.folder.remove(old));
        Ok(true)
    }
}
