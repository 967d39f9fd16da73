//! Series of proposals that are known by what opens the names of their files: `caip-12.md`, `cip-003.md`.

use super::super::kind::Kind;
use super::name::opening;
use crate::text::SourcePath;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The kind that the kinds of series are based on.
pub(in crate::config) const SERIES_OF: &str = "proposal";

/// How many texts make a series, at least.
pub(super) const LEAST: usize = 3;

/// Words that number things that are no records.
const NO_SERIES: [&str; 22] = [
    "ch", "day", "fig", "item", "lab", "lesson", "level", "note", "notes", "page", "part", "phase", "rev", "sec",
    "sprint", "stage", "step", "topic", "unit", "v", "ver", "week",
];

/// Texts of a folder whose names open with the same letters and a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Series {
    /// The folder.
    pub(super) folder: String,
    /// The letters, in lower case.
    pub(super) letters: String,
    /// How many texts it has.
    pub(super) count: usize,
    /// The fewest digits of a number.
    digits: usize,
}

/// The series in which most texts of a folder stand.
pub(super) fn series(texts: &[SourcePath], kinds: &[Arc<Kind>]) -> Vec<Series> {
    let mut of_folder: BTreeMap<&str, usize> = BTreeMap::new();
    let mut series: BTreeMap<(&str, String), Series> = BTreeMap::new();
    for path in texts {
        *of_folder.entry(path.folder()).or_default() += 1;
        let Some(opening) = opening(path.stem()) else { continue };
        let letters = opening.letters.to_lowercase();
        if !(2..=6).contains(&letters.len()) || NO_SERIES.contains(&letters.as_str()) {
            continue;
        }
        let folder = path.folder().to_owned();
        let new = Series { folder, letters: letters.clone(), count: 0, digits: usize::MAX };
        let series = series.entry((path.folder(), letters)).or_insert(new);
        series.count += 1;
        series.digits = series.digits.min(opening.digits.len());
    }
    let is_most = |series: &Series| {
        let all = of_folder.get(series.folder.as_str()).copied().unwrap_or_default();
        series.count >= LEAST && series.count * 2 > all
    };
    // A folder that a kind is named for holds that kind, whatever opens its names.
    let is_known = |series: &Series| {
        let name = series.folder.rsplit('/').next().unwrap_or("");
        kinds.iter().any(|kind| kind.is_of_folder(name))
    };
    series.into_values().filter(|series| is_most(series) && !is_known(series)).collect()
}

/// The kinds that series are of: proposals with a prefix of their own. Those of a known prefix are of that kind.
pub(super) fn kinds(series: &[Series], known: &[Arc<Kind>]) -> Vec<Arc<Kind>> {
    let Some(base) = known.iter().find(|kind| kind.name == SERIES_OF) else { return Vec::new() };
    let mut kinds: Vec<Arc<Kind>> = Vec::new();
    for Series { letters, digits, .. } in series {
        let is_known = |kind: &Arc<Kind>| kind.prefix.eq_ignore_ascii_case(letters) || kind.name == *letters;
        if known.iter().chain(&kinds).any(is_known) {
            continue;
        }
        let prefix = letters.to_uppercase();
        kinds.push(Arc::new(Kind {
            name: letters.clone(),
            label: prefix.clone(),
            plural: format!("{prefix}s"),
            width: (*digits).clamp(1, 9),
            folders: vec![letters.clone(), format!("{letters}s")],
            summary: format!("A text of the series {prefix}."),
            prefix,
            ..base.as_ref().clone()
        }));
    }
    kinds
}
