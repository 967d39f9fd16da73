//! From the target of a request to a file of the site, by an exact map.

use super::pages::Pages;
use crate::page::Route;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands as it is in the path of an address.
const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What a target means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A file of the site.
    File(Route),
    /// The address to ask for instead, percent-encoded.
    Elsewhere(String),
    /// Nothing is there.
    Nowhere,
    /// It is not an address.
    Malformed,
}

/// Where the site stands below its host: `/` or `/handbook/`, not percent-encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Base(String);

impl Base {
    /// The path of an absolute address; `/` when there is none.
    pub(super) fn of(base_url: &str) -> Base {
        let after_scheme = base_url.split_once("://").map_or("", |(_, rest)| rest);
        let path = after_scheme.split_once('/').map_or("", |(_, path)| path);
        let path = path.split(['?', '#']).next().unwrap_or("").trim_matches('/');
        match decode(path) {
            Some(path) if !path.is_empty() => Base(format!("/{path}/")),
            _ => Base("/".to_owned()),
        }
    }

    /// The path as it stands in an address.
    pub(super) fn encoded(&self) -> String {
        encode(&self.0)
    }

    /// What a target means for a site that stands here; its query is ignored.
    pub(super) fn place(&self, target: &str, site: &dyn Pages) -> Place {
        let path = target.split('?').next().unwrap_or("");
        let Some(path) = decode(path).filter(|path| path.starts_with('/')) else {
            return Place::Malformed;
        };
        let Some(rest) = path.strip_prefix(&self.0) else {
            let above = path == "/" || path.strip_prefix('/') == Some(self.0.trim_matches('/'));
            return if above { Place::Elsewhere(self.encoded()) } else { Place::Nowhere };
        };
        let file = |name: String| Some(Route(name)).filter(|route| site.has(route));
        if rest.is_empty() || rest.ends_with('/') {
            return file(format!("{rest}index.html")).map_or(Place::Nowhere, Place::File);
        }
        if let Some(route) = file(rest.to_owned()).or_else(|| file(format!("{rest}.html"))) {
            return Place::File(route);
        }
        match file(format!("{rest}/index.html")) {
            Some(_) => Place::Elsewhere(format!("{}{}/", self.encoded(), encode(rest))),
            None => Place::Nowhere,
        }
    }
}

impl Base {
    /// Which files a target may mean, whether or not they are there.
    pub(super) fn meant(&self, target: &str) -> Vec<Route> {
        let path = decode(target.split('?').next().unwrap_or(""));
        let Some(rest) = path.as_deref().and_then(|path| path.strip_prefix(&self.0)) else { return Vec::new() };
        let folder = format!("{}/index.html", rest.trim_end_matches('/')).trim_start_matches('/').to_owned();
        [rest.to_owned(), format!("{rest}.html"), folder].map(Route).to_vec()
    }
}

fn encode(path: &str) -> String {
    utf8_percent_encode(path, &KEPT).to_string()
}

/// Strict percent-decoding: every `%` is followed by two hexadecimal digits, the result is UTF-8 without NUL, and an
/// encoded slash does not part folders.
fn decode(path: &str) -> Option<String> {
    let mut bytes = path.bytes();
    let mut decoded = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let high = char::from(bytes.next()?).to_digit(16)?;
        let low = char::from(bytes.next()?).to_digit(16)?;
        let byte = u8::try_from(high * 16 + low).ok()?;
        if matches!(byte, 0 | b'/') {
            return None;
        }
        decoded.push(byte);
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{Artifact, Site};

    fn site(routes: &[&str]) -> Site {
        let artifact = |route: &&str| (Route((*route).to_owned()), Artifact::new(route.as_bytes().to_vec()));
        Site { artifacts: routes.iter().map(artifact).collect() }
    }

    #[test]
    fn addresses_are_read_strictly() {
        let site = site(&["index.html", "adr/index.html", "adr/0001-a b.html", "static/precedent.css", "é.html"]);
        let place = |target| Base::of("").place(target, &site);
        let file = |route: &str| Place::File(Route(route.to_owned()));
        assert_eq!(place("/"), file("index.html"));
        assert_eq!(place("/?x=../../etc/passwd"), file("index.html"));
        assert_eq!(place("/adr/"), file("adr/index.html"));
        assert_eq!(place("/adr"), Place::Elsewhere("/adr/".to_owned()));
        assert_eq!(place("/adr/0001-a%20b"), file("adr/0001-a b.html"));
        assert_eq!(place("/%C3%A9.html"), file("é.html"));
        assert_eq!(place("/static/"), Place::Nowhere);
        assert_eq!(place("//adr"), Place::Nowhere);
        assert_eq!(place("/..%5cx"), Place::Nowhere);
        assert_eq!(place("/adr/../index.html"), Place::Nowhere);
        for malformed in ["", "index.html", "/%", "/%1", "/%zz", "/%00", "/adr%2findex.html", "/%ff"] {
            assert_eq!(place(malformed), Place::Malformed, "{malformed}");
        }
    }

    #[test]
    fn a_site_stands_below_the_path_of_its_address() {
        let site = site(&["index.html", "a/index.html"]);
        let base = Base::of("https://docs.example.org/hand%20book/v1?x");
        assert_eq!(base.encoded(), "/hand%20book/v1/");
        assert_eq!(base.place("/", &site), Place::Elsewhere("/hand%20book/v1/".to_owned()));
        assert_eq!(base.place("/hand%20book/v1", &site), Place::Elsewhere("/hand%20book/v1/".to_owned()));
        assert_eq!(base.place("/hand%20book/v1/a", &site), Place::Elsewhere("/hand%20book/v1/a/".to_owned()));
        assert_eq!(base.place("/hand%20book/v1/", &site), Place::File(Route("index.html".to_owned())));
        assert_eq!(base.place("/a/", &site), Place::Nowhere);
        assert_eq!(Base::of("https://example.org"), Base("/".to_owned()));
    }
}
