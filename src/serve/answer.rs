//! What is answered to a request, from memory alone.

use super::address::{Base, Place};
use super::desk::Desk;
use super::live::{Marks, STATE_PATH, live, policy, script};
use super::media::media_type;
use super::pages::Pages;
use crate::error::Error;
use crate::page::Route;
use crate::site::Artifact;
use crate::text::Digest;
use bytes::Bytes;
use serde_json::{Value, json};
use std::fmt;
use std::path::{MAIN_SEPARATOR, Path};
use std::sync::Arc;

/// The last good site, and where it stands.
pub(super) struct Shelf {
    site: Arc<dyn Pages>,
    base: Base,
    build: String,
    /// The fingerprint of its scripts and style sheets.
    files: String,
}

/// What is shown.
#[derive(Clone, Default)]
pub(super) struct Shown {
    /// The last good site.
    pub(super) shelf: Option<Arc<Shelf>>,
    /// What is to be said of it.
    pub(super) desk: Option<Arc<Desk>>,
    /// Why there is no newer one, where it could not be built.
    pub(super) failure: Option<Arc<str>>,
    /// The project's folder; empty where it has none.
    pub(super) root: Arc<str>,
}

impl Shown {
    /// What went wrong, for whoever sees a page: that need not say where on the machine the project lies.
    pub(super) fn said(&self, error: &Error) -> String {
        let said = error.to_string();
        // The whole disk says nothing, and would be found in every path.
        if Path::new(&*self.root).parent().is_none() {
            return said;
        }
        let (above, named) = (format!("{}{MAIN_SEPARATOR}", self.root), format!("the project {}", self.root));
        said.replace(&above, "").replace(&named, "the project").replace(&*self.root, "the project's folder")
    }

    /// A name for all of it.
    pub(super) fn name(&self) -> String {
        let parts = [
            self.shelf.as_ref().map(|shelf| shelf.build()),
            self.desk.as_ref().map(|desk| desk.name()),
            self.failure.as_deref(),
        ];
        match parts {
            [Some(build), None, None] => build.to_owned(),
            _ => Digest::of(parts.map(|part| part.unwrap_or("")).join("\0").as_bytes()).to_string(),
        }
    }
}

/// A whole answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) media_type: &'static str,
    /// Headers besides those that every answer has.
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Body,
}

/// Bytes, shared with the site where they are served as they stand there.
#[derive(Clone, Debug)]
pub(super) enum Body {
    Shared(Bytes),
    Made(Vec<u8>),
}

impl AsRef<[u8]> for Body {
    fn as_ref(&self) -> &[u8] {
        match self {
            Body::Shared(bytes) => bytes,
            Body::Made(bytes) => bytes,
        }
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf").field("base", &self.base).field("build", &self.build).finish_non_exhaustive()
    }
}

impl Shelf {
    /// A site to be served; `base_url` may be empty.
    pub(super) fn new(site: Arc<dyn Pages>, base_url: &str) -> Shelf {
        let base = Base::of(base_url);
        let build = Digest::of(format!("{}\n{}", site.name(), base.encoded()).as_bytes()).to_string();
        let files = site.dress().to_string();
        Shelf { site, base, build, files }
    }

    /// A name for everything on it: another site, another name.
    pub(super) fn build(&self) -> &str {
        &self.build
    }

    /// Where the site stands below its host.
    pub(super) fn base(&self) -> &Base {
        &self.base
    }
}

/// The answer to a GET of `target`; without a site yet, a page that waits for it.
pub(super) fn answer(target: &str, shown: &Shown) -> Answer {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if let Some(script) = script(path) {
        return made(200, "text/javascript; charset=utf-8", script.as_bytes().to_vec());
    }
    if path == STATE_PATH {
        let state = state(query.strip_prefix("page=").unwrap_or("/"), shown);
        return made(200, "application/json; charset=utf-8", state.to_string().into_bytes());
    }
    let name = shown.name();
    let Some(shelf) = &shown.shelf else {
        let page = page("Not built yet", "<p>The site could not be built yet. This page waits until it can be.</p>");
        return policed(made(503, HTML, live(page.as_bytes(), Marks { build: &name, files: "" })));
    };
    let marks = Marks { build: &name, files: &shelf.files };
    match shelf.base.place(target, shelf.site.as_ref()) {
        Place::File(route) => match shelf.site.artifact(&route) {
            Ok(Some(artifact)) => file(200, &route, &artifact, marks),
            Ok(None) => missing(target, shelf, shown, marks),
            Err(error) => unmade(&shown.said(&error), marks),
        },
        Place::Elsewhere(address) => {
            let mut answer = text(307, "See the other address.\n");
            answer.headers.push(("Location", address));
            answer
        }
        Place::Nowhere => missing(target, shelf, shown, marks),
        Place::Malformed => text(400, "This is not an address.\n"),
    }
}

/// What is to be said of the page at a target.
fn state(target: &str, shown: &Shown) -> Value {
    let place = shown.shelf.as_ref().map(|shelf| shelf.base.place(target, shelf.site.as_ref()));
    let route = match place {
        Some(Place::File(route)) => Some(route),
        _ => None,
    };
    let root = shown.shelf.as_ref().map_or_else(|| "/".to_owned(), |shelf| shelf.base.encoded());
    let state = shown.desk.as_ref().map(|desk| desk.state(route.as_ref(), &root));
    let mut state = state.unwrap_or_else(|| json!({ "findings": [] }));
    if let Value::Object(entries) = &mut state {
        entries.insert("build".to_owned(), json!(shown.name()));
        entries.insert("failure".to_owned(), json!(shown.failure.as_deref()));
    }
    state
}

const HTML: &str = "text/html; charset=utf-8";
const POLICY: &str = "Content-Security-Policy";

/// A page that cannot be made says why, and waits for the next build.
fn unmade(why: &str, marks: Marks<'_>) -> Answer {
    // An open page takes the reason from here, and stays as it is.
    let page = page("This page could not be made", &format!("<pre id=\"unmade\">{}</pre>", escaped(why)));
    policed(made(500, HTML, live(page.as_bytes(), marks)))
}

fn missing(target: &str, shelf: &Shelf, shown: &Shown, marks: Marks<'_>) -> Answer {
    let gone = shown.desk.as_ref().and_then(|desk| gone(target, shelf, desk)).unwrap_or_default();
    match shelf.site.artifact(&Route("404.html".to_owned())) {
        Ok(Some(artifact)) => {
            let page = from_root(&String::from_utf8_lossy(&artifact.bytes), &shelf.base.encoded());
            // After its heading, which says that there is no page; where it has none, at its end.
            let heading = page.find("</h1>").map(|at| at + "</h1>".len());
            let at = heading.or_else(|| page.rfind("</body>")).unwrap_or(page.len());
            let (before, after) = page.split_at(at);
            let page = [before, &gone, after].concat();
            let mut answer = made(404, HTML, live(page.as_bytes(), marks));
            answer.headers.push((POLICY, policy(page.as_bytes())));
            answer
        }
        _ => {
            let page = page("Not found", &format!("<p>There is no such page.</p>{gone}"));
            policed(made(404, HTML, live(page.as_bytes(), marks)))
        }
    }
}

/// Which file was shown at a target and is gone, and where its record stands now, as HTML.
fn gone(target: &str, shelf: &Shelf, desk: &Desk) -> Option<String> {
    let gone = desk.gone(&shelf.base.meant(target))?;
    let mut words = format!("\n<p><code>{}</code> is gone; this was its page.", escaped(gone.path.as_str()));
    if let Some((title, route)) = desk.moved(gone) {
        let address = shelf.base.encoded() + &route.href();
        words += &format!(" Its record is now <a href=\"{}\">{}</a>.", escaped(&address), escaped(&title));
    }
    Some(words + "</p>")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    // Writing to a text does not fail.
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, text);
    escaped
}

/// A page that may stand for any address: what it names from its own place is named from the site's.
fn from_root(page: &str, root: &str) -> String {
    let is_relative = |rest: &str| {
        let first = rest.split(['"', '/', '?', '#']).next().unwrap_or("");
        !rest.starts_with(['/', '#', '"']) && !first.contains(':')
    };
    let mut whole = String::with_capacity(page.len());
    for (at, part) in page.split_inclusive('"').enumerate() {
        let opens = at > 0 && (whole.ends_with(" href=\"") || whole.ends_with(" src=\""));
        if opens && is_relative(part) {
            whole.push_str(root);
        }
        whole.push_str(part);
    }
    whole
}

fn file(status: u16, route: &Route, artifact: &Artifact, marks: Marks<'_>) -> Answer {
    let media_type = media_type(&route.0);
    let body = if media_type == HTML {
        Body::Made(live(&artifact.bytes, marks))
    } else {
        Body::Shared(artifact.bytes.clone())
    };
    let mut headers = Vec::new();
    if media_type.starts_with("image/svg") {
        // A picture opened by itself must not run what it may hold.
        headers.push((POLICY, "sandbox; default-src 'none'; style-src 'unsafe-inline'".to_owned()));
    } else if media_type == HTML {
        headers.push((POLICY, policy(&artifact.bytes)));
    }
    Answer { status, media_type, headers, body }
}

fn text(status: u16, text: &str) -> Answer {
    policed(made(status, "text/plain; charset=utf-8", text.as_bytes().to_vec()))
}

/// What of an answer may be loaded and by whom it may be framed, where it does not say so itself.
pub(super) fn policy_of_file(answer: &Answer) -> Option<(&'static str, &'static str)> {
    let is_silent = answer.headers.iter().all(|(name, _)| *name != POLICY);
    is_silent.then_some((POLICY, "frame-ancestors 'none'"))
}

fn made(status: u16, media_type: &'static str, body: Vec<u8>) -> Answer {
    Answer { status, media_type, headers: Vec::new(), body: Body::Made(body) }
}

/// An answer of our own may load nothing but the script of the preview.
fn policed(mut answer: Answer) -> Answer {
    let policy = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'";
    answer.headers.push((POLICY, policy.to_owned()));
    answer
}

fn page(title: &str, body: &str) -> String {
    let head = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">";
    format!("{head}<title>{title}</title></head>\n<body><h1>{title}</h1>{body}\n</body></html>\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Result;
    use std::io::{self, ErrorKind};

    /// A site of one page, which cannot be made.
    struct Broken(fn() -> Error);

    impl Pages for Broken {
        fn has(&self, route: &Route) -> bool {
            route.0 == "index.html"
        }

        fn artifact(&self, route: &Route) -> Result<Option<Artifact>> {
            if self.has(route) { Err(self.0()) } else { Ok(None) }
        }

        fn name(&self) -> Digest {
            Digest::of(b"")
        }

        fn dress(&self) -> Digest {
            Digest::of(b"")
        }
    }

    #[test]
    fn a_page_that_cannot_be_made_does_not_say_where_the_project_lies() {
        let unreadable = || Error::Io {
            doing: "could not read",
            path: Path::new("/home/anna/log").join("content").join("a<b>.csv"),
            source: io::Error::from(ErrorKind::PermissionDenied),
        };
        let outside = || Error::Refused {
            message: format!("/home/anna/log{MAIN_SEPARATOR}x leads out of the project /home/anna/log; move it inside"),
        };
        for (error, said) in [
            (
                unreadable as fn() -> Error,
                format!("could not read content{MAIN_SEPARATOR}a&lt;b&gt;.csv: permission denied"),
            ),
            (outside, "x leads out of the project; move it inside".to_owned()),
        ] {
            let shelf = Some(Arc::new(Shelf::new(Arc::new(Broken(error)), "")));
            let shown = Shown { shelf, root: Arc::from("/home/anna/log"), ..Shown::default() };
            let answer = answer("/", &shown);
            let body = String::from_utf8_lossy(answer.body.as_ref()).into_owned();
            assert_eq!(answer.status, 500);
            assert!(body.contains(&said) && !body.contains("anna"), "{body}");
        }
        let shown = Shown { root: Arc::from("/"), ..Shown::default() };
        let error = Error::Refused { message: "/content/x leads out of the project; move it inside".to_owned() };
        assert_eq!(shown.said(&error), error.to_string());
    }

    #[test]
    fn a_page_for_any_address_finds_its_files() {
        let page = "<a href=\"log.html\">a</a> <a href=\"#top\"> <a href=\"https://x.example/\"> <a href=\"/b\"> <img src=\"a/b:c.png\" alt=\"d\">";
        let shown = "<a href=\"/h/log.html\">a</a> <a href=\"#top\"> <a href=\"https://x.example/\"> <a href=\"/b\"> <img src=\"/h/a/b:c.png\" alt=\"d\">";
        assert_eq!(from_root(page, "/h/"), shown);
    }
}
