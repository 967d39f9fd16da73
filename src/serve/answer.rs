//! What is answered to a request, from memory alone.

use super::address::{Base, Place};
use super::live::{SCRIPT, SCRIPT_PATH, live};
use super::media::media_type;
use super::shown::Shown;
use crate::error::Error;
use crate::page::Route;
use crate::site::Artifact;
use crate::text::Digest;
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;

/// The last good site, and where it stands.
pub(super) struct Shelf {
    site: Arc<dyn Shown>,
    base: Base,
    build: String,
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
    pub(super) fn new(site: Arc<dyn Shown>, base_url: &str) -> Shelf {
        let base = Base::of(base_url);
        let build = Digest::of(format!("{}\n{}", site.name(), base.encoded()).as_bytes()).to_string();
        Shelf { site, base, build }
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
pub(super) fn answer(target: &str, shelf: Option<&Shelf>) -> Answer {
    if target.split('?').next() == Some(SCRIPT_PATH) {
        return made(200, "text/javascript; charset=utf-8", SCRIPT.as_bytes().to_vec());
    }
    let Some(shelf) = shelf else {
        let page = page("Not built yet", "The site could not be built yet. The terminal says why; this page waits.");
        return policed(made(503, HTML, live(page.as_bytes(), "")));
    };
    match shelf.base.place(target, shelf.site.as_ref()) {
        Place::File(route) => match shelf.site.artifact(&route) {
            Ok(Some(artifact)) => file(200, &route, &artifact, &shelf.build),
            Ok(None) => missing(shelf),
            Err(error) => unmade(&error, &shelf.build),
        },
        Place::Elsewhere(address) => {
            let mut answer = text(307, "See the other address.\n");
            answer.headers.push(("Location", address));
            answer
        }
        Place::Nowhere => missing(shelf),
        Place::Malformed => text(400, "This is not an address.\n"),
    }
}

const HTML: &str = "text/html; charset=utf-8";

fn missing(shelf: &Shelf) -> Answer {
    let route = Route("404.html".to_owned());
    match shelf.site.artifact(&route) {
        Ok(Some(artifact)) => file(404, &route, &artifact, &shelf.build),
        _ => policed(made(404, HTML, live(page("Not found", "There is no such page.").as_bytes(), &shelf.build))),
    }
}

/// A page that cannot be made says why, and waits for the next build.
fn unmade(error: &Error, build: &str) -> Answer {
    let mut words = String::new();
    // Writing to a text does not fail.
    let _ = pulldown_cmark_escape::escape_html(&mut words, &error.to_string());
    policed(made(500, HTML, live(page("This page could not be made", &words).as_bytes(), build)))
}

fn file(status: u16, route: &Route, artifact: &Artifact, build: &str) -> Answer {
    let media_type = media_type(&route.0);
    let body = if media_type == HTML {
        Body::Made(live(&artifact.bytes, build))
    } else {
        Body::Shared(artifact.bytes.clone())
    };
    let mut headers = Vec::new();
    if media_type.starts_with("image/svg") {
        // A picture opened by itself must not run what it may hold.
        headers.push(("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'".to_owned()));
    }
    Answer { status, media_type, headers, body }
}

fn text(status: u16, text: &str) -> Answer {
    policed(made(status, "text/plain; charset=utf-8", text.as_bytes().to_vec()))
}

fn made(status: u16, media_type: &'static str, body: Vec<u8>) -> Answer {
    Answer { status, media_type, headers: Vec::new(), body: Body::Made(body) }
}

/// An answer of our own may load nothing but the script of the preview.
fn policed(mut answer: Answer) -> Answer {
    let policy = "default-src 'none'; script-src 'self'; connect-src 'self'";
    answer.headers.push(("Content-Security-Policy", policy.to_owned()));
    answer
}

fn page(title: &str, text: &str) -> String {
    let head = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">";
    format!("{head}<title>{title}</title></head>\n<body><h1>{title}</h1><p>{text}</p>\n</body></html>\n")
}
