//! Folders of the site that many disks take for one.

use super::route::{Route, shown};
use crate::diagnostic::Diagnostic;
use crate::text::{SourcePath, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The folders in which something stands.
#[derive(Debug, Default)]
pub(super) struct Folders {
    /// By what a disk makes of its name that does not tell capital letters: the folder, and what stands in it.
    known: BTreeMap<String, (Route, String)>,
    /// Folders that were told of, and those that need not be looked at again.
    seen: BTreeSet<String>,
}

impl Folders {
    /// Takes up the folders of a page that the site makes itself.
    pub(super) fn add_own(&mut self, route: &Route, what: &str) {
        self.clash(route, what);
    }

    /// Takes up the folders of a text or a file beside it; a finding where one of them is not to be told from another.
    pub(super) fn add(&mut self, route: &Route, path: &SourcePath) -> Option<Diagnostic> {
        let (folder, other, owner) = self.clash(route, path.as_str())?;
        let message =
            format!("many disks take its folder {} for {}, in which {owner} stands", shown(&folder), shown(&other));
        let finding = Diagnostic::new("duplicate-address", path, Span::default(), message);
        Some(finding.with_help("rename one of the two folders, or move what is in them into one"))
    }

    /// The uppermost folder of an address that a disk takes for another one, once.
    fn clash(&mut self, route: &Route, what: &str) -> Option<(Route, Route, String)> {
        let folder = route.0.rsplit_once('/').map_or("", |(folder, _)| folder);
        if folder.is_empty() || !self.seen.insert(folder.to_owned()) {
            return None;
        }
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        for folder in ends.filter_map(|end| folder.get(..end)) {
            let folder = Route(folder.to_owned());
            let (known, owner) = self.known.entry(folder.folded()).or_insert_with(|| (folder.clone(), what.to_owned()));
            if *known != folder {
                let is_new = self.seen.insert(format!("{folder}/"));
                return is_new.then(|| (folder, known.clone(), owner.clone()));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_differ_in_letters_alone_are_told_once() {
        let mut folders = Folders::default();
        folders.add_own(&Route("log/status/x.html".to_owned()), "a list");
        let mut told = |address: &str| {
            let path = SourcePath::new(format!("content/{address}"));
            folders.add(&Route(address.to_owned()), &path).map(|finding| finding.message)
        };
        assert_eq!(told("adr/A/b/x.html"), None);
        assert_eq!(told("adr/A/b/y.html"), None);
        let message = "many disks take its folder adr/a for adr/A, in which content/adr/A/b/x.html stands";
        assert_eq!(told("adr/a/b/z.html").as_deref(), Some(message));
        assert_eq!((told("adr/a/b/c/z.html"), told("adr/a/z.html"), told("x.html")), (None, None, None));
        assert!(told("Log/z.html").is_some_and(|message| message.ends_with("for log, in which a list stands")));
        assert_eq!(told("caf\u{e9}/x.html"), None);
        assert!(told("cafe\u{301}/x.html").is_some_and(|message| message.contains("cafe\\u{301}")));
    }
}
