//! The address of a published file.

use crate::config::Config;
use crate::markdown;
use crate::text::{SourcePath, speaks_for_folder};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A path below the site's root, with `/` and an extension, not percent-encoded: `adr/0003-tera.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(pub String);

/// What may stand in an address as it is: RFC 3986's unreserved characters, and `/` between the parts. A colon is
/// encoded, since `a:b.html` at the site's root would be read as a scheme.
const IN_PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b'@').remove(b'+');

/// What may stand in a fragment as it is.
const IN_FRAGMENT: &AsciiSet = &IN_PATH.remove(b':').remove(b',').remove(b'(').remove(b')');

impl Route {
    /// Where a text is published, from its path below the content folder: `rfc/0007-x.md` becomes `rfc/0007-x.html`;
    /// `index.md`, `_index.md` and `README.md` speak for their folder.
    pub fn of_text(path: &str) -> Route {
        let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let stem = if speaks_for_folder(stem) { "index" } else { stem };
        let slash = if folder.is_empty() { "" } else { "/" };
        Route(format!("{folder}{slash}{stem}.html"))
    }

    /// Where a linked file is published: at its path below the content folder.
    pub fn of_asset(path: &SourcePath, config: &Config) -> Route {
        Route(config.roots.below(path).into_owned())
    }

    /// The same address with another last part; unchanged when nothing of `slug` may stand in an address.
    pub fn ending_in(self, slug: &str) -> Route {
        if !slug.contains(char::is_alphanumeric) {
            return self;
        }
        let slug = markdown::slug(slug);
        let folder = self.0.rsplit_once('/').map_or("", |(folder, _)| folder);
        let slash = if folder.is_empty() { "" } else { "/" };
        Route(format!("{folder}{slash}{slug}.html"))
    }

    /// Where the Markdown of this page stands: the same address with `.md`.
    pub fn markdown(&self) -> Route {
        self.beside("md")
    }

    /// The file beside this page with another extension: `kind/adr.atom` beside `kind/adr.html`.
    pub fn beside(&self, extension: &str) -> Route {
        Route(format!("{}.{extension}", self.0.strip_suffix(".html").unwrap_or(&self.0)))
    }

    /// The absolute address of this page on a site at `base_url`, which ends with or without `/`; `None` when that is empty.
    pub fn canonical(&self, base_url: &str) -> Option<String> {
        let (base, here) = (base_url.trim_end_matches('/'), self.href());
        (!base.is_empty()).then(|| format!("{base}/{}", folder_of(&here)))
    }

    /// The address of a later page of a list that begins here: `log.2.html`. No generated address holds another dot.
    pub fn numbered(&self, number: usize) -> Route {
        match self.0.strip_suffix(".html").filter(|_| number > 1) {
            Some(stem) => Route(format!("{stem}.{number}.html")),
            None => self.clone(),
        }
    }

    /// What a disk makes of the address that tells neither capital letters nor ways to write an accent apart.
    pub fn folded(&self) -> String {
        match self.0.is_ascii() {
            true => self.0.to_ascii_lowercase(),
            false => self.0.nfc().flat_map(char::to_lowercase).nfc().collect(),
        }
    }

    /// What leads from this page to the site's root, to be written before an address: empty, `../`, `../../`.
    pub fn root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The address as it is written after [`Route::root`], percent-encoded.
    pub fn href(&self) -> String {
        encode_path(&self.0)
    }
}

/// An address in letters that can be told apart: an accent that is a letter of its own is not seen beside one that is not.
pub(super) fn shown(route: &Route) -> String {
    let letter = |c: char| if is_combining_mark(c) { c.escape_unicode().to_string() } else { c.to_string() };
    route.0.chars().map(letter).collect()
}

/// An address without the `index.html` that servers show for a folder.
fn folder_of(here: &str) -> &str {
    let folder = here.strip_suffix("index.html").unwrap_or(here);
    if folder.is_empty() || folder.ends_with('/') { folder } else { here }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A path as it stands in an address.
pub(crate) fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, IN_PATH).to_string()
}

/// An anchor as it stands after `#`.
pub(crate) fn encode_fragment(anchor: &str) -> String {
    utf8_percent_encode(anchor, IN_FRAGMENT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_place_and_folders_get_an_index() {
        let route = |path| Route::of_text(path).0;
        assert_eq!(route("rfc/0007-x.md"), "rfc/0007-x.html");
        assert_eq!(route("rfc/README.md"), "rfc/index.html");
        assert_eq!(route("a/b/_index.md"), "a/b/index.html");
        assert_eq!(route("index.md"), "index.html");
        assert_eq!(route("v1.2 notes.markdown"), "v1.2 notes.html");
    }

    #[test]
    fn later_pages_are_numbered() {
        let log = Route("log.html".to_owned());
        assert_eq!((log.numbered(1).0, log.numbered(3).0), ("log.html".to_owned(), "log.3.html".to_owned()));
    }

    #[test]
    fn a_slug_is_one_part_whatever_it_holds() {
        let ending = |slug| Route("rfc/0007-x.html".to_owned()).ending_in(slug).0;
        assert_eq!(ending("Short name"), "rfc/short-name.html");
        assert_eq!(ending("../../etc/passwd"), "rfc/etcpasswd.html");
        for nothing in ["", "..", "/", "\0"] {
            assert_eq!(ending(nothing), "rfc/0007-x.html");
        }
    }

    #[test]
    fn addresses_survive_odd_names() {
        let route = Route("a b/50% off#1?/c:d & ü.html".to_owned());
        assert_eq!(route.href(), "a%20b/50%25%20off%231%3F/c%3Ad%20%26%20%C3%BC.html");
        assert_eq!(route.root(), "../../");
        assert_eq!(Route("index.html".to_owned()).root(), "");
    }
}
