//! Where the files of a site go as they are made.

use super::artifact::Artifact;
use crate::page::Route;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Takes the files of a site, one at a time, in any order and from any thread; each address comes once.
pub trait Press: Sync {
    /// Takes one file.
    fn take(&self, route: Route, artifact: Artifact);
}

/// Every file of the output, by address, held in memory.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The files.
    pub artifacts: BTreeMap<Route, Artifact>,
}

/// Gathers the files of a site.
#[derive(Debug, Default)]
pub struct Gathered(Mutex<BTreeMap<Route, Artifact>>);

impl Gathered {
    /// The site, when all of it has been taken.
    pub fn into_site(self) -> Site {
        Site { artifacts: self.0.into_inner().unwrap_or_else(PoisonError::into_inner) }
    }
}

impl Press for Gathered {
    fn take(&self, route: Route, artifact: Artifact) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(route, artifact);
    }
}
