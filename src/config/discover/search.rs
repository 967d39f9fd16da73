//! Folders that look like folders of records.

use super::super::kind::Kind;
use super::super::root::Root;
use super::name::opening;
use super::series::Series;
use crate::text::SourcePath;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Folders of proposals that have no name of a kind; they count where most of their texts are numbered.
const OF_PROPOSALS: [&str; 4] = ["text", "proposals", "enhancements", "designs"];

/// Kinds whose folders are known by their names alone.
const BY_NAME: [&str; 2] = ["adr", "rfc"];

/// How many digits the number of a proposal has, at least: chapters are numbered, too.
const DIGITS: usize = 3;

/// What was seen in a folder.
#[derive(Default)]
struct Seen {
    /// Its Markdown files, with those further down.
    texts: usize,
    /// Those that a number or a date opens.
    numbered: usize,
    /// Those of them whose number is long.
    long: usize,
}

/// The outermost folders that look so, in the order of their paths.
pub(super) fn roots(texts: &[SourcePath], series: &[Series], kinds: &[Arc<Kind>]) -> Vec<Root> {
    let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
    for path in texts {
        let opening = opening(path.record_name());
        for folder in folders(path).filter(|folder| is_telling(last(folder), kinds)) {
            let seen = seen.entry(folder).or_default();
            seen.texts += 1;
            seen.numbered += usize::from(opening.is_some());
            seen.long += usize::from(opening.is_some_and(|opening| opening.digits.len() >= DIGITS));
        }
    }
    let named = seen.into_iter().filter_map(|(folder, seen)| root(folder, &seen, kinds));
    let of_series = series.iter().map(|series| Root {
        path: series.folder.clone(),
        why: format!("{} of its texts are a series, `{}-…`", series.count, series.letters.to_uppercase()),
        ..Root::default()
    });
    let mut roots: Vec<Root> = named.chain(of_series).filter(|root| !root.path.is_empty()).collect();
    roots.sort_by(|one, other| one.path.cmp(&other.path));
    roots.dedup_by(|one, other| one.path == other.path);
    let all = roots.clone();
    let is_inside = |root: &Root, outer: &Root| SourcePath::new(&root.path).below(&outer.path).is_some();
    roots.retain(|root| !all.iter().any(|outer| is_inside(root, outer)));
    roots
}

/// The folders of a file, the outermost first.
fn folders(path: &SourcePath) -> impl Iterator<Item = &str> {
    let whole = path.as_str();
    whole.match_indices('/').filter_map(|(at, _)| whole.get(..at))
}

fn last(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

fn kind_of<'a>(name: &str, kinds: &'a [Arc<Kind>]) -> Option<&'a Arc<Kind>> {
    kinds.iter().find(|kind| kind.is_of_folder(name))
}

fn is_of_proposals(name: &str) -> bool {
    OF_PROPOSALS.iter().any(|folder| folder.eq_ignore_ascii_case(name))
}

fn is_telling(name: &str, kinds: &[Arc<Kind>]) -> bool {
    kind_of(name, kinds).is_some() || is_of_proposals(name)
}

fn root(folder: &str, seen: &Seen, kinds: &[Arc<Kind>]) -> Option<Root> {
    let name = last(folder);
    let root = Root { path: folder.to_owned(), ..Root::default() };
    if let Some(kind) = kind_of(name, kinds) {
        let is_enough = seen.numbered > 0 || BY_NAME.contains(&kind.name.as_str());
        let why = format!("folders called `{name}` hold {}", kind.plural);
        return is_enough.then_some(Root { why, ..root });
    }
    (seen.long * 2 > seen.texts).then(|| {
        let why = format!("{} of its {} texts are numbered", seen.long, seen.texts);
        Root { kind: "rfc".to_owned(), why, ..root }
    })
}
