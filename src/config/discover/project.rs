//! Finds the project that a place belongs to.

use super::marker;
use crate::source::{Disk, Files};
use std::path::{Path, PathBuf};

/// Where records stand by the habits of the tools and organisations that write them.
const HABITUAL: [&str; 16] = [
    "doc/adr",
    "docs/adr",
    "docs/adrs",
    "docs/decisions",
    "docs/decision-records",
    "docs/architecture/decisions",
    "doc/architecture/decisions",
    "docs/architecture/adr",
    "docs/rfcs",
    "docs/rfc",
    "adr",
    "adrs",
    "decisions",
    "decision-records",
    "architecture-decision-records",
    "rfcs",
];

/// The nearest folder upwards with a `precedent.toml`, else one that shows a log; `None` where there is neither.
pub fn find_project(here: &Path) -> Option<PathBuf> {
    Disk::find_root(here).or_else(|| with_log(here))
}

/// The folder upwards that shows a log: the outermost of this repository, since a package's records may link those of others; without
/// a repository this one, or one in whose folder of records it lies.
fn with_log(here: &Path) -> Option<PathBuf> {
    let here = Disk::behind(here);
    let repository = here.ancestors().find(|folder| folder.join(".git").exists());
    let mut with_log = here.ancestors().filter_map(|folder| Some((folder, is_log(&Disk::open(folder).ok()?)?)));
    let found = match repository {
        Some(repository) => with_log.take_while(|(folder, _)| folder.starts_with(repository)).last(),
        None => with_log.find(|(folder, log)| *folder == here || here.starts_with(folder.join(log))),
    };
    found.map(|(folder, _)| folder.to_owned())
}

/// The folder by which a project shows that it keeps records, at a glance: named by another tool's settings, or by habit.
pub fn is_log(files: &dyn Files) -> Option<String> {
    let marked = marker::roots(files).into_iter().next().map(|root| root.path);
    marked.or_else(|| HABITUAL.iter().find(|folder| files.has_folder(folder)).map(|folder| (*folder).to_owned()))
}
