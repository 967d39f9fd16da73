//! What the preview shows: a site that is made, or one that is made as it is asked for.

use crate::error::Result;
use crate::page::Route;
use crate::site::{Artifact, Prospect, Site};
use crate::text::Digest;

/// A site to be shown.
pub trait Pages: Send + Sync {
    /// Whether there is a file at an address.
    fn has(&self, route: &Route) -> bool;

    /// The file at an address.
    ///
    /// # Errors
    /// When it cannot be made.
    fn artifact(&self, route: &Route) -> Result<Option<Artifact>>;

    /// A name for all that it shows: another site, another name.
    fn name(&self) -> Digest;

    /// A name for its style sheets and scripts, which a page in the browser keeps.
    fn dress(&self) -> Digest;
}

impl Pages for Site {
    fn has(&self, route: &Route) -> bool {
        self.artifacts.contains_key(route)
    }

    fn artifact(&self, route: &Route) -> Result<Option<Artifact>> {
        Ok(self.artifacts.get(route).cloned())
    }

    fn name(&self) -> Digest {
        let contents = self.artifacts.iter().map(|(route, artifact)| format!("{route}\0{}\n", artifact.digest));
        Digest::of(contents.collect::<String>().as_bytes())
    }

    fn dress(&self) -> Digest {
        let is_worn = |route: &Route| {
            route.0.starts_with("static/") && [".js", ".css"].iter().any(|extension| route.0.ends_with(extension))
        };
        let files = self.artifacts.iter().filter(|(route, _)| is_worn(route));
        Digest::of(
            files.map(|(route, artifact)| format!("{route}\0{}\n", artifact.digest)).collect::<String>().as_bytes(),
        )
    }
}

impl Pages for Prospect {
    fn has(&self, route: &Route) -> bool {
        Prospect::has(self, route)
    }

    fn artifact(&self, route: &Route) -> Result<Option<Artifact>> {
        Prospect::artifact(self, route)
    }

    fn name(&self) -> Digest {
        Prospect::name(self)
    }

    fn dress(&self) -> Digest {
        Prospect::dress(self)
    }
}
