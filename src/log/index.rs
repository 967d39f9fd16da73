//! Finds records and assets by path and by id.

use super::target::Target;
use crate::config::{Root, Roots};
use crate::record::{Numbered, Record, RecordId};
use crate::source::Asset;
use crate::text::{SourcePath, TextHash, cut, nearest};
use memchr::memchr;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

/// Schemes that a link may have.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];
/// Files that stand for their folder.
const INDEXES: &[&str] = &["README.md", "index.md", "_index.md", "readme.md", "Readme.md", "INDEX.md"];

/// Records and assets, and how to find them.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// All records, in the order of their paths.
    pub(super) records: Vec<Arc<Record>>,
    /// By which names they and all other files are found; shared by logs whose files and ids are the same.
    pub(super) names: Arc<Names>,
}

/// By which names records and assets are found.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Who claims an id.
    pub(super) by_id: BTreeMap<RecordId, Vec<usize>>,
    /// Files that pages may link.
    pub(super) assets: BTreeMap<SourcePath, Asset>,
    by_path: HashMap<SourcePath, usize, TextHash>,
    roots: Roots,
    files: OnceLock<BTreeMap<String, SourcePath>>,
    numbered: OnceLock<BTreeMap<(String, u32), Vec<usize>>>,
}

impl Index {
    /// Indexes records; `roots` are the folders that they lie in.
    pub(super) fn new(mut records: Vec<Arc<Record>>, assets: BTreeMap<SourcePath, Asset>, roots: &Roots) -> Index {
        records.sort_by(|one, other| one.path().cmp(other.path()));
        let by_path = records.iter().enumerate().map(|(at, record)| (record.path().clone(), at)).collect();
        let mut by_id: BTreeMap<RecordId, Vec<usize>> = BTreeMap::new();
        for (at, record) in records.iter().enumerate() {
            if let Some(id) = &record.id {
                by_id.entry(id.value.clone()).or_default().push(at);
            }
        }
        let (roots, files, numbered) = (roots.clone(), OnceLock::new(), OnceLock::new());
        Index { records, names: Arc::new(Names { by_id, assets, by_path, roots, files, numbered }) }
    }

    /// The position of a file's record.
    pub(super) fn at_path(&self, path: &SourcePath) -> Option<usize> {
        self.names.by_path.get(path).copied()
    }

    /// The record that a written id means; the first, when two claim it.
    pub(super) fn named(&self, text: &str) -> Option<usize> {
        self.names.by_id.get(&RecordId::parse(text)?)?.first().copied()
    }

    /// The record that an id means to `from`: one of its own root, else of all.
    pub(super) fn named_by(&self, from: &Record, text: &str) -> Option<usize> {
        let scope = self.names.roots.holding(from.path()).map(Root::scope).filter(|scope| !scope.is_empty());
        let own =
            scope.and_then(|scope| self.names.by_id.get(&RecordId::parse(text)?.within(&scope))?.first().copied());
        own.or_else(|| self.named(text))
    }

    /// The record that a relation's target means, and the part of it: an id, a number of the same series, a path or a link.
    pub(super) fn related(&self, from: &Record, target: &str) -> Option<(usize, Option<String>)> {
        let (whole, part) = match target.trim().split_once('#') {
            Some((whole, part)) => (whole.trim(), Some(part.to_owned())),
            None => (target.trim(), None),
        };
        let of_series = || {
            let number =
                Numbered::parse(whole).filter(|numbered| numbered.prefix.is_empty() && numbered.rest.is_empty())?;
            let id = from.id.as_ref()?;
            let same = RecordId { number: number.number, addendum: number.addendum, ..id.value.clone() };
            self.names.by_id.get(&same)?.first().copied()
        };
        if let Some(record) = self.named_by(from, whole).or_else(of_series) {
            return Some((record, part));
        }
        match self.resolve(from, target.trim()) {
            Target::Record { record, anchor } => Some((record, anchor)),
            _ => Some((self.sibling(from, whole)?, part)),
        }
    }

    /// The one file beside `from` whose name has the number that `target` is: `4` for `004-x.md`, whatever its kind; `CAIP-2` for
    /// `caip-2.md`.
    fn sibling(&self, from: &Record, target: &str) -> Option<usize> {
        let wanted = Numbered::parse(target).filter(|wanted| wanted.rest.is_empty() && wanted.addendum.is_none())?;
        let numbered = self.names.numbered.get_or_init(|| {
            let mut numbered: BTreeMap<(String, u32), Vec<usize>> = BTreeMap::new();
            for (at, record) in self.records.iter().enumerate() {
                if let Some(name) = Numbered::parse(record.path().stem()).filter(|name| name.addendum.is_none()) {
                    numbered.entry((record.path().folder().to_owned(), name.number)).or_default().push(at);
                }
            }
            numbered
        });
        let beside = numbered.get(&(from.path().folder().to_owned(), wanted.number))?;
        let [only] = beside.as_slice() else { return None };
        let name = Numbered::parse(self.records.get(*only)?.path().stem())?;
        (wanted.prefix.is_empty() || wanted.prefix.eq_ignore_ascii_case(name.prefix)).then_some(*only)
    }

    /// What a target written in `from` means.
    pub(super) fn resolve(&self, from: &Record, target: &str) -> Target {
        if let Some(scheme) = scheme(target) {
            let allowed = SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme));
            return if allowed { Target::External(target.to_owned()) } else { Target::Forbidden(scheme.to_owned()) };
        }
        if target.starts_with("//") {
            // Where the page stands says nothing about how that host is reached; from a disk it would be a file.
            return Target::External(format!("https:{target}"));
        }
        let (rest, fragment) = cut(target, b'#');
        let fragment = fragment.map(|fragment| decode(fragment).into_owned()).filter(|fragment| !fragment.is_empty());
        let (path, _query) = cut(rest, b'?');
        if path.is_empty() {
            return match self.at_path(from.path()) {
                Some(record) => Target::Record { record, anchor: fragment },
                None => Target::Missing(from.path().clone()),
            };
        }
        let decoded = decode(path);
        let (first, second) = match decoded.strip_prefix('/') {
            // As on GitHub, a leading slash means the root; of the content first, since that is what readers see.
            Some(rooted) => {
                let root = self.names.roots.holding(from.path()).map_or("", |root| &root.path);
                let (of_content, of_project) = (below(root, rooted), below("", rooted));
                // A folder that the content does not have is one of the project, of which the content is but a part.
                let is_of_content = |path: &str| match path.split_once('/') {
                    Some((folder, _)) => {
                        below(root, folder).is_some_and(|folder| self.is_folder(&SourcePath::new(folder)))
                    }
                    None => true,
                };
                match root.contains('/') && !is_of_content(rooted) {
                    true => (of_project, of_content),
                    false => (of_content, of_project),
                }
            }
            None => (from.path().joined(&decoded), (*decoded != *path).then(|| from.path().joined(path)).flatten()),
        };
        let find = |place: &Option<String>| place.as_ref().and_then(|place| self.find(place));
        match find(&first).or_else(|| find(&second)) {
            Some(Found::Record(record)) => Target::Record { record, anchor: fragment },
            Some(Found::Asset(path)) => Target::Asset(path),
            None => first.or(second).map_or(Target::Outside, |path| Target::Missing(SourcePath::new(path))),
        }
    }

    /// A file, a folder's index, or a text without its extension or with that of its page.
    fn find(&self, place: &str) -> Option<Found> {
        if let Some(record) = self.names.by_path.get(place) {
            return Some(Found::Record(*record));
        }
        if let Some((path, _)) = self.names.assets.get_key_value(place) {
            return Some(Found::Asset(path.clone()));
        }
        let indexes = INDEXES.iter().filter_map(|name| below(place, name));
        let stem = place.strip_suffix(".html").unwrap_or(place);
        let texts = [format!("{stem}.md")];
        indexes.chain(texts).find_map(|path| self.names.by_path.get(path.as_str()).copied()).map(Found::Record)
    }

    /// The file most like a path that leads nowhere: its name in another folder, else its number or a like name in its own.
    pub(super) fn nearest(&self, wanted: &SourcePath) -> Option<&SourcePath> {
        let elsewhere = || self.files().get(&wanted.file_name().to_lowercase());
        let number = Numbered::parse(wanted.stem()).map(|numbered| numbered.number);
        let is_numbered = |path: &&SourcePath| {
            number.is_some() && Numbered::parse(path.stem()).map(|numbered| numbered.number) == number
        };
        let like_name = |is_meant: &dyn Fn(&&SourcePath) -> bool| {
            let names = self.beside(wanted).filter(is_meant).map(SourcePath::file_name);
            let near = nearest(wanted.file_name(), names)?;
            self.beside(wanted).find(|path| path.file_name() == near)
        };
        let same_number = || like_name(&is_numbered).or_else(|| self.beside(wanted).find(is_numbered));
        // Another number is another record, however much alike the names are.
        let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
        let wanted_digits = digits(wanted.stem());
        elsewhere().or_else(same_number).or_else(|| like_name(&|path| digits(path.stem()) == wanted_digits))
    }

    /// Whether texts or other files lie below a path.
    pub(super) fn is_folder(&self, path: &SourcePath) -> bool {
        let start = SourcePath::new(format!("{path}/"));
        let text = self.records.get(self.records.partition_point(|record| *record.path() < start));
        let text = text.map(|record| record.path().as_str());
        let opening = start.as_str().to_owned();
        let asset = self.names.assets.range(start..).next().map(|(path, _)| path.as_str());
        text.into_iter().chain(asset).any(|first| first.starts_with(&opening))
    }

    /// The files of a path's own folder.
    fn beside(&self, path: &SourcePath) -> impl Iterator<Item = &SourcePath> {
        let folder = path.folder().to_owned();
        let start = SourcePath::new(format!("{folder}/"));
        let from = if folder.is_empty() { SourcePath::new("") } else { start };
        let start = self.records.partition_point(|record| *record.path() < from);
        let texts = self.records.iter().skip(start).map(|record| record.path());
        let assets = self.names.assets.range(from..).map(|(path, _)| path);
        let inside = |folder: &str, path: &SourcePath| path.below(folder).is_some();
        let (of_texts, of_assets, own) = (folder.clone(), folder.clone(), folder);
        let texts = texts.take_while(move |path| inside(&of_texts, path));
        let assets = assets.take_while(move |path| inside(&of_assets, path));
        texts.chain(assets).filter(move |path| path.folder() == own)
    }

    /// The first file of each name, in lower case; worked out when a link is first found broken.
    fn files(&self) -> &BTreeMap<String, SourcePath> {
        self.names.files.get_or_init(|| {
            let all = self.records.iter().map(|record| record.path()).chain(self.names.assets.keys()).rev();
            all.map(|path| (path.file_name().to_lowercase(), path.clone())).collect()
        })
    }
}

enum Found {
    Record(usize),
    Asset(SourcePath),
}

/// Where `relative` leads from a folder.
fn below(folder: &str, relative: &str) -> Option<String> {
    SourcePath::new(folder).child(relative).map(|path| path.as_str().to_owned())
}

/// The scheme of an absolute address: `https` of `https://…`.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, Some(_)) = cut(target, b':') else { return None };
    let first = scheme.chars().next()?;
    let rest_fits = scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'));
    (first.is_ascii_alphabetic() && rest_fits).then_some(scheme)
}

/// Percent escapes decoded; as written when they do not give UTF-8.
fn decode(text: &str) -> Cow<'_, str> {
    if memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}
