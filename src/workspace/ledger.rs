//! What was found in each file, judged file by file, so that an edit of one leaves the others as they are.

use crate::check::{Allows, Findings, OfFile, by_file, with_levels};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::report::Baseline;
use crate::text::SourcePath;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// By what findings are judged.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) log: &'a DecisionLog,
    pub(super) config: &'a Config,
    /// The findings that are left in peace.
    pub(super) baseline: Option<&'a Baseline>,
    /// The file of the settings, whose findings no baseline holds.
    pub(super) settings: &'a SourcePath,
}

/// Findings before they are judged, and the comments that allow some.
#[derive(Default)]
pub(super) struct Raw {
    pub(super) found: Vec<Diagnostic>,
    pub(super) allows: Allows,
}

/// What was found in each file.
#[derive(Default)]
pub(super) struct Ledger {
    sheets: BTreeMap<SourcePath, Arc<Sheet>>,
}

/// What comes of all of it.
pub(super) struct Outcome {
    /// What is to be said.
    pub(super) new: Findings,
    /// What the baseline holds.
    pub(super) known: Vec<Diagnostic>,
    /// How many findings comments allow.
    pub(super) allowed: usize,
}

/// What was found in one file, before pages are made.
struct Sheet {
    /// With what they have allowed so far.
    allows: Allows,
    /// Judged, whether or not the baseline holds them.
    settled: Arc<OfFile>,
    new: Arc<OfFile>,
    known: Vec<Diagnostic>,
}

impl Ledger {
    /// Judges what was found in some files anew; `raw` says what that is.
    pub(super) fn judge(
        &mut self,
        files: &BTreeSet<SourcePath>,
        judge: Judge<'_>,
        raw: impl Fn(&SourcePath) -> Raw + Sync,
    ) {
        let sheets: Vec<(&SourcePath, Option<Sheet>)> =
            files.par_iter().map(|path| (path, Sheet::of(path, raw(path), judge))).collect();
        for (path, sheet) in sheets {
            match sheet {
                Some(sheet) => drop(self.sheets.insert(path.clone(), Arc::new(sheet))),
                None => drop(self.sheets.remove(path)),
            }
        }
    }

    /// What pages show: what is to be said before they are made.
    pub(super) fn shown(&self) -> Findings {
        Findings::of_files(self.sheets.iter().map(|(path, sheet)| (path.clone(), Arc::clone(&sheet.new))))
    }

    /// What is to be said once pages are made: with what only planning them has found, and with comments that allowed nothing.
    pub(super) fn outcome(&self, of_pages: Vec<Diagnostic>, judge: Judge<'_>) -> Outcome {
        let mut of_pages = by_file(of_pages);
        let (mut known, mut allowed) = (Vec::new(), 0);
        let mut new = BTreeMap::new();
        for (path, sheet) in &self.sheets {
            let finished = sheet.finished(path, of_pages.remove(path).unwrap_or_default(), judge);
            let sheet = finished.as_ref().unwrap_or(sheet);
            known.extend(sheet.known.iter().cloned());
            allowed += sheet.allows.count;
            new.insert(path.clone(), Arc::clone(&sheet.new));
        }
        for (path, found) in of_pages {
            let raw = Raw { found, allows: Allows::default() };
            if let Some(sheet) = Sheet::of(&path, raw, judge) {
                known.extend(sheet.known);
                new.insert(path, sheet.new);
            }
        }
        known.sort_by(|one, other| (&one.primary, one.rule).cmp(&(&other.primary, other.rule)));
        Outcome { new: Findings::of_files(new), known, allowed }
    }
}

impl Sheet {
    /// `None` where there is nothing to say.
    fn of(path: &SourcePath, raw: Raw, judge: Judge<'_>) -> Option<Sheet> {
        let Raw { mut found, mut allows } = raw;
        found.append(&mut allows.faults);
        if found.is_empty() && !allows.has_any() {
            return None;
        }
        let settled = allows.filter(with_levels(found, judge.log, judge.config));
        Some(Sheet::split(path, settled, allows, judge))
    }

    fn split(path: &SourcePath, settled: Vec<Diagnostic>, allows: Allows, judge: Judge<'_>) -> Sheet {
        let settled = Arc::new(OfFile::new(settled));
        let Some(baseline) = judge.baseline else {
            return Sheet { allows, new: Arc::clone(&settled), settled, known: Vec::new() };
        };
        let remainder = baseline.of_file(path).split(settled.all().to_vec(), judge.settings, &|_| true);
        Sheet { allows, settled, new: Arc::new(OfFile::new(remainder.new)), known: remainder.known }
    }

    /// The sheet with what pages have brought to light; `None` where that is nothing.
    fn finished(&self, path: &SourcePath, of_pages: Vec<Diagnostic>, judge: Judge<'_>) -> Option<Arc<Sheet>> {
        if of_pages.is_empty() && !self.allows.has_any() {
            return None;
        }
        let mut allows = self.allows.clone();
        let mut more = allows.filter(of_pages);
        more.append(&mut allows.unused(true));
        if more.is_empty() && allows.count == self.allows.count {
            return None;
        }
        let all = self.settled.all().iter().cloned().chain(more).collect();
        Some(Arc::new(Sheet::split(path, with_levels(all, judge.log, judge.config), allows, judge)))
    }
}
