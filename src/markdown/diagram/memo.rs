//! Memory of what was drawn, by the source's digest.

use super::draw::Studio;
use super::drawing::Drawing;
use super::explain::explain;
use super::problem::Problem;
use crate::text::Digest;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// What drawing one source gave.
type Outcome = Result<Arc<Drawing>, Problem>;

/// Drawings and refusals of this process, and the renderers behind them.
#[derive(Debug, Default)]
pub(super) struct Memo {
    studio: OnceLock<Studio>,
    outcomes: Mutex<BTreeMap<Digest, Outcome>>,
}

impl Memo {
    /// What drawing this source gave; `None` when nobody asked for it yet.
    pub(super) fn recall(&self, source: &str) -> Option<Outcome> {
        self.outcomes().get(&Digest::of(source.as_bytes())).cloned()
    }

    /// Draws a source once. The lock is not held meanwhile: two threads may draw the same, and the first result stays.
    pub(super) fn draw(&self, source: &str) -> Outcome {
        if let Some(outcome) = self.recall(source) {
            return outcome;
        }
        let drawn = self.studio.get_or_init(Studio::new).draw(source);
        let outcome = drawn.map(Arc::new).map_err(|failure| explain(source, failure));
        self.outcomes().entry(Digest::of(source.as_bytes())).or_insert(outcome).clone()
    }

    /// Entries are complete when they are inserted, so the map is sound even after a panic elsewhere.
    fn outcomes(&self) -> MutexGuard<'_, BTreeMap<Digest, Outcome>> {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
