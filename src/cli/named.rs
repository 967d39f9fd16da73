//! Files that somebody names on the command line, wherever they lie.

use super::project::Project;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::record::Record;
use crate::site::circulated_text;
use crate::source::{Disk, Files, Source};
use crate::text::SourcePath;
use std::path::{Path, PathBuf};

/// The text in a file that somebody names: a pre-read, or a copy of the record.
///
/// # Errors
/// When it cannot be read.
pub(super) fn named(project: &Project, file: &Path, record: &Record, config: &Config) -> Result<Record> {
    let (disk, path) = door(project, file)?;
    let bytes = disk.read(&path)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = circulated_text(&text).unwrap_or_else(|| text.into_owned());
    Ok(Record::parse(&Source::new(record.path().clone(), text), config).0)
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
