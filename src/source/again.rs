//! A content folder that was read before, and of which a few paths are looked at again.

use super::files::{Files, Look};
use super::limit::FileLimits;
use super::load::{Read, Sources, is_excluded, read};
use super::speaker::{Speakers, speaks_for_another};
use super::text::Source;
use crate::diagnostic::Diagnostic;
use crate::text::SourcePath;
use std::collections::BTreeSet;

/// What a second look has brought to light.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Texts say something else, and that is all; the places of these among all texts.
    Texts(BTreeSet<usize>),
    /// Files have come or gone, or cannot be read any more, or can again.
    Files,
    /// Only reading all of it can tell. Nothing was looked at.
    Unclear,
}

impl<T: Send + PartialEq> Sources<T> {
    /// Looks at paths again, and at every link, as [`Sources::load`] would; `path_of` says of what was made of a text which file that is.
    pub fn look_again(
        &mut self,
        files: &dyn Files,
        (folders, excluded, limits): (&[&str], &[String], FileLimits),
        paths: &BTreeSet<SourcePath>,
        path_of: impl Fn(&T) -> &SourcePath,
        each: impl Fn(Source) -> T,
    ) -> Difference {
        let mut looks = Vec::new();
        for path in paths.union(&self.links) {
            // The folder itself may have gone, and what is known to lie below a path makes a folder of it.
            // What speaks for another file changes what is made of that.
            if folders.contains(&path.as_str()) || speaks_for_another(path) || self.holds(path.as_str(), &path_of) {
                return Difference::Unclear;
            }
            let folder = folders.iter().find(|folder| path.below(folder).is_some());
            let Some(folder) = folder.filter(|_| !is_excluded(path, excluded)) else { continue };
            match files.look(folder, path) {
                // Where it goes too far, a listing tells with which folder.
                Look::Entry(_) if limits.too_far(path, folder).is_some() => return Difference::Unclear,
                Look::Unclear => return Difference::Unclear,
                Look::Nothing => looks.push((path.clone(), None)),
                // Whether a folder is left out, only a listing tells; of one with a listed file it did.
                Look::Entry(entry) if path.folder() == *folder || self.holds(path.folder(), &path_of) => {
                    looks.push((path.clone(), Some(entry)));
                }
                Look::Entry(_) => return Difference::Unclear,
            }
        }
        // Of a file that speaks for a text, something else is said when that has come or gone.
        let is_known = |path: &SourcePath| self.texts.binary_search_by(|text| path_of(text).cmp(path)).is_ok();
        let is_spoken_for = |path: &SourcePath| !Speakers::of(path, |one| self.assets.contains_key(one)).is_empty();
        if looks.iter().any(|(path, entry)| entry.is_some() != is_known(path) && is_spoken_for(path)) {
            return Difference::Unclear;
        }
        let mut texts = BTreeSet::new();
        let mut is_only_texts = true;
        for (path, entry) in looks {
            let is_link = entry.as_ref().is_some_and(|entry| entry.link.is_some());
            if is_link {
                self.links.insert(path.clone())
            } else {
                self.links.remove(&path)
            };
            let speakers = |path: &SourcePath| Speakers::of(path, |speaker| self.assets.contains_key(speaker));
            let around = (excluded, limits, &speakers);
            let now = entry.map(|entry| read(files, entry, around, (&|_: &SourcePath| None, &each)));
            match self.put(&path, now, &path_of) {
                Put::Nothing => {}
                Put::Text(at) => drop(texts.insert(at)),
                Put::Other => is_only_texts = false,
            }
        }
        if is_only_texts { Difference::Texts(texts) } else { Difference::Files }
    }

    /// Whether a file is known to lie below a folder.
    fn holds(&self, folder: &str, path_of: &impl Fn(&T) -> &SourcePath) -> bool {
        if folder.is_empty() {
            return true;
        }
        let start = SourcePath::new(format!("{folder}/"));
        let at = self.texts.partition_point(|text| *path_of(text) < start);
        let text = self.texts.get(at).map(path_of);
        let asset = self.assets.range(start..).next().map(|(path, _)| path);
        let unread = self.found.iter().map(|finding| &finding.primary.path);
        text.into_iter().chain(asset).chain(unread).any(|path| path.below(folder).is_some())
    }

    /// Puts what is at a path now in the place of what was.
    fn put(&mut self, path: &SourcePath, now: Option<Read<T>>, path_of: &impl Fn(&T) -> &SourcePath) -> Put {
        let place = self.texts.binary_search_by(|text| path_of(text).cmp(path));
        if let (Ok(at), Some(Read::Text(text))) = (place, &now)
            && self.texts.get(at) == Some(text)
        {
            return Put::Nothing;
        }
        let asset = self.assets.remove(path);
        let unread = self.found.iter().position(|finding| finding.primary.path == *path);
        let unread = unread.map(|at| self.found.remove(at));
        let is_new = match (now, place) {
            (Some(Read::Text(text)), Ok(at)) => {
                if let Some(place) = self.texts.get_mut(at) {
                    *place = text;
                }
                return Put::Text(at);
            }
            (Some(Read::Text(text)), Err(at)) => {
                self.texts.insert(at, text);
                return Put::Other;
            }
            (Some(Read::Asset(path, now, finding)), _) => {
                let is_new = asset.as_ref() != Some(&now) || unread.as_ref() != finding.as_deref();
                self.find(finding);
                self.assets.insert(path, now);
                is_new
            }
            (Some(Read::Nothing(finding)), _) => {
                let is_new = unread.as_ref() != Some(&*finding);
                self.find(Some(finding));
                is_new
            }
            (None, _) => asset.is_some() || unread.is_some(),
        };
        let was_text = place.ok().map(|at| self.texts.remove(at)).is_some();
        if is_new || was_text { Put::Other } else { Put::Nothing }
    }

    /// Puts a finding in its place.
    fn find(&mut self, finding: Option<Box<Diagnostic>>) {
        let Some(finding) = finding else { return };
        let at = self.found.partition_point(|other| other.primary.path < finding.primary.path);
        self.found.insert(at, *finding);
    }
}

/// What has changed at one path.
enum Put {
    Nothing,
    /// The text at a place among all texts.
    Text(usize),
    Other,
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;
    use std::sync::Arc;

    /// A text as its path and its words.
    type Words = (SourcePath, String);

    fn words(source: Source) -> Words {
        (source.path.clone(), source.text().unwrap_or_default().to_owned())
    }

    fn load(files: &Memory) -> Sources<Words> {
        Sources::load(files, &["content"], (&["content/out".to_owned()], FileLimits::default()), |_| None, words)
            .unwrap()
    }

    /// What a look at some paths finds after a change; what is known then is what a listing knows.
    fn difference(change: impl Fn(&mut Memory), paths: &[&str]) -> Difference {
        let mut files = Memory::of([
            ("content/a/1.md", "one"),
            ("content/a/2.md", "two"),
            ("content/b.png", "png"),
            ("content/c.md", "some words\0others"),
            ("content/k/1/README.md", "spoken for"),
            ("content/k/1/kep.yaml", "kep-number: 1"),
        ]);
        let mut sources = load(&files);
        change(&mut files);
        let paths = paths.iter().map(SourcePath::new).collect();
        let found = sources.look_again(
            &files,
            (&["content"], &["content/out".to_owned()], FileLimits::default()),
            &paths,
            |(path, _)| path,
            words,
        );
        if found != Difference::Unclear {
            let fresh = load(&files);
            assert_eq!((sources.texts, sources.assets, sources.found), (fresh.texts, fresh.assets, fresh.found));
        }
        found
    }

    #[test]
    fn a_second_look_finds_what_a_listing_finds() {
        let write = |path: &'static str, text: &'static str| {
            move |files: &mut Memory| drop(files.0.insert(SourcePath::new(path), Arc::from(text.as_bytes())))
        };
        let remove = |path: &'static str| move |files: &mut Memory| drop(files.0.remove(&SourcePath::new(path)));
        let none = Difference::Texts(BTreeSet::new());
        assert_eq!(difference(|_| {}, &["content/a/1.md", "content/b.png", "content/gone.md"]), none);
        assert_eq!(difference(write("content/a/2.md", "2"), &["content/a/2.md"]), Difference::Texts([1].into()));
        assert_eq!(difference(write("content/out/2.md", "2"), &["content/out/2.md", "precedent.toml"]), none);
        let spoken_for = "content/k/1/README.md";
        assert_eq!(difference(write(spoken_for, "2"), &[spoken_for]), Difference::Texts([2].into()));
        assert_eq!(difference(remove(spoken_for), &[spoken_for]), Difference::Unclear);
        for change in [
            difference(write("content/a/3.md", "3"), &["content/a/3.md"]),
            difference(write("content/a/2.md", "\0"), &["content/a/2.md"]),
            difference(write("content/c.md", "c"), &["content/c.md"]),
            difference(write("content/c.md", "words\0others"), &["content/c.md"]),
            difference(write("content/b.png", "other"), &["content/b.png"]),
            difference(remove("content/a/1.md"), &["content/a/1.md"]),
            difference(remove("content/b.png"), &["content/b.png"]),
            difference(remove("content/c.md"), &["content/c.md"]),
        ] {
            assert_eq!(change, Difference::Files);
        }
    }

    #[test]
    fn what_may_be_a_folder_is_listed() {
        let write = |path: &'static str| {
            move |files: &mut Memory| drop(files.0.insert(SourcePath::new(path), Arc::from(b"x".as_slice())))
        };
        let unclear = Difference::Unclear;
        assert_eq!(difference(|_| {}, &["content"]), unclear);
        assert_eq!(difference(|_| {}, &["content/a"]), unclear);
        assert_eq!(difference(write("content/new/1.md"), &["content/new"]), unclear);
        assert_eq!(difference(write("content/new/1.md"), &["content/new/1.md"]), unclear);
        assert_eq!(
            difference(|files| files.0.retain(|path, _| path.below("content/a").is_none()), &["content/a"]),
            unclear
        );
    }
}
