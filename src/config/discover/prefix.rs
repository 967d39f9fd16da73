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
    let numbers: Vec<BTreeSet<(String, String)>> = roots.iter().map(|root| numbers(root, texts, kinds)).collect();
    let depth = |root: &Root| root.path.matches('/').count();
    let least = roots.iter().map(depth).min().unwrap_or_default();
    let is_only = roots.iter().filter(|root| depth(root) == least).count() == 1;
    let clashes = |at: usize| {
        let own = numbers.get(at);
        let others = numbers.iter().enumerate().filter(|(other, _)| *other != at);
        others.into_iter().any(|(_, other)| own.is_some_and(|own| !own.is_disjoint(other)))
    };
    let clashing: Vec<usize> = (0..roots.len()).filter(|at| clashes(*at)).collect();
    let mut taken = BTreeSet::new();
    for at in clashing {
        let Some(root) = roots.get_mut(at) else { continue };
        if is_only && depth(root) == least {
            continue;
        }
        let parts: Vec<&str> = root.path.split('/').collect();
        let telling: Vec<&str> =
            parts.iter().copied().filter(|part| !GENERIC.contains(&part.to_lowercase().as_str())).collect();
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

/// The numbers that open names in a root, each with the series that its ids are of: `adr` and `decisions` hold the same one.
fn numbers(root: &Root, texts: &[SourcePath], kinds: &[Arc<Kind>]) -> BTreeSet<(String, String)> {
    let folder = root.path.rsplit('/').next().unwrap_or("");
    let kind = kinds.iter().find(|kind| kind.is_of_folder(folder) || kind.name == root.kind);
    let series = kind.map_or_else(|| folder.to_lowercase(), |kind| kind.prefix.clone());
    let inside = texts.iter().filter(|path| path.below(&root.path).is_some());
    let openings = inside.filter_map(|path| opening(path.record_name())).filter(|opening| opening.digits.len() < 8);
    openings.map(|opening| (series.clone(), opening.digits.trim_start_matches('0').to_owned())).collect()
}
