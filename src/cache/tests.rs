//! Packs in memory, whole and damaged in every way.

use super::entry;
use super::folder::{Aside, Folder, Pack};
use super::kind::Kind;
use super::store::Cache;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

/// A folder that tests look into and spoil.
#[derive(Clone, Default)]
struct Packs(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

struct Held(Vec<u8>);

struct Under {
    bytes: Vec<u8>,
    folder: Packs,
}

impl Folder for Packs {
    fn list(&self) -> io::Result<Vec<String>> {
        Ok(self.0.lock().unwrap().keys().cloned().collect())
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Pack>> {
        let packs = self.0.lock().unwrap();
        let bytes = packs.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Held(bytes.clone())))
    }

    fn create(&self) -> io::Result<Box<dyn Aside>> {
        Ok(Box::new(Under { bytes: Vec::new(), folder: self.clone() }))
    }

    fn remove(&self, name: &str) {
        self.0.lock().unwrap().remove(name);
    }
}

impl Pack for Held {
    fn len(&self) -> u64 {
        self.0.len() as u64
    }

    fn read(&self, offset: u64, bytes: &mut [u8]) -> io::Result<()> {
        let start = usize::try_from(offset).unwrap();
        let part = start.checked_add(bytes.len()).and_then(|end| self.0.get(start..end));
        bytes.copy_from_slice(part.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

impl Write for Under {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Aside for Under {
    fn publish(self: Box<Self>, name: &str) -> io::Result<()> {
        self.folder.0.lock().unwrap().insert(name.to_owned(), self.bytes);
        Ok(())
    }
}

impl Packs {
    fn cache(&self) -> Cache {
        Cache::new(Box::new(self.clone()), "maker 1")
    }

    fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    fn spoil(&self, spoil: impl Fn(&mut Vec<u8>)) {
        self.0.lock().unwrap().values_mut().for_each(spoil);
    }
}

/// The value of a source, long enough to be found in a pack.
fn value(source: &str) -> Vec<u8> {
    format!("value of {source} ").repeat(100).into_bytes()
}

/// Asks for sources as those who make things do, and says how many were found.
fn make(cache: &Cache, kind: Kind, sources: std::ops::Range<usize>) -> usize {
    let found = sources.filter(|number| {
        let source = format!("source {number}");
        let found = cache.get(kind, &source);
        assert!(found.as_ref().is_none_or(|found| *found == value(&source)), "a wrong value was believed");
        if found.is_none() {
            cache.put(kind, &source, &value(&source));
        }
        found.is_some()
    });
    found.count()
}

fn filled() -> Packs {
    let packs = Packs::default();
    let cache = packs.cache();
    make(&cache, Kind::Code, 0..5);
    make(&cache, Kind::Drawing, 0..5);
    assert_eq!((cache.keep().made, packs.count()), (10, 1));
    packs
}

#[test]
fn what_was_made_is_found_again() {
    let packs = filled();
    let cache = packs.cache();
    assert_eq!((make(&cache, Kind::Code, 0..6), make(&cache, Kind::Reading, 0..1)), (5, 0));
    let kept = cache.keep();
    assert_eq!((kept.found, kept.made, kept.fault, packs.count()), (5, 2, None, 2));
    assert_eq!(make(&cache, Kind::Code, 0..6), 6, "what was kept is found in the same run, too");
    let names = packs.list().unwrap();
    let warm = packs.cache();
    assert_eq!(make(&warm, Kind::Code, 0..6) + make(&warm, Kind::Drawing, 0..5), 11);
    assert_eq!((warm.keep().made, packs.list().unwrap()), (0, names), "a run that finds all writes nothing");
    assert_eq!(make(&Cache::default(), Kind::Code, 0..6), 0);
}

#[test]
fn no_damage_is_believed_and_all_of_it_is_made_good() {
    let whole = filled().0.lock().unwrap().values().next().unwrap().clone();
    let mut spoilt: Vec<Vec<u8>> = vec![Vec::new(), b"not a pack at all".to_vec(), vec![0; whole.len()]];
    spoilt.extend((0..whole.len()).step_by(37).map(|at| whole[..at].to_vec()));
    spoilt.extend((0..whole.len()).step_by(11).map(|at| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x40;
        bytes
    }));
    spoilt.push([whole.as_slice(), b"more"].concat());
    spoilt.push([whole.as_slice(), &whole].concat());
    for bytes in spoilt {
        let packs = filled();
        packs.spoil(|pack| pack.clone_from(&bytes));
        let cache = packs.cache();
        make(&cache, Kind::Code, 0..5);
        make(&cache, Kind::Drawing, 0..5);
        assert_eq!(cache.keep().fault, None);
        let again = packs.cache();
        assert_eq!(make(&again, Kind::Code, 0..5) + make(&again, Kind::Drawing, 0..5), 10);
    }
}

#[test]
fn another_makers_pack_is_not_believed_and_goes() {
    let packs = filled();
    let cache = Cache::new(Box::new(packs.clone()), "maker 2");
    assert_eq!(make(&cache, Kind::Code, 0..5), 0);
    cache.keep();
    assert_eq!((packs.count(), make(&packs.cache(), Kind::Code, 0..5)), (1, 0));
}

#[test]
fn what_is_of_no_more_use_goes_when_there_is_much_of_it() {
    let packs = Packs::default();
    let first = packs.cache();
    make(&first, Kind::Code, 0..3_000);
    make(&first, Kind::Reading, 0..10);
    first.keep();
    let second = packs.cache();
    assert_eq!(make(&second, Kind::Code, 0..2_000), 2_000);
    second.keep();
    assert_eq!(make(&packs.cache(), Kind::Code, 2_000..2_010), 10, "a third of it may stay");
    let third = packs.cache();
    assert_eq!(make(&third, Kind::Code, 0..100), 100);
    third.keep();
    assert_eq!(packs.count(), 1);
    let last = packs.cache();
    assert_eq!((make(&last, Kind::Code, 0..100), make(&last, Kind::Code, 100..200)), (100, 0));
    assert_eq!(make(&last, Kind::Reading, 0..10), 10, "what nobody asked for stays");
}

#[test]
fn many_packs_become_one() {
    let packs = Packs::default();
    for number in 0..40 {
        let cache = packs.cache();
        make(&cache, Kind::Code, 0..number + 1);
        cache.keep();
        assert!(packs.count() <= 16);
    }
    assert_eq!(make(&packs.cache(), Kind::Code, 0..40), 40);
}

#[test]
fn two_runs_at_once_disturb_nobody() {
    let packs = filled();
    let (one, other) = (packs.cache(), packs.cache());
    assert_eq!((make(&one, Kind::Code, 0..8), make(&other, Kind::Code, 3..12)), (5, 2));
    one.keep();
    other.keep();
    assert_eq!(make(&packs.cache(), Kind::Code, 0..12), 12);
}

#[test]
fn what_is_too_large_is_made_each_time() {
    let packs = Packs::default();
    let cache = packs.cache();
    cache.put(Kind::Code, "large", &vec![b'x'; entry::LARGEST]);
    assert_eq!((cache.keep().made, packs.count()), (0, 0));
}
