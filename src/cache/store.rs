//! The cache as those who make things see it: ask first, and put there what had to be made.

use super::entry;
use super::folder::{Aside, Folder};
use super::kind::Kind;
use super::pack::Packs;
use super::row::{self, Row};
use crate::text::Digest;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Bytes; what a run makes beyond them is not remembered.
const LARGEST_PACK: u64 = 1024 * 1024 * 1024;

/// A cache, or none: by default nothing is found, and nothing is remembered.
#[derive(Default)]
pub struct Cache {
    pub(super) room: Option<Room>,
}

/// A folder of packs, and what this run knows of it.
pub(super) struct Room {
    pub(super) folder: Box<dyn Folder>,
    pub(super) maker: Digest,
    /// Read when it is first asked for.
    pub(super) packs: RwLock<Option<Arc<Packs>>>,
    pub(super) fresh: Mutex<Fresh>,
    /// Which kinds were asked for: of these, what was not found useful is of no more use.
    pub(super) asked: [AtomicBool; Kind::ALL.len()],
    pub(super) found: AtomicUsize,
    /// Whether it has been kept before, so that what is in use is no longer known.
    pub(super) kept: AtomicBool,
}

/// What was made in this run. It goes to the disk as it is made, so that memory does not hold it twice.
#[derive(Default)]
pub(super) enum Fresh {
    #[default]
    Nothing,
    Pack(NewPack),
    /// It cannot be written, and this is why.
    Unwritable(String),
}

/// A pack under way.
pub(super) struct NewPack {
    file: Box<dyn Aside>,
    rows: BTreeMap<(Kind, Digest), Row>,
    end: u64,
}

impl Cache {
    /// The cache in a folder. `maker` names everything that values depend on besides their source: what another maker
    /// left there is not believed.
    pub fn new(folder: Box<dyn Folder>, maker: &str) -> Cache {
        let maker = Digest::of(maker.as_bytes());
        let (packs, fresh) = (RwLock::default(), Mutex::default());
        let (found, kept) = (AtomicUsize::new(0), AtomicBool::new(false));
        let asked = Kind::ALL.map(|_| AtomicBool::new(false));
        Cache { room: Some(Room { folder, maker, packs, fresh, asked, found, kept }) }
    }

    /// Whether anything can be remembered at all.
    pub fn is_there(&self) -> bool {
        self.room.is_some()
    }

    /// The value that was made from a source, in this run or before.
    ///
    /// It is what was put there, unless somebody meant harm: a checksum is no seal, so the caller still looks whether the
    /// value can be what it takes it for.
    pub fn get(&self, kind: Kind, source: &str) -> Option<Vec<u8>> {
        let room = self.room.as_ref()?;
        if let Some(asked) = room.asked.get(kind as usize) {
            asked.store(true, Ordering::Relaxed);
        }
        let value = room.packs().find(kind, source)?;
        room.found.fetch_add(1, Ordering::Relaxed);
        Some(value)
    }

    /// Remembers a value. That it cannot be is no fault of the caller's, and is said by [`Cache::keep`].
    pub fn put(&self, kind: Kind, source: &str, value: &[u8]) {
        let Some(room) = &self.room else { return };
        if source.len() + value.len() + entry::FRAME > entry::LARGEST {
            return;
        }
        let bytes = entry::encode(source, value);
        let mut fresh = room.fresh();
        if let Fresh::Nothing = *fresh {
            *fresh = NewPack::start(room.folder.as_ref(), room.maker).map_or_else(unwritable, Fresh::Pack);
        }
        if let Fresh::Pack(pack) = &mut *fresh
            && let Err(error) = pack.add(kind, Digest::of(source.as_bytes()), &bytes)
        {
            *fresh = unwritable(error);
        }
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").field("is_there", &self.is_there()).finish_non_exhaustive()
    }
}

fn unwritable(error: io::Error) -> Fresh {
    Fresh::Unwritable(error.to_string())
}

impl Room {
    /// What lies in the folder.
    pub(super) fn packs(&self) -> Arc<Packs> {
        if let Some(packs) = &*self.packs.read().unwrap_or_else(PoisonError::into_inner) {
            return Arc::clone(packs);
        }
        let mut packs = self.packs.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(packs.get_or_insert_with(|| Arc::new(Packs::load(self.folder.as_ref(), self.maker))))
    }

    pub(super) fn fresh(&self) -> MutexGuard<'_, Fresh> {
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl NewPack {
    /// Starts a pack.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub(super) fn start(folder: &dyn Folder, maker: Digest) -> io::Result<NewPack> {
        let mut file = folder.create()?;
        let head = row::head(maker);
        file.write_all(&head)?;
        Ok(NewPack { file, rows: BTreeMap::new(), end: head.len() as u64 })
    }

    /// Adds an entry, unless there is one of its key already, or the pack is full.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn add(&mut self, kind: Kind, key: Digest, entry: &[u8]) -> io::Result<()> {
        let length = u32::try_from(entry.len()).unwrap_or(u32::MAX);
        if self.rows.contains_key(&(kind, key)) || self.end + u64::from(length) > LARGEST_PACK {
            return Ok(());
        }
        self.file.write_all(entry)?;
        self.rows.insert((kind, key), Row { kind, key, offset: self.end, length });
        self.end += u64::from(length);
        Ok(())
    }

    /// How many entries it has.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Its length in bytes, without its table.
    pub(super) fn bytes(&self) -> u64 {
        self.end
    }

    /// Ends it, and gives it a name that its table makes: two runs that made the same write the same.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn publish(mut self, maker: Digest) -> io::Result<String> {
        let rows: Vec<Row> = self.rows.into_values().collect();
        let table = row::encode(maker, &rows, self.end);
        self.file.write_all(&table)?;
        let name = Digest::of(&table).to_string();
        self.file.publish(&name)?;
        Ok(name)
    }
}
