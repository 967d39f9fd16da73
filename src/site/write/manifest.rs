//! The list of what we wrote: only what stands in it is ever replaced or removed.

use super::fault::{failed, refused};
use crate::error::Result;
use crate::source::MANIFEST;
use crate::text::Digest;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// The first line of a list.
const HEADING: &str = "# Written by Precedent; only the files listed here are replaced or removed.\n";

/// Paths below the output folder, with `/`, and the fingerprints of what was written there; and of pages, by their paths, seals
/// over what they were made of and what was made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest(pub(super) BTreeMap<String, Digest>, pub(super) BTreeMap<String, Digest>);

/// What opens the line of a seal. Whoever knows of no seals takes it for no file.
const SEAL: &str = "= ";

/// The seal of a page: one for each pair of what it was made of and what was made, so that neither is believed without the other.
pub(super) fn seal(made_of: Digest, page: Digest) -> Digest {
    Digest::of(&[made_of.0.to_le_bytes(), page.0.to_le_bytes()].concat())
}

impl Manifest {
    /// Makes sure that all of it can be written.
    ///
    /// # Errors
    /// When an address leads out of the folder, or is a file and a folder at once.
    pub(super) fn is_writable(&self) -> Result<()> {
        for path in self.0.keys() {
            if !is_inside(path) {
                return Err(refused(format!(
                    "cannot publish `{}`: it leads out of the output folder",
                    path.escape_debug()
                )));
            }
            if self.has_below(path) {
                return Err(refused(format!("cannot publish `{path}`: it would be a file and a folder at once")));
            }
        }
        Ok(())
    }

    /// The list in a folder; `None` when there is none. Lines that make no sense are left out: what they named stays.
    pub(super) fn read(folder: &Path) -> Result<Option<Manifest>> {
        if !Manifest::is_in(folder)? {
            return Ok(None);
        }
        let path = folder.join(MANIFEST);
        let bytes = fs::read(&path).map_err(failed("could not read", &path))?;
        let text = String::from_utf8_lossy(&bytes);
        // Lines come in the order of their paths, of which a map is made at once far faster than one by one.
        let (mut files, mut seals) = (Vec::new(), Vec::new());
        for line in text.lines() {
            let (list, line) = match line.strip_prefix(SEAL) {
                Some(seal) => (&mut seals, seal),
                None => (&mut files, line),
            };
            let Some((digest, path)) = line.split_once("  ") else { continue };
            let (path, Some(digest)) = (unescape(path), Digest::parse(digest)) else { continue };
            if is_inside(&path) {
                list.push((path, digest));
            }
        }
        Ok(Some(Manifest(files.into_iter().collect(), seals.into_iter().collect())))
    }

    /// Whether a folder holds a list, which is a regular file.
    ///
    /// # Errors
    /// When that cannot be seen.
    pub(super) fn is_in(folder: &Path) -> Result<bool> {
        let path = folder.join(MANIFEST);
        match fs::symlink_metadata(&path) {
            Ok(data) => Ok(data.is_file()),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
            Err(error) => Err(failed("could not read", &path)(error)),
        }
    }

    /// Whether a folder holds a list that was begun by a build, however far it came.
    pub(super) fn is_begun(folder: &Path) -> bool {
        let path = folder.join(MANIFEST);
        if !fs::symlink_metadata(&path).is_ok_and(|data| data.is_file()) {
            return false;
        }
        let mut start = Vec::new();
        let read = fs::File::open(path).and_then(|file| file.take(HEADING.len() as u64).read_to_end(&mut start));
        read.is_ok() && HEADING.as_bytes().starts_with(&start)
    }

    /// The list as text, one file a line.
    pub(super) fn text(&self) -> String {
        let mut text = String::from(HEADING);
        self.0.iter().for_each(|(path, digest)| push_line(path, *digest, &mut text));
        for (path, seal) in &self.1 {
            text.push_str(SEAL);
            push_line(path, *seal, &mut text);
        }
        text
    }

    /// Whether the list names anything in a folder.
    pub(super) fn has_below(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        self.0.range(prefix.clone()..).next().is_some_and(|(path, _)| path.starts_with(&prefix))
    }
}

/// Adds the line of one file.
pub(super) fn push_line(path: &str, digest: Digest, text: &mut String) {
    text.push_str(&digest.to_string());
    text.push_str("  ");
    for c in path.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            c => text.push(c),
        }
    }
    text.push('\n');
}

/// Undoes the escapes of [`push_line`].
fn unescape(path: &str) -> String {
    if !path.contains('\\') {
        return path.to_owned();
    }
    let mut text = String::new();
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        let escaped = if letter == '\\' { letters.next() } else { None };
        text.push(match escaped {
            Some('n') => '\n',
            Some('r') => '\r',
            Some(other) => other,
            None => letter,
        });
    }
    text
}

/// Whether a path is made of plain names only, and is not the list itself.
pub(super) fn is_inside(path: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\0');
    path != MANIFEST && path.split('/').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_survives_any_name() {
        let names = ["a.html", "caf\u{e9}/\u{2028}.html", "back\\nslash", "new\nline\r", "two  blanks"];
        let named = |of: &str| -> BTreeMap<String, Digest> {
            names.iter().map(|name| ((*name).to_owned(), Digest::of(format!("{of}{name}").as_bytes()))).collect()
        };
        let manifest = Manifest(named(""), named("seal "));
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(MANIFEST), manifest.text()).unwrap();
        assert_eq!(Manifest::read(folder.path()).unwrap(), Some(manifest));
    }

    #[test]
    fn a_forged_list_names_nothing_outside() {
        let folder = tempfile::tempdir().unwrap();
        let lines: String =
            ["../x", "/etc/passwd", "a/../../x", "a//b", "."].map(|path| format!("0  {path}\n")).concat();
        fs::write(folder.path().join(MANIFEST), lines + "nonsense\n0  fine\n").unwrap();
        let read = Manifest::read(folder.path()).unwrap().unwrap();
        assert_eq!(read.0.keys().collect::<Vec<_>>(), ["fine"]);
    }
}
