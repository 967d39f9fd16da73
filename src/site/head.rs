//! What pages say of themselves to programs, in their heads.

use super::face::Face;
use crate::config::Config;
use crate::page::{Plan, Route};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a page's head says to programs. Addresses are below the site's root.
#[derive(Debug, Serialize)]
pub(super) struct HeadView<'a> {
    /// `og:type`: `article` for a text, `website` for what leads to texts.
    kind: &'static str,
    /// Whether search engines may list it.
    index: bool,
    /// The page's own Markdown.
    markdown: Option<String>,
    alternates: Vec<&'a AlternateView>,
}

#[derive(Debug, Serialize)]
struct AlternateView {
    media: &'static str,
    title: String,
    href: String,
}

/// The heads of all pages.
pub(super) struct Heads {
    index: bool,
    everywhere: Vec<AlternateView>,
    on_page: BTreeMap<Route, Vec<AlternateView>>,
    texts: BTreeSet<Route>,
}

impl Heads {
    /// The heads of pages of which the texts alone are known: nothing is announced.
    pub(super) fn of_texts(routes: &[Option<Route>], config: &Config) -> Heads {
        Heads {
            index: config.site.index,
            everywhere: Vec::new(),
            on_page: BTreeMap::new(),
            texts: routes.iter().flatten().cloned().collect(),
        }
    }

    /// What the pages of a plan announce.
    pub(super) fn new(plan: &Plan, faces: &[Face], config: &Config) -> Heads {
        let mut heads = Heads::of_texts(&plan.routes, config);
        for face in faces {
            let Some(said) = &face.announced else { continue };
            let view = AlternateView { media: said.media, title: said.title.clone(), href: face.route.href() };
            match &said.page {
                None => heads.everywhere.push(view),
                Some(page) => heads.on_page.entry(page.clone()).or_default().push(view),
            }
        }
        heads
    }

    /// The head of one page, for its template.
    pub(super) fn of(&self, page: &Route) -> HeadView<'_> {
        let is_text = self.texts.contains(page);
        let own = self.on_page.get(page).into_iter().flatten();
        HeadView {
            kind: if is_text && page.0 != "index.html" { "article" } else { "website" },
            index: self.index && page.0 != "404.html",
            markdown: is_text.then(|| page.markdown().href()),
            alternates: own.chain(&self.everywhere).collect(),
        }
    }
}
