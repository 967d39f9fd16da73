//! Sites that are published into a folder, over what was published there before.

use crate::tree::tree;
use precedent::config::Overrides;
use precedent::date::Date;
use precedent::site::Publisher;
use precedent::source::Memory;
use precedent::workspace::{Drafts, Workspace};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is published now in `place`, file by file, and the list of it; or why nothing is.
pub(crate) type Site = Result<BTreeMap<PathBuf, Vec<u8>>, String>;

/// Publishes over what is there, and publishes anew beside it.
pub(crate) fn published(files: &Memory, today: Date, place: &Path) -> (Site, Site) {
    let publish = |output: PathBuf| {
        let publisher = Publisher::new(&output, &place.join("project"), &[place.join("project/content")]);
        let mut workspace = Workspace::new(Arc::new(files.clone()), Overrides::default());
        workspace.publish(today, Drafts::Withheld, &publisher).map_err(|error| error.to_string())?;
        publisher.finish().map_err(|error| error.to_string())?;
        Ok(tree(&output))
    };
    let fresh = tempfile::tempdir_in(place).expect("a folder");
    (publish(place.join("public")), publish(fresh.path().join("public")))
}

/// The first file of one that is not the same in the other.
pub(crate) fn first_file(one: &Site, other: &Site) -> Option<String> {
    let (one, other) = match (one, other) {
        (Ok(one), Ok(other)) => (one, other),
        (one, other) => return (one != other).then(|| format!("{:?}, {:?}", one.as_ref().err(), other.as_ref().err())),
    };
    let is_other = |path: &&PathBuf| one.get(*path) != other.get(*path);
    one.keys().chain(other.keys()).find(is_other).map(|path| path.display().to_string())
}
