//! Memory of what was drawn, by the source's digest.

use super::draw::{self, Failure, Studio};
use super::drawing::Drawing;
use super::explain::{analyse, directive, explain};
use super::problem::Problem;
use super::reading::Reading;
use super::size::Size;
use super::span::without_end;
use super::stored;
use crate::cache::Cache;
use crate::text::Digest;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

/// What drawing one source gave.
type Outcome = Result<Arc<Drawing>, Problem>;

/// Readings, drawings and refusals of this process, and the renderers behind them.
#[derive(Debug, Default)]
pub(super) struct Memo {
    studio: OnceLock<Studio>,
    readings: Mutex<BTreeMap<Digest, Arc<Reading>>>,
    /// With the time that drawing could take, which settings may raise.
    outcomes: Mutex<BTreeMap<(Digest, Duration), Outcome>>,
}

impl Memo {
    /// Reads a source once, unless the cache knows what reading it gave.
    pub(super) fn read(&self, source: &str, cache: &Cache) -> Arc<Reading> {
        let digest = Digest::of(source.as_bytes());
        if let Some(reading) = sound(&self.readings).get(&digest) {
            return Arc::clone(reading);
        }
        let reading = stored::reading(cache, source).unwrap_or_else(|| {
            let reading = read(source);
            stored::put_reading(cache, source, &reading);
            reading
        });
        Arc::clone(sound(&self.readings).entry(digest).or_insert_with(|| Arc::new(reading)))
    }

    /// What drawing this source in that time gave; `None` when nobody asked for it yet.
    pub(super) fn recall(&self, source: &str, time: Duration) -> Option<Outcome> {
        sound(&self.outcomes).get(&(Digest::of(source.as_bytes()), time)).cloned()
    }

    /// Draws a source once, unless the cache has its drawing. The lock is not held meanwhile: two threads may draw the same,
    /// and the first result stays.
    pub(super) fn draw(&self, source: &str, time: Duration, cache: &Cache) -> Outcome {
        if let Some(outcome) = self.recall(source, time) {
            return outcome;
        }
        let drawn = stored::drawing(cache, source).unwrap_or_else(|| self.make(source, time, cache));
        let outcome = drawn.map(Arc::new);
        sound(&self.outcomes).entry((Digest::of(source.as_bytes()), time)).or_insert(outcome).clone()
    }

    fn make(&self, source: &str, time: Duration, cache: &Cache) -> Result<Drawing, Problem> {
        let drawn = self.studio.get_or_init(Studio::new).draw(source, time);
        // That the time was up says as much about the machine as about the source.
        let lasts = !matches!(drawn, Err(Failure::Slow(_)));
        let outcome = drawn.map_err(|failure| explain(source, failure));
        if lasts {
            stored::put_drawing(cache, source, outcome.as_ref());
        }
        outcome
    }
}

fn read(source: &str) -> Reading {
    if let Some(reading) = without_end(source) {
        return reading;
    }
    match draw::read(source, Size::of) {
        Some(size) => Reading { size: Some(size), problems: directive(source).into_iter().collect() },
        None => Reading { size: None, problems: analyse(source) },
    }
}

/// Entries are complete when they are inserted, so a map is sound even after a panic elsewhere.
fn sound<T>(map: &Mutex<T>) -> MutexGuard<'_, T> {
    map.lock().unwrap_or_else(PoisonError::into_inner)
}
