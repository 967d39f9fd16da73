//! What the pages of a preview stand on besides texts and findings.

use super::head::Heads;
use super::render::{Shared, longest};
use crate::config::Config;
use crate::date::Date;
use crate::log::DecisionLog;
use crate::page::{Atlas, Family, Kin, LOOK_STYLE};
use crate::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Where each page is, what pages say of one another, and the pages that show nothing else. An edit that is nobody else's matter
/// leaves all of it as it is.
pub struct Ground {
    pub(super) atlas: Atlas,
    pub(super) shared: Arc<Shared>,
    pub(super) families: Families,
}

/// Families of pages that were asked for, each made once.
#[derive(Default)]
pub(super) struct Families(Mutex<BTreeMap<Family, Arc<OnceLock<Arc<Kin>>>>>);

impl Ground {
    /// Makes pages ready to be made under a theme.
    pub fn new(atlas: Atlas, theme: &Theme, config: &Config) -> Ground {
        let heads = Heads::of_texts(atlas.routes(), config);
        let shared = Shared::new(theme, atlas.style().map(|_| LOOK_STYLE), heads, longest(config));
        Ground { atlas, shared: Arc::new(shared), families: Families::default() }
    }

    /// The same after some records of the log `before` have changed, of which none goes by another name now; theme and settings are
    /// the same.
    #[must_use]
    pub fn again(
        &self,
        (before, log): (&DecisionLog, &DecisionLog),
        changed: &BTreeSet<usize>,
        (config, today): (&Config, Date),
    ) -> Ground {
        let atlas = self.atlas.again((before, log), changed, (config, today));
        let shared = if atlas.has_addresses_of(&self.atlas) {
            Arc::clone(&self.shared)
        } else {
            let heads = Heads::of_texts(atlas.routes(), config);
            let print = Arc::clone(&self.shared.print);
            Arc::new(Shared { styles: self.shared.styles.clone(), heads, print, longest: longest(config) })
        };
        Ground { atlas, shared, families: Families::default() }
    }
}

impl Families {
    /// A family, made now unless it is there; whoever asks for another one meanwhile does not wait.
    pub(super) fn of(&self, family: &Family, make: impl FnOnce() -> Kin) -> Arc<Kin> {
        let mut families = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = Arc::clone(families.entry(family.clone()).or_default());
        drop(families);
        Arc::clone(place.get_or_init(|| Arc::new(make())))
    }
}
