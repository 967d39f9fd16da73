//! Where the text is kept that a fingerprint was taken of: in the pre-read that went out, or in git.

use crate::author::{former, name, vouched};
use crate::check::{is_drift, with_words};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::history::Repository;
use crate::log::DecisionLog;
use crate::record::{Difference, Fingerprint, Record};
use crate::site::circulated_text;
use crate::source::{Disk, Files};
use crate::text::SourcePath;
use std::path::Path;

/// The folder of pre-reads, below the project's.
const FOLDER: &str = "pre-read";

/// The usual place of a record's pre-read: `pre-read/RFC-0007.html`.
pub fn usual_place(record: &Record) -> SourcePath {
    let name = if record.id.is_some() { name(record) } else { record.path().stem().to_owned() };
    SourcePath::new(format!("{FOLDER}/{name}.html"))
}

/// The text that a fingerprint was taken of; `None` where nobody has kept it.
pub fn kept(root: &Path, record: &Record, fingerprint: &Fingerprint, config: &Config) -> Option<Record> {
    let pack = || {
        let disk = Disk::open(root).ok()?;
        let bytes = disk.read(&usual_place(record)).ok()?;
        circulated_text(&String::from_utf8_lossy(&bytes))
    };
    former(record, fingerprint, pack(), config).or_else(|| {
        former(
            record,
            fingerprint,
            Repository::open(root).map(|repository| repository.texts(record.path())).unwrap_or_default(),
            config,
        )
    })
}

/// The most findings for which the text of then is looked for: in a long history each takes a while.
const MOST: usize = 5;

/// Says in findings on drift which words have changed, where the text of then is kept.
pub fn tell_words(root: &Path, found: &mut [Diagnostic], log: &DecisionLog, config: &Config) {
    for finding in found.iter_mut().filter(|finding| is_drift(finding)).take(MOST) {
        let record = log.at_path(&finding.primary.path).and_then(|position| log.record(position));
        let then = record.zip(record.and_then(vouched)).and_then(|(record, vouched)| {
            let then = kept(root, record, &vouched.fingerprint, config)?;
            Some(Difference::between(&then, record))
        });
        if let Some(difference) = then {
            with_words(finding, &difference);
        }
    }
}
