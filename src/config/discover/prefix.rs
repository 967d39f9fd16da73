//! Tells the logs of several packages apart.

use super::super::kind::Kind;
use super::super::root::Root;
use super::name::opening;
use crate::text::SourcePath;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Names of folders that say nothing about whose records are in them.
const GENERIC: [&str; 26] = [
    "adr",
    "adrs",
    "app",
    "apps",
    "architecture",
    "content",
    "crates",
    "decision-records",
    "decisions",
    "doc",
    "docs",
    "documentation",
    "lib",
    "libs",
    "modules",
    "packages",
    "projects",
    "proposals",
    "rfc",
    "rfcs",
    "services",
    "source",
    "src",
    "text",
    "wiki",
    "decision",
];

/// A word as a prefix: `Billing API` as `billing-api`; empty when nothing is left of it.
pub(super) fn word(name: &str) -> String {
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let word = parts.collect::<Vec<_>>().join("-").to_lowercase();
    word.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).to_owned()
}

/// Gives prefixes to roots whose numbers clash with another's; the one that lies least deep keeps its bare ids.
pub(super) fn tell_apart(roots: &mut [Root], texts: &[SourcePath], kinds: &[Arc<Kind>]) {
    let logs: Vec<Log> = roots.iter().map(|root| Log::of(root, texts, kinds)).collect();
    let depth = |root: &Root| root.path.matches('/').count();
    let least = roots.iter().map(depth).min().unwrap_or_default();
    let is_only = roots.iter().filter(|root| depth(root) == least).count() == 1;
    let clashes = |at: usize| {
        let others = logs.iter().enumerate().filter(|(other, _)| *other != at);
        logs.get(at).is_some_and(|own| others.into_iter().any(|(_, other)| own.clashes_with(other)))
    };
    let clashing: Vec<usize> = (0..roots.len()).filter(|at| clashes(*at)).collect();
    let mut taken = BTreeSet::new();
    for at in clashing {
        let Some(root) = roots.get_mut(at) else { continue };
        if is_only && depth(root) == least {
            continue;
        }
        let parts: Vec<&str> = root.path.split('/').collect();
        let telling: Vec<&str> = parts.iter().copied().filter(|part| tells(part)).collect();
        // From the innermost outwards, until nobody else has the name.
        let names = (1..=telling.len())
            .map(|count| telling.iter().skip(telling.len() - count).copied().collect::<Vec<_>>().join("-"));
        let names = names.chain([parts.join("-")]).map(|name| word(&name)).filter(|name| !name.is_empty());
        if let Some(name) = names.into_iter().find(|name| !taken.contains(name)) {
            taken.insert(name.clone());
            root.prefix = name;
        }
    }
}

/// Whether the name of a folder says whose records are in it.
fn tells(part: &str) -> bool {
    !GENERIC.contains(&part.to_lowercase().as_str())
}

/// What tells the records of a root from those of another.
struct Log {
    folder: String,
    /// The prefix of its ids: `adr` and `decisions` hold the same series.
    series: String,
    /// The folders that say whose records they are.
    package: Vec<String>,
    /// The numbers that open names in it.
    numbers: BTreeSet<String>,
}

impl Log {
    fn of(root: &Root, texts: &[SourcePath], kinds: &[Arc<Kind>]) -> Log {
        let folder = root.path.rsplit('/').next().unwrap_or("").to_lowercase();
        let kind = kinds.iter().find(|kind| kind.is_of_folder(&folder) || kind.name == root.kind);
        let series = kind.map_or_else(|| folder.clone(), |kind| kind.prefix.clone());
        let package = root.path.split('/').filter(|part| tells(part)).map(str::to_lowercase).collect();
        let inside = texts.iter().filter(|path| path.below(&root.path).is_some());
        let openings = inside.filter_map(|path| opening(path.record_name())).filter(|opening| opening.digits.len() < 8);
        let numbers = openings.map(|opening| opening.digits.trim_start_matches('0').to_owned()).collect();
        Log { folder, series, package, numbers }
    }

    /// Whether a number stands for a record of each. One log may lie in two folders, and a number that is twice in it is a slip.
    fn clashes_with(&self, other: &Log) -> bool {
        let is_of_another = self.series == other.series && self.package != other.package;
        (self.folder == other.folder || is_of_another) && !self.numbers.is_disjoint(&other.numbers)
    }
}
