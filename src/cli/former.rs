//! Where the text is kept that a fingerprint was taken of: in the pre-read that went out, or in git.

use super::project::Project;
use crate::author::{former, name};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::record::{Fingerprint, Record};
use crate::site::circulated_text;
use crate::source::{Disk, Files, Versions};
use crate::text::SourcePath;
use std::path::{Path, PathBuf};

/// The folder of pre-reads, below the project's.
const FOLDER: &str = "pre-read";

/// The usual place of a record's pre-read: `pre-read/RFC-0007.html`.
pub(super) fn usual_place(record: &Record) -> SourcePath {
    let name = if record.id.is_some() { name(record) } else { record.path().stem().to_owned() };
    SourcePath::new(format!("{FOLDER}/{name}.html"))
}

/// The text that a fingerprint was taken of; `None` where nobody has kept it.
pub(super) fn kept(root: &Path, record: &Record, fingerprint: &Fingerprint, config: &Config) -> Option<Record> {
    let pack = || {
        let disk = Disk::open(root).ok()?;
        let bytes = disk.read(&usual_place(record)).ok()?;
        circulated_text(&String::from_utf8_lossy(&bytes))
    };
    former(record, fingerprint, pack(), config)
        .or_else(|| former(record, fingerprint, Versions::of(root).texts(record.path()), config))
}

/// The text in a file that somebody names: a pre-read, or a copy of the record.
///
/// # Errors
/// When it cannot be read.
pub(super) fn named(project: &Project, file: &Path, record: &Record, config: &Config) -> Result<Record> {
    let (disk, path) = door(project, file)?;
    let bytes = disk.read(&path)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = circulated_text(&text).unwrap_or_else(|| text.into_owned());
    Ok(Record::parse(&crate::source::Source::new(record.path().clone(), text), config).0)
}

/// The folder of a file that somebody names, and the file's name in it.
///
/// # Errors
/// When there is no such folder, or the name is none.
pub(super) fn door(project: &Project, file: &Path) -> Result<(Disk, SourcePath)> {
    let file: PathBuf = project.absolute(file);
    let names = file.parent().zip(file.file_name().and_then(|name| name.to_str()));
    let Some((folder, name)) = names else {
        return Err(Error::Refused { message: format!("`{}` names no file", file.display()) });
    };
    Ok((Disk::open(folder)?, SourcePath::new(name)))
}
