//! Memory of what was drawn, by the source's digest.

use super::draw::{self, Failure, Studio};
use super::drawing::Drawing;
use super::explain::explain;
use super::problem::Problem;
use super::stored;
use crate::cache::Cache;
use crate::text::Digest;
use merman::RenderError;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// What drawing one source gave.
type Outcome = Result<Arc<Drawing>, Problem>;

/// Drawings and refusals of this process, and the renderers behind them.
#[derive(Debug, Default)]
pub(super) struct Memo {
    studio: OnceLock<Studio>,
    outcomes: Mutex<BTreeMap<Digest, Outcome>>,
    readable: Mutex<BTreeSet<Digest>>,
}

impl Memo {
    /// What drawing this source gave; `None` when nobody asked for it yet.
    pub(super) fn recall(&self, source: &str) -> Option<Outcome> {
        self.outcomes().get(&Digest::of(source.as_bytes())).cloned()
    }

    /// Draws a source once, unless the cache has its drawing. The lock is not held meanwhile: two threads may draw the same,
    /// and the first result stays.
    pub(super) fn draw(&self, source: &str, cache: &Cache) -> Outcome {
        if let Some(outcome) = self.recall(source) {
            return outcome;
        }
        let drawn = stored::drawing(cache, source).unwrap_or_else(|| self.make(source, cache));
        let outcome = drawn.map(Arc::new);
        self.outcomes().entry(Digest::of(source.as_bytes())).or_insert(outcome).clone()
    }

    fn make(&self, source: &str, cache: &Cache) -> Result<Drawing, Problem> {
        let drawn = self.studio.get_or_init(Studio::new).draw(source);
        // That the time was up says as much about the machine as about the source.
        let lasts = !matches!(drawn, Err(Failure::Refused(RenderError::Cancelled(_))));
        let outcome = drawn.map_err(|failure| explain(source, failure));
        if lasts {
            stored::put_drawing(cache, source, outcome.as_ref());
        }
        outcome
    }

    /// Whether a source can be read, found out once for each that can.
    pub(super) fn parses(&self, source: &str) -> bool {
        let digest = Digest::of(source.as_bytes());
        let readable = || self.readable.lock().unwrap_or_else(PoisonError::into_inner);
        if readable().contains(&digest) {
            return true;
        }
        let parses = draw::parses(source);
        if parses {
            readable().insert(digest);
        }
        parses
    }

    /// Entries are complete when they are inserted, so the map is sound even after a panic elsewhere.
    fn outcomes(&self) -> MutexGuard<'_, BTreeMap<Digest, Outcome>> {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
