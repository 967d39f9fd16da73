//! Texts and assets of a content folder.

use super::active::active;
use super::decode::decode;
use super::files::{Entry, Fault, Files, reason, unreadable};
use super::limit::{FileLimits, UNREAD};
use super::speaker::{self, Speakers, speaks_for_another};
use super::text::Source;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::text::{SourcePath, Span};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet};

/// What to do about a link that is not followed.
const OF_LINKS: &str = "put the file itself in its place, or take the link away";

/// A file beside the texts that a page may link: an image, a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its size in bytes.
    pub size: u64,
    /// Why it is not published, whatever its type.
    pub unfit: Option<Unfit>,
}

/// Why a file beside the texts is not published, whatever its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It cannot be read, which is a finding by itself.
    Unreadable,
    /// A browser would run it, in words that complete "it …": `holds the element …`.
    Active(Fault),
}

impl Asset {
    /// Types of files that are published when a page links them, by extension.
    pub const PUBLISHED: [&str; 21] = [
        "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf", "csv", "txt", "json", "yaml", "yml", "toml",
        "drawio", "xlsx", "docx", "pptx", "zip", "mp4", "webm",
    ];

    /// Whether a file of this extension is published when a page links it.
    pub fn is_published(extension: &str) -> bool {
        Asset::PUBLISHED.iter().any(|known| known.eq_ignore_ascii_case(extension))
    }
}

/// Everything below the content folders.
#[derive(Clone, Debug)]
pub struct Sources<T> {
    /// What was made of each Markdown file, in the order of their paths.
    pub texts: Vec<T>,
    /// All other regular files, by path.
    pub assets: BTreeMap<SourcePath, Asset>,
    /// What could not be read, each with its reason (`unread-file`).
    pub found: Vec<Diagnostic>,
    /// Paths at which a link stands: what is behind it may change under another name.
    pub(super) links: BTreeSet<SourcePath>,
}

impl<T: Send> Sources<T> {
    /// Reads every Markdown file below `folders`, none of which lies in another, leaving out what lies below one of `excluded` or
    /// is beyond the limits, and hands each to `each` as soon as it is read: no more texts need be in memory at a time than
    /// `each` keeps. A file that `recall` knows is not read.
    ///
    /// # Errors
    /// When one of the folders themselves cannot be listed.
    pub fn load(
        files: &dyn Files,
        folders: &[&str],
        (excluded, limits): (&[String], FileLimits),
        recall: impl Fn(&SourcePath) -> Option<T> + Sync,
        each: impl Fn(Source) -> T + Sync,
    ) -> Result<Sources<T>> {
        let mut kept: Vec<Entry> = Vec::new();
        let mut too_far = BTreeMap::new();
        for folder in folders {
            for entry in files.list(folder)?.into_iter().filter(|entry| !is_excluded(&entry.path, excluded)) {
                match limits.too_far(&entry.path, folder) {
                    // Of a folder that goes too far all files are left out, and it is told once.
                    Some(finding) if entry.size.is_ok() || finding.primary.path != entry.path => {
                        too_far.entry(finding.primary.path.clone()).or_insert(finding);
                    }
                    _ => kept.push(entry),
                }
            }
        }
        // Folders follow one another as words do, and files as paths do.
        kept.sort_by(|one, other| one.path.cmp(&other.path));
        let links = kept.iter().filter(|entry| entry.link.is_some()).map(|entry| entry.path.clone()).collect();
        let speakers: BTreeSet<SourcePath> =
            kept.iter().map(|entry| &entry.path).filter(|path| speaks_for_another(path)).cloned().collect();
        let speakers_of = |path: &SourcePath| Speakers::among(path, &speakers);
        let read: Vec<Read<T>> = kept
            .into_par_iter()
            .map(|entry| read(files, entry, (excluded, limits, &speakers_of), (&recall, &each)))
            .collect();
        let mut sources = Sources { texts: Vec::new(), assets: BTreeMap::new(), found: Vec::new(), links };
        for read in read {
            match read {
                Read::Text(made) => sources.texts.push(made),
                Read::Asset(path, asset, finding) => {
                    sources.assets.insert(path, asset);
                    sources.found.extend(finding.map(|finding| *finding));
                }
                Read::Nothing(finding) => sources.found.push(*finding),
            }
        }
        sources.found.extend(too_far.into_values());
        sources.found.sort_by(|one, other| one.primary.path.cmp(&other.primary.path));
        Ok(sources)
    }
}

/// What became of an entry.
pub(super) enum Read<T> {
    Text(T),
    /// A file that is no text, and what is to be said of it.
    Asset(SourcePath, Asset, Option<Box<Diagnostic>>),
    Nothing(Box<Diagnostic>),
}

pub(super) fn read<T>(
    files: &dyn Files,
    entry: Entry,
    (excluded, limits, speakers_of): (&[String], FileLimits, &(impl Fn(&SourcePath) -> Speakers + Sync)),
    (recall, each): (&impl Fn(&SourcePath) -> Option<T>, &impl Fn(Source) -> T),
) -> Read<T> {
    let path = entry.path;
    let finding = |words: &str, help: &str| {
        let message = format!("`{path}` {words}");
        Box::new(Diagnostic::new(UNREAD, &path, Span::default(), message).with_help(help))
    };
    let unread = |words: &str, help: &str| Read::Nothing(finding(words, help));
    let behind = entry.link.as_ref().filter(|link| **link != path);
    if let Some(link) = behind.filter(|link| is_excluded(link, excluded)) {
        return unread(&format!("is a link to `{link}`, which is excluded"), OF_LINKS);
    }
    if let Some(link) = behind.filter(|link| link.is_markdown() != path.is_markdown()) {
        return unread(&format!("is a link to `{link}`, a file of another type"), OF_LINKS);
    }
    let most = limits.page as u64;
    let size = match entry.size {
        Ok(size) => size.unwrap_or(0),
        Err(fault) => return unread(&fault.0, "put a regular file in its place, or exclude it in `precedent.toml`"),
    };
    if !path.is_markdown() {
        let is_rest = path.extension().eq_ignore_ascii_case("rst") && size <= most;
        if is_rest && files.read(&path).is_ok_and(|bytes| decode(&bytes).is_ok_and(is_record)) {
            let help =
                "keep the record in Markdown, or leave the file out with `exclude` under `[paths]` in `precedent.toml`";
            return unread("is a record in reStructuredText, which is not read", help);
        }
        return match look_through(files, &path) {
            Ok(fault) => {
                let finding = speaker::unheard(files, &path).map(|(why, help)| finding(&why.0, help));
                Read::Asset(path, Asset { size, unfit: fault.map(Unfit::Active) }, finding)
            }
            Err(why) => {
                let finding = finding(&why.0, "make it readable, or remove it");
                Read::Asset(path, Asset { size, unfit: Some(Unfit::Unreadable) }, Some(finding))
            }
        };
    }
    let speakers = speakers_of(&path);
    // A file that belongs to a text may have changed when the text has not.
    if let Some(known) = recall(&path).filter(|_| entry.link.is_none() && speakers.is_empty()) {
        return Read::Text(known);
    }
    match files.read_up_to(&path, most) {
        Ok(Err(size)) => unread(
            &format!("has {size} bytes; a page may have {most}"),
            "split it into several pages, raise `page-bytes` under `[limits]` in `precedent.toml`, or give it another extension \
             to publish it as a file",
        ),
        Ok(Ok(bytes)) => match decode(&bytes) {
            Ok(text) => {
                let (beside, agreed) = speakers.read(files);
                Read::Text(each(Source::new(path, text).with_beside(beside, agreed)))
            }
            Err(fault) => unread(
                &fault.0,
                "save it as UTF-8 text with lines that end with LF, or give it the extension of what it is",
            ),
        },
        Err(error) => unread(&unreadable(&error).0, "make it readable, or remove it"),
    }
}

/// Whether a text in reStructuredText is a record: it opens with lines like those of a mail, a status among them, as PEPs do, or
/// has a heading `Status`.
fn is_record(text: &str) -> bool {
    let is_status = |line: &str| line.trim_end().eq_ignore_ascii_case("status");
    let is_rule = |line: &str| line.len() > 2 && line.chars().all(|c| "=-~^\"'`#*+".contains(c));
    let opens = text.lines().take_while(|line| !line.trim().is_empty());
    let states = |line: &str| line.get(..7).is_some_and(|key| key.eq_ignore_ascii_case("status:"));
    let has_heading =
        || text.lines().zip(text.lines().skip(1)).any(|(line, next)| is_status(line) && is_rule(next.trim_end()));
    opens.into_iter().any(states) || has_heading()
}

/// What stands against publishing a file that is no text.
///
/// # Errors
/// When it cannot be read.
fn look_through(files: &dyn Files, path: &SourcePath) -> std::result::Result<Option<Fault>, Fault> {
    if !Asset::is_published(path.extension()) {
        return Ok(None);
    }
    let file = files.open(path).map_err(|error| unreadable(&error))?;
    active(path.extension(), file).map_err(|error| Fault(format!("cannot be read: {}", reason(&error))))
}

pub(super) fn is_excluded(path: &SourcePath, excluded: &[String]) -> bool {
    let folders = excluded.iter().map(|folder| folder.trim_end_matches('/')).filter(|folder| !folder.is_empty());
    folders.into_iter().any(|folder| path.is_within(folder))
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;
    use crate::error::Error;
    use std::sync::Arc;

    fn load(files: &dyn Files) -> Sources<Source> {
        within(files, FileLimits::default())
    }

    fn within(files: &dyn Files, limits: FileLimits) -> Sources<Source> {
        let excluded = ["content/drafts/".to_owned(), String::new()];
        Sources::load(files, &["content"], (&excluded, limits), |_| None, |source| source).unwrap()
    }

    /// One file with these bytes: its text, or why it is not read.
    fn one(bytes: &[u8]) -> std::result::Result<String, String> {
        let files = Memory([(SourcePath::new("content/a.md"), Arc::from(bytes))].into());
        let sources = load(&files);
        match sources.found.first() {
            Some(finding) => {
                assert_eq!((finding.rule, sources.texts.len(), sources.found.len()), (UNREAD, 0, 1));
                assert!(finding.help.is_some());
                Err(finding.message.clone())
            }
            None => Ok(sources.texts[0].text().unwrap().to_owned()),
        }
    }

    #[test]
    fn markdown_is_read_and_the_rest_is_beside_it() {
        let files = Memory::of([
            ("content/b.MD", "b"),
            ("content/a.markdown", ""),
            ("content/c.mdown", "c"),
            ("content/picture.png", "12345"),
            ("content/drafts/d.md", "d"),
            ("content/draftsman.md", "e"),
            ("other/x.md", "x"),
        ]);
        let sources = load(&files);
        let texts: Vec<_> = sources.texts.iter().map(|source| (source.path.as_str(), source.text().unwrap())).collect();
        assert_eq!(
            texts,
            [
                ("content/a.markdown", ""),
                ("content/b.MD", "b"),
                ("content/c.mdown", "c"),
                ("content/draftsman.md", "e")
            ]
        );
        let assets: Vec<_> = sources.assets.iter().map(|(path, asset)| (path.as_str(), asset.size)).collect();
        assert_eq!(assets, [("content/picture.png", 5)]);
        assert_eq!(sources.found, []);
    }

    #[test]
    fn a_record_in_another_markup_is_not_dropped_in_silence() {
        let files = Memory::of([
            ("content/peps/pep-0008.rst", "PEP: 8\nTitle: Style\nStatus: Active\n\nIntroduction\n============\n"),
            ("content/adr/0001-x.RST", "Use a queue\n===========\n\nStatus\n------\n\nAccepted\n"),
            ("content/guide.rst", "Guide\n=====\n\nStatus: we are fine.\n"),
        ]);
        let sources = load(&files);
        let messages: Vec<_> = sources.found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "`content/adr/0001-x.RST` is a record in reStructuredText, which is not read",
                "`content/peps/pep-0008.rst` is a record in reStructuredText, which is not read"
            ]
        );
        assert_eq!(sources.assets.len(), 1);
    }

    #[test]
    fn what_is_no_text_says_what_it_looks_like() {
        assert_eq!(one(b"").unwrap(), "");
        assert_eq!(one(b"\xEF\xBB\xBFx").unwrap(), "\u{feff}x");
        let why = |bytes: &[u8]| one(bytes).unwrap_err().replace("`content/a.md` ", "");
        assert_eq!(why(b"one\ntwo caf\xE9\n"), "is not UTF-8: byte E9 at offset 11, line 2");
        assert_eq!(why(b"\xFF\xFEa\0b\0"), "looks like UTF-16 text");
        assert_eq!(why(b"a\0b\0c\0\n\0"), "looks like UTF-16 text");
        assert_eq!(why(b"\x1F\x8B\x08\0abc"), "looks like a gzip archive");
        assert_eq!(why(b"%PDF-1.7\n\xFF"), "looks like a PDF file");
        assert_eq!(why(b"+++\rdraft = true\r+++\r"), "has lines that end with CR alone");
        assert_eq!(why(b"+++\rdraft = true\r+++\n\n# A\n"), "has lines that end with CR alone");
        assert_eq!(one(b"a\r\r\nb\rc\r\n").unwrap(), "a\r\r\nb\rc\r\n");
        assert_eq!(one(b"a\r").unwrap(), "a\r");
        assert_eq!(why(b"text\nwith\0inside"), "holds a NUL byte at offset 9, line 2");
    }

    #[test]
    fn a_page_that_is_too_long_is_a_finding() {
        let most = FileLimits::default().page;
        assert!(one(&vec![b'a'; most]).is_ok());
        let why = one(&vec![b'a'; most + 1]).unwrap_err();
        assert_eq!(why, "`content/a.md` has 8388609 bytes; a page may have 8388608");
    }

    #[test]
    fn what_goes_too_far_is_told_once_and_the_rest_is_read() {
        let files = Memory::of([
            ("content/a/b/c/d/e.md", "too deep"),
            ("content/a/b/c/d/f/g.md", "too deep"),
            ("content/a/b/c/h.md", "deep enough"),
            ("content/a/long-name.md", "of 12 bytes"),
            ("content/a/b/long-folder/i.md", "in a folder of 11 bytes"),
            ("content/drafts/much-too-long.md", "excluded"),
        ]);
        let told = |limits: FileLimits| -> Vec<String> {
            within(&files, limits).found.into_iter().map(|finding| finding.message).collect()
        };
        assert_eq!(told(FileLimits::default()), Vec::<String>::new());
        let limits = FileLimits { depth: 3, name: 12, path: 100, page: 100 };
        assert_eq!(told(limits), ["`content/a/b/c/d` lies more than 3 folders deep"]);
        assert_eq!(within(&files, limits).texts.len(), 3);
        assert_eq!(
            told(FileLimits { name: 10, depth: 32, ..limits }),
            [
                "`content/a/b/long-folder` has a name of 11 bytes; a name may have 10",
                "`content/a/long-name.md` has a name of 12 bytes; a name may have 10"
            ]
        );
        assert_eq!(
            told(FileLimits { path: 21, depth: 32, ..limits }),
            [
                "`content/a/b/c/d/f/g.md` has a path of 22 bytes; a path may have 21",
                "`content/a/b/long-folder` has a path of 23 bytes; a path may have 21",
                "`content/a/long-name.md` has a path of 22 bytes; a path may have 21"
            ]
        );
        assert_eq!(
            told(FileLimits { page: 11, depth: 32, ..limits })[0],
            "`content/a/b/long-folder/i.md` has 23 bytes; a page may have 11"
        );
        let help = within(&files, limits).found[0].help.clone().unwrap();
        assert!(help.contains("raise `folder-depth` under `[limits]`"), "{help}");
    }

    /// Files of which some cannot be read.
    struct Faulty;

    impl Files for Faulty {
        fn list(&self, _: &str) -> Result<Vec<Entry>> {
            let entry = |path: &str, size| Entry { path: SourcePath::new(path), size, link: None };
            let fault = || Err(Fault("is not a regular file".to_owned()));
            Ok(vec![entry("content/a.png", fault()), entry("content/b.md", fault()), entry("content/c.md", Ok(None))])
        }

        fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>> {
            let source = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
            Err(Error::Io { doing: "could not read", path: path.as_str().into(), source })
        }
    }

    #[test]
    fn every_fault_becomes_one_finding() {
        let sources = load(&Faulty);
        let messages: Vec<_> = sources.found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "`content/a.png` is not a regular file",
                "`content/b.md` is not a regular file",
                "`content/c.md` cannot be read: permission denied"
            ]
        );
        assert_eq!((sources.texts.len(), sources.assets.len()), (0, 0));
    }
}
