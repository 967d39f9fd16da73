//! Findings by file, shared with whoever still shows those of before.

use crate::diagnostic::Diagnostic;
use crate::text::{Digest, SourcePath};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Findings in the order of their files and, in a file, of their places. A copy costs nothing, and what was found in a file that
/// has not changed is the same piece of memory in one run and in the next.
#[derive(Clone, Default)]
pub struct Findings(Arc<BTreeMap<SourcePath, Arc<OfFile>>>);

/// What was found in one file, in order.
#[derive(Debug, Default)]
pub struct OfFile {
    found: Vec<Diagnostic>,
    name: OnceLock<Digest>,
}

impl OfFile {
    /// Takes up what was found in a file, sorted.
    pub fn new(found: Vec<Diagnostic>) -> OfFile {
        OfFile { found, name: OnceLock::new() }
    }

    /// The findings.
    pub fn all(&self) -> &[Diagnostic] {
        &self.found
    }

    /// A name for them: other findings, another name.
    fn name(&self) -> Digest {
        *self.name.get_or_init(|| Digest::of(format!("{:?}", self.found).as_bytes()))
    }
}

impl Findings {
    /// Takes up what was found in files, those without findings left out.
    pub fn of_files(files: impl IntoIterator<Item = (SourcePath, Arc<OfFile>)>) -> Findings {
        Findings(Arc::new(files.into_iter().filter(|(_, of_file)| !of_file.found.is_empty()).collect()))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> + Clone {
        self.0.values().flat_map(|of_file| &of_file.found)
    }

    /// Those in one file.
    pub fn of(&self, path: &SourcePath) -> &[Diagnostic] {
        self.0.get(path).map_or(&[], |of_file| &of_file.found)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.values().map(|of_file| of_file.found.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A name for all of them: other findings, another name.
    pub fn name(&self) -> Digest {
        let names = self.0.iter().flat_map(|(path, of_file)| {
            let own = of_file.name().0.to_le_bytes();
            path.as_str().bytes().chain([0]).chain(own)
        });
        Digest::of(&names.collect::<Vec<u8>>())
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Diagnostic;
    type IntoIter = Box<dyn Iterator<Item = &'a Diagnostic> + 'a>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}

impl From<Vec<Diagnostic>> for Findings {
    /// Takes up findings that are sorted by file.
    fn from(found: Vec<Diagnostic>) -> Findings {
        Findings::of_files(by_file(found).into_iter().map(|(path, found)| (path, Arc::new(OfFile::new(found)))))
    }
}

/// Findings by the file that they stand in, in the order in which they come.
pub fn by_file(found: Vec<Diagnostic>) -> BTreeMap<SourcePath, Vec<Diagnostic>> {
    let mut files: BTreeMap<SourcePath, Vec<Diagnostic>> = BTreeMap::new();
    let mut found = found.into_iter().peekable();
    // Those of one file mostly follow one another, and share its path.
    while let Some(first) = found.next() {
        let path = first.primary.path.clone();
        let of_file = files.entry(path.clone()).or_default();
        of_file.push(first);
        of_file.extend(std::iter::from_fn(|| found.next_if(|finding| finding.primary.path == path)));
    }
    files
}

impl PartialEq for Findings {
    fn eq(&self, other: &Findings) -> bool {
        let mut pairs = self.0.iter().zip(&*other.0);
        let mut are_same = || {
            pairs.all(|((path, one), (other_path, other))| {
                path == other_path && (Arc::ptr_eq(one, other) || one.found == other.found)
            })
        };
        Arc::ptr_eq(&self.0, &other.0) || (self.0.len() == other.0.len() && are_same())
    }
}

impl fmt::Debug for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn finding(path: &str, at: usize, message: &str) -> Diagnostic {
        Diagnostic::new("broken-link", &SourcePath::new(path), Span::new(at, at), message)
    }

    #[test]
    fn findings_come_back_by_file_and_in_order() {
        let all = vec![finding("a.md", 1, "x"), finding("a.md", 2, "y"), finding("b.md", 0, "z")];
        let findings = Findings::from(all.clone());
        assert_eq!(findings.iter().cloned().collect::<Vec<_>>(), all);
        assert_eq!(findings.of(&SourcePath::new("a.md")), &all[..2]);
        assert_eq!((findings.len(), findings.of(&SourcePath::new("c.md"))), (3, &[] as &[Diagnostic]));
    }

    #[test]
    fn other_findings_have_another_name() {
        let findings = |message: &str| Findings::from(vec![finding("a.md", 1, "x"), finding("b.md", 1, message)]);
        assert_eq!((findings("y") == findings("y"), findings("y").name() == findings("y").name()), (true, true));
        assert_eq!((findings("y") == findings("z"), findings("y").name() == findings("z").name()), (false, false));
        assert_ne!(findings("y").name(), Findings::default().name());
    }
}
