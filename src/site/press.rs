//! Where the files of a site go as they are made.

use super::artifact::Artifact;
use crate::error::{Error, Result};
use crate::page::Route;
use crate::text::{Digest, SourcePath};
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Mutex, PoisonError};

/// Opens a file to be read from its start.
pub type Open<'a> = dyn Fn() -> Result<Box<dyn Read + Send>> + Sync + 'a;

/// Takes the files of a site, one at a time, in any order and from any thread; each address comes once.
pub trait Press: Sync {
    /// Takes one file.
    fn take(&self, route: Route, artifact: Artifact);

    /// Whether anybody still waits for the site; asked before each page is made.
    ///
    /// # Errors
    /// When the work is to end where it is.
    fn is_awaited(&self) -> Result<()> {
        Ok(())
    }

    /// Whether it asks and keeps what pages are made of.
    fn remembers(&self) -> bool {
        false
    }

    /// Whether the page that was made of the same before stands at an address, so that it need not be made again: then it is
    /// taken.
    fn has(&self, _route: &Route, _made_of: Digest) -> bool {
        false
    }

    /// Takes one file that is read as it goes, perhaps twice, from what lies at `path`.
    ///
    /// # Errors
    /// When it cannot be read.
    fn copy(&self, route: Route, path: &SourcePath, open: &Open<'_>) -> Result<()> {
        let mut bytes = Vec::new();
        let read = open()?.read_to_end(&mut bytes);
        read.map_err(|source| Error::Io { doing: "could not read", path: path.as_str().into(), source })?;
        self.take(route, Artifact::new(bytes));
        Ok(())
    }
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
