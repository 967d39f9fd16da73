//! Paths of a project, and what they tell without a look into the file.

use super::part::cut;
use memchr::memrchr;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// A path below the project's root, always with `/`; the root holds `precedent.toml` and the content folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Takes a path that is already relative to the root and written with `/`.
    pub fn new(path: impl AsRef<str>) -> SourcePath {
        SourcePath(Arc::from(path.as_ref()))
    }

    /// The path as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds it; empty at the root.
    pub fn folder(&self) -> &str {
        memrchr(b'/', self.0.as_bytes()).and_then(|at| self.0.get(..at)).unwrap_or("")
    }

    /// The last part, with its extension.
    pub fn file_name(&self) -> &str {
        memrchr(b'/', self.0.as_bytes()).and_then(|at| self.0.get(at + 1..)).unwrap_or(&self.0)
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        memrchr(b'.', name.as_bytes()).and_then(|at| name.get(..at)).unwrap_or(name)
    }

    /// The extension as written, without the dot; empty when there is none.
    pub fn extension(&self) -> &str {
        let name = self.file_name();
        memrchr(b'.', name.as_bytes()).and_then(|at| name.get(at + 1..)).unwrap_or("")
    }

    /// The name of the folder that holds it, without those above; empty at the root.
    pub fn folder_name(&self) -> &str {
        let folder = self.folder();
        memrchr(b'/', folder.as_bytes()).and_then(|at| folder.get(at + 1..)).unwrap_or(folder)
    }

    /// Whether it is a text in Markdown.
    pub fn is_markdown(&self) -> bool {
        let extension = self.extension();
        ["md", "markdown", "mdown"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    }

    /// Whether it stands for its folder: a README or an index.
    pub fn is_index(&self) -> bool {
        speaks_for_folder(self.stem())
    }

    /// The part that names a record: the folder's name for a README or an index, else the file's without its extension.
    pub fn record_name(&self) -> &str {
        if self.is_index() { self.folder_name() } else { self.stem() }
    }

    /// The folder that holds a record: above its own, where that names it.
    pub fn record_folder(&self) -> &str {
        let folder = self.folder();
        if self.is_index() { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder }
    }

    /// Where `relative` leads from this file's folder; `None` when it leads out of the root.
    pub fn join(&self, relative: &str) -> Option<SourcePath> {
        self.joined(relative).map(SourcePath::new)
    }

    /// As [`SourcePath::join`], for a path that is only looked up.
    pub fn joined(&self, relative: &str) -> Option<String> {
        let mut path = String::with_capacity(self.0.len() + relative.len());
        path.push_str(self.folder().trim_matches('/'));
        let mut rest = Some(relative);
        while let Some((part, after)) = rest.map(|rest| cut(rest, b'/')) {
            rest = after;
            match part {
                "" | "." => {}
                ".." if path.is_empty() => return None,
                ".." => path.truncate(memrchr(b'/', path.as_bytes()).unwrap_or(0)),
                part => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(part);
                }
            }
        }
        Some(path)
    }

    /// Where `relative` leads from this path taken as a folder; `None` when it leads out of the root.
    pub fn child(&self, relative: &str) -> Option<SourcePath> {
        SourcePath::new(format!("{}/x", self.0)).join(relative)
    }

    /// This file as a relative path from another: `../rfc/0002-y.md`; see [`destination`] for a link.
    pub fn link_from(&self, from: &SourcePath) -> String {
        let folders = |path: &SourcePath| -> Vec<String> {
            path.folder().split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let (ours, theirs) = (folders(self), folders(from));
        let shared = ours.iter().zip(&theirs).take_while(|(one, other)| one == other).count();
        let up = std::iter::repeat_n("..".to_owned(), theirs.len() - shared);
        let down = ours.into_iter().skip(shared).chain([self.file_name().to_owned()]);
        up.chain(down).collect::<Vec<_>>().join("/")
    }

    /// What remains of the path below `folder`; the whole path when `folder` is empty.
    pub fn below(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Whether it is `folder` or lies below it.
    pub fn is_within(&self, folder: &str) -> bool {
        self.as_str() == folder || self.below(folder).is_some()
    }
}

/// Whether a file of this name, without its extension, stands for its folder.
pub fn speaks_for_folder(stem: &str) -> bool {
    ["readme", "index", "_index"].iter().any(|index| stem.eq_ignore_ascii_case(index))
}

impl Ord for SourcePath {
    fn cmp(&self, other: &SourcePath) -> Ordering {
        // Findings are sorted by their paths, and those of one file share one.
        if Arc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.0.cmp(&other.0) }
    }
}

impl PartialOrd for SourcePath {
    fn partial_cmp(&self, other: &SourcePath) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What ends a path within a link, or means something else in Markdown or HTML.
const IN_DESTINATION: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'(')
    .add(b')')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path as it is written in a link: what would end it there is percent-encoded, letters of all scripts stay.
pub fn destination(path: &str) -> String {
    // Of what is not ASCII the library would leave nothing readable.
    let part = |c: char| match c.is_ascii() {
        true => utf8_percent_encode(c.encode_utf8(&mut [0; 4]), IN_DESTINATION).to_string(),
        false => c.to_string(),
    };
    path.chars().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_join_like_links() {
        let path = SourcePath::new("content/adr/0001-x.md");
        let join = |relative| path.join(relative).map(|path| path.as_str().to_owned());
        assert_eq!(join("../rfc/0002.md").as_deref(), Some("content/rfc/0002.md"));
        assert_eq!(join("./0002.md").as_deref(), Some("content/adr/0002.md"));
        assert_eq!(join("../../../etc/passwd"), None);
        assert_eq!((path.folder(), path.stem(), path.extension()), ("content/adr", "0001-x", "md"));
        assert_eq!(path.below("content"), Some("adr/0001-x.md"));
        assert_eq!(path.below("cont"), None);
        assert_eq!(SourcePath::new("content/rfc/2.md").link_from(&path), "../rfc/2.md");
        assert_eq!(SourcePath::new("content/adr/2.md").link_from(&path), "2.md");
        assert_eq!(destination("../a/flow (1) 50%?#.ä.md"), "../a/flow%20%281%29%2050%25%3F%23.ä.md");
        assert_eq!(SourcePath::new("").child("a/b.md").map(|path| path.as_str().to_owned()).as_deref(), Some("a/b.md"));
    }

    #[test]
    fn paths_tell_what_they_name() {
        let named = |path: &str| SourcePath::new(path).record_name().to_owned();
        assert_eq!(named("content/adr/0001-x.md"), "0001-x");
        for path in ["rfc/0007-x/README.md", "rfc/0007-x/index.markdown", "rfc/0007-x/_index.mdown"] {
            assert_eq!((named(path).as_str(), SourcePath::new(path).is_markdown()), ("0007-x", true), "{path}");
        }
        assert_eq!((named("README.md").as_str(), SourcePath::new("kep.yaml").is_markdown()), ("", false));
        let path = SourcePath::new("content/adr/0001-x.md");
        assert!(path.is_within("content") && path.is_within("content/adr/0001-x.md") && path.is_within(""));
        assert!(!path.is_within("cont") && !path.is_within("content/adr/0001"));
    }
}
