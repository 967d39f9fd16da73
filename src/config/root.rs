//! Folders of records: where they lie, and what opens the ids and addresses of what is in them.

use crate::text::SourcePath;
use std::borrow::Cow;

/// A folder of records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Root {
    /// The folder, relative to the project's; empty for the project's folder itself.
    pub path: String,
    /// What opens the ids (`WEB-ADR-0007`) and the addresses (`web/0007-x.html`), in lower case; empty for nothing.
    pub prefix: String,
    /// The name of the kind of records whose folder and name tell none; empty for chapters.
    pub kind: String,
    /// Who says that records are here, to complete "… because".
    pub why: String,
}

/// Every folder of records; at least one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roots(Vec<Root>);

impl Root {
    /// What opens the ids of its records: `WEB`; empty for nothing.
    pub fn scope(&self) -> String {
        self.prefix.to_uppercase()
    }
}

impl Roots {
    /// The one folder of records.
    pub fn one(path: impl Into<String>, why: impl Into<String>) -> Roots {
        Roots(vec![Root { path: path.into(), why: why.into(), ..Root::default() }])
    }

    /// Several folders; the project's own where there is none.
    pub fn of(roots: Vec<Root>) -> Roots {
        if roots.is_empty() { Roots::one("", "no folder is named") } else { Roots(roots) }
    }

    /// The same folders, where texts that tell no kind of their own are of this one.
    #[must_use]
    pub fn of_kind(mut self, kind: &str) -> Roots {
        for root in self.0.iter_mut().filter(|root| root.kind.is_empty()) {
            kind.clone_into(&mut root.kind);
        }
        self
    }

    /// The folders, in the order in which they were named.
    pub fn iter(&self) -> impl Iterator<Item = &Root> {
        self.0.iter()
    }

    /// The folders, but for those that lie in another: what is to be read and watched.
    pub fn outermost(&self) -> Vec<&str> {
        let mut folders: Vec<&str> = self.iter().map(|root| root.path.as_str()).collect();
        folders.sort_unstable();
        folders.dedup();
        let all = folders.clone();
        folders.retain(|folder| {
            !all.iter().any(|other| other != folder && SourcePath::new(folder).below(other).is_some())
        });
        folders
    }

    /// The root that a file lies in; the innermost, where one holds another.
    pub fn holding(&self, path: &SourcePath) -> Option<&Root> {
        let holding = self.iter().filter(|root| path.below(&root.path).is_some());
        holding.max_by_key(|root| root.path.len())
    }

    /// A file's path as its address has it: below its root, and opened by the root's prefix. Whole for a file in none.
    pub fn below<'a>(&self, path: &'a SourcePath) -> Cow<'a, str> {
        let Some(root) = self.holding(path) else { return Cow::Borrowed(path.as_str()) };
        let below = path.below(&root.path).unwrap_or(path.as_str());
        if root.prefix.is_empty() { Cow::Borrowed(below) } else { Cow::Owned(format!("{}/{below}", root.prefix)) }
    }

    /// Whether a path is that of a root itself.
    pub fn is_root(&self, path: &str) -> bool {
        self.iter().any(|root| root.path == path)
    }

    /// The folder whose files stand at the top of the site; empty where every root has a prefix.
    pub fn top(&self) -> &str {
        self.iter().find(|root| root.prefix.is_empty()).map_or("", |root| &root.path)
    }

    /// The folders in words: `` `docs/adr` and `docs/rfc` ``; `.` is the project's own.
    pub fn in_words(&self) -> String {
        let names: Vec<String> =
            self.iter().map(|root| format!("`{}`", if root.path.is_empty() { "." } else { &root.path })).collect();
        match names.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roots(all: &[(&str, &str)]) -> Roots {
        let root = |(path, prefix): &(&str, &str)| Root {
            path: (*path).to_owned(),
            prefix: (*prefix).to_owned(),
            ..Root::default()
        };
        Roots::of(all.iter().map(root).collect())
    }

    #[test]
    fn a_file_belongs_to_the_innermost_root() {
        let roots = roots(&[("docs", ""), ("docs/web/adr", "web"), ("api/adr", "api")]);
        let below = |path: &str| roots.below(&SourcePath::new(path)).into_owned();
        assert_eq!(below("docs/index.md"), "index.md");
        assert_eq!(below("docs/web/adr/0001-x.md"), "web/0001-x.md");
        assert_eq!(below("docs/web/adrs/x.md"), "web/adrs/x.md");
        assert_eq!(below("elsewhere/x.md"), "elsewhere/x.md");
        assert_eq!(roots.outermost(), ["api/adr", "docs"]);
        assert_eq!(roots.top(), "docs");
        assert_eq!(roots.in_words(), "`docs`, `docs/web/adr` and `api/adr`");
    }

    #[test]
    fn the_project_itself_holds_everything() {
        let roots = roots(&[("", ""), ("docs", "d")]);
        assert_eq!(roots.outermost(), [""]);
        assert_eq!(roots.below(&SourcePath::new("a/b.md")), "a/b.md");
        assert_eq!(roots.below(&SourcePath::new("docs/b.md")), "d/b.md");
        assert_eq!(Roots::of(Vec::new()).in_words(), "`.`");
    }
}
