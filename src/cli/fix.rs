//! Repairs: what findings offer to mend, applied until nothing is left to apply.

use super::project::Project;
use crate::date::Date;
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::error::{Error, Result};
use crate::report::{count, diff};
use crate::source::{Applied, Disk, Expected, Files, Overlay, Source, apply};
use crate::text::SourcePath;
use crate::workspace::{Demand, Snapshot};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One repair may lay bare another; this many rounds are enough for any that ends.
const ROUNDS: usize = 10;

/// What was mended, and the state afterwards.
pub(super) struct Mended {
    /// The log as it is with the repairs.
    pub(super) snapshot: Snapshot,
    /// What changes, by file.
    texts: BTreeMap<SourcePath, Change>,
    /// How many repairs were made.
    fixes: usize,
    /// How many more there are that may change the meaning.
    unsafe_fixes: usize,
    /// How many there are of findings that the baseline leaves in peace, of this boldness and of a greater one.
    baselined: (usize, usize),
}

/// A file before and after.
struct Change {
    old: Arc<[u8]>,
    new: Arc<[u8]>,
}

/// Applies repairs in memory; nothing is written yet.
///
/// # Errors
/// When the project cannot be read.
pub(super) fn mend(
    project: &Project,
    today: Date,
    boldest: Applicability,
    is_meant: &dyn Fn(&Diagnostic) -> bool,
) -> Result<Mended> {
    let files: Arc<dyn Files> = project.files();
    let mut texts: BTreeMap<SourcePath, Change> = BTreeMap::new();
    let mut fixes = 0;
    let mut round = 0;
    loop {
        let laid = texts.iter().map(|(path, change)| (path.clone(), Arc::clone(&change.new))).collect();
        let overlay = Overlay::new(Arc::clone(&files), laid);
        let snapshot = project.workspace_over(Arc::new(overlay)).snapshot(today, Demand::Findings)?;
        let meant = || snapshot.diagnostics.iter().filter(|finding| is_meant(finding));
        let offered = || meant().filter_map(|finding| finding.fix.as_deref());
        let chosen: Vec<&Fix> = offered().filter(|fix| may(fix, boldest)).collect();
        let text = |path: &SourcePath| snapshot.source(path).and_then(Source::text).map(str::to_owned);
        let applied = if round < ROUNDS { apply(chosen, &text) } else { Applied::default() };
        round += 1;
        if applied.count == 0 {
            // A file that is reached by two paths is mended by one of them.
            let mut files = BTreeSet::new();
            texts.retain(|path, _| files.insert(Disk::behind(&project.root().join(path.as_str()))));
            let unsafe_fixes = offered().filter(|fix| !may(fix, boldest)).count();
            let peaceful = snapshot.baselined.iter().filter(|finding| is_meant(finding));
            let (bold, bolder): (Vec<&Fix>, Vec<&Fix>) =
                peaceful.filter_map(|finding| finding.fix.as_deref()).partition(|fix| may(fix, boldest));
            let baselined = (bold.len(), bolder.len());
            return Ok(Mended { snapshot, texts, fixes, unsafe_fixes, baselined });
        }
        fixes += applied.count;
        for (path, new) in applied.texts {
            let new: Arc<[u8]> = Arc::from(new.into_bytes());
            if let Some(change) = texts.get_mut(&path) {
                change.new = new;
            } else {
                // What was read with the findings is what is mended; another text by now is not written over.
                let old = Arc::from(text(&path).unwrap_or_default().into_bytes());
                texts.insert(path, Change { old, new });
            }
        }
    }
}

fn may(fix: &Fix, boldest: Applicability) -> bool {
    fix.applicability == Applicability::Safe || boldest == Applicability::Unsafe
}

impl Mended {
    /// Writes the texts; each file is looked at once more before, and left alone when it has changed.
    ///
    /// # Errors
    /// When files cannot be written, or have changed since they were read; the others are mended all the same.
    pub(super) fn write(&self, project: &Project) -> Result<()> {
        let put = |(path, change): (&SourcePath, &Change)| {
            project.disk().put(path, Expected::Bytes(&change.old), &change.new).err().map(|error| error.to_string())
        };
        let faults: Vec<String> = self.texts.iter().filter_map(put).collect();
        if faults.is_empty() {
            return Ok(());
        }
        let mended = count(self.texts.len() - faults.len(), "file");
        Err(Error::Refused { message: format!("{}\n{mended} mended; run it again for the rest", faults.join("\n")) })
    }

    /// What would change, as a diff.
    pub(super) fn diff(&self) -> String {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        self.texts.iter().map(|(path, change)| diff(path, &text(&change.old), &text(&change.new))).collect()
    }

    /// Whether anything was mended.
    pub(super) fn is_something(&self) -> bool {
        self.fixes > 0
    }

    /// What was done, or would be, in a sentence.
    pub(super) fn verdict(&self, done: &str) -> String {
        let files: BTreeSet<_> = self.texts.keys().collect();
        let others = [
            (self.unsafe_fixes, "--unsafe-fixes"),
            (self.baselined.0, "--baseline \"\""),
            (self.baselined.1, "--baseline \"\" --unsafe-fixes"),
        ];
        let others = others.iter().filter(|(number, _)| *number > 0).enumerate();
        let others =
            others.map(|(at, (number, flags))| format!("{number}{} with {flags}", if at == 0 { " more" } else { "" }));
        let more = match others.collect::<Vec<String>>().join(", ") {
            none if none.is_empty() => none,
            others => format!(" ({others})"),
        };
        match self.fixes {
            0 => format!("Nothing to fix{more}."),
            fixes => format!("{done} {} in {}{more}.", count(fixes, "finding"), count(files.len(), "file")),
        }
    }
}
