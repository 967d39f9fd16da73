//! Where the links of a text lead when it stands alone in a file.

use super::super::link::{Links, Map};
use super::super::route::Route;
use crate::log::Target;
use crate::markdown::{Link, Resolve};
use crate::record::Record;
use crate::text::SourcePath;

/// Pictures as addresses that hold them; `None` where one cannot be had.
pub type Pictures<'a> = &'a dyn Fn(&SourcePath) -> Option<String>;

/// The links of a text in a file of its own: to parts of that file, to the published site where its address is known, or nowhere.
pub(super) struct Alone<'a> {
    map: Map<'a>,
    record: &'a Record,
    position: usize,
    inner: Links<'a>,
    touched: &'a [usize],
    pictures: Pictures<'a>,
}

impl<'a> Alone<'a> {
    /// The links of a record's text; `touched` are the records that the file tells of, too.
    pub(super) fn new(
        map: Map<'a>,
        (position, record): (usize, &'a Record),
        touched: &'a [usize],
        pictures: Pictures<'a>,
    ) -> Alone<'a> {
        // As seen from the site's root, so that its address can be put before what is found.
        let inner = Links::new(map, record, Some(position), &Route(String::new()));
        Alone { map, record, position, inner, touched, pictures }
    }

    fn to(&self, record: Option<usize>, link: Option<Link>) -> Option<Link> {
        let mut link = link?;
        let is_whole = link.class == "external" || link.href.starts_with('#');
        if let Some(at) = record.filter(|record| *record != self.position).and_then(|record| self.place(record)) {
            link.href = format!("#{}", anchor(at));
        } else if !is_whole {
            let base = self.map.config.site.base_url.trim_end_matches('/');
            if base.is_empty() || link.href.is_empty() {
                return None;
            }
            link.href = format!("{base}/{}", link.href);
        }
        Some(link)
    }

    fn place(&self, record: usize) -> Option<usize> {
        self.touched.iter().position(|touched| *touched == record)
    }
}

impl Resolve for Alone<'_> {
    fn link(&self, target: &str) -> Option<Link> {
        let record = match self.map.log.resolve(self.record, target) {
            Target::Record { record, .. } => Some(record),
            _ => None,
        };
        self.to(record, self.inner.link(target))
    }

    fn image(&self, target: &str) -> Option<String> {
        match self.map.log.resolve(self.record, target) {
            Target::Asset(path) => (self.pictures)(&path),
            // Nothing is fetched when the file is opened.
            _ => None,
        }
    }

    fn mention(&self, id: &str) -> Option<Link> {
        self.to(self.map.log.named_by(self.record, id), self.inner.mention(id))
    }
}

/// The anchor of a record that the file tells of.
pub(super) fn anchor(at: usize) -> String {
    format!("page:touched-{}", at + 1)
}
