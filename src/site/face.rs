//! A file that the site publishes for programs, and how pages announce it.

use crate::page::Route;

/// A file for programs.
#[derive(Debug)]
pub(super) struct Face {
    /// Where it stands.
    pub(super) route: Route,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// How pages announce it in their head; `None` when programs know where to look.
    pub(super) announced: Option<Announcement>,
    /// Whether a file of the organisation's own takes its place.
    pub(super) yields: bool,
}

/// `<link rel="alternate">`.
#[derive(Debug)]
pub(super) struct Announcement {
    /// The media type.
    pub(super) media: &'static str,
    /// What a reader sees in a list of feeds.
    pub(super) title: String,
    /// The one page that announces it; `None` for every page.
    pub(super) page: Option<Route>,
}

impl Face {
    /// A file that is found by its address.
    pub(super) fn new(route: &str, bytes: impl Into<Vec<u8>>) -> Face {
        Face { route: Route(route.to_owned()), bytes: bytes.into(), announced: None, yields: false }
    }

    /// The same file, announced by pages.
    pub(super) fn announced(mut self, media: &'static str, title: String, page: Option<Route>) -> Face {
        self.announced = Some(Announcement { media, title, page });
        self
    }

    /// The same file, which gives way to one of the organisation's own.
    pub(super) fn yielding(mut self) -> Face {
        self.yields = true;
        self
    }
}
