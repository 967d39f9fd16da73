//! A site made in memory, and its pages as a reader without a script meets them.

use crate::link::follow;
use precedent::config::Overrides;
use precedent::date::parse_date;
use precedent::page::Route;
use precedent::source::Memory;
use precedent::workspace::{Demand, Drafts, Snapshot, Workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The pages of a site, by address.
pub(crate) struct Published {
    pub(crate) snapshot: Snapshot,
    pub(crate) pages: BTreeMap<String, String>,
}

impl Published {
    /// Publishes some files as of 1 June 2026.
    pub(crate) fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Published {
        let mut workspace = Workspace::new(Arc::new(Memory::of(files)), Overrides::default());
        let today = parse_date("2026-06-01").expect("a day");
        let snapshot = workspace.snapshot(today, Demand::Site(Drafts::Published)).expect("a site");
        let pages = snapshot.site.artifacts.iter().filter(|(route, _)| route.0.ends_with(".html"));
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let pages = pages.map(|(route, artifact)| (route.0.clone(), text(&artifact.bytes))).collect();
        Published { snapshot, pages }
    }

    pub(crate) fn page(&self, address: &str) -> &str {
        self.pages.get(address).unwrap_or_else(|| panic!("no {address} among {:?}", self.pages.keys()))
    }

    /// A list and its later pages.
    pub(crate) fn list(&self, address: &str) -> String {
        let stem = address.strip_suffix(".html").expect("a page");
        let later = (2..).map(|number| format!("{stem}.{number}.html"));
        let pages = std::iter::once(address.to_owned()).chain(later).map_while(|address| self.pages.get(&address));
        pages.map(String::as_str).collect()
    }

    /// Follows every link of every page: each must lead to a file and, where it names one, an anchor. Returns how many there are.
    pub(crate) fn follow_all(&self) -> usize {
        let mut followed = 0;
        for (from, html) in &self.pages {
            for href in ["href", "src", "data-records"].into_iter().flat_map(|name| values(html, name)) {
                if href.starts_with("https://") {
                    continue;
                }
                let (address, anchor) = follow(from, &href);
                let there = self.snapshot.site.artifacts.contains_key(&Route(address.clone()));
                assert!(there, "{href} on {from} leads to {address}, which is not there");
                if let Some(target) = self.pages.get(&address).filter(|_| !anchor.is_empty()) {
                    assert!(values(target, "id").any(|id| id == anchor), "{href} on {from}: no such anchor");
                }
                followed += 1;
            }
        }
        followed
    }

    /// The pages that links lead to from the home page, without any script.
    pub(crate) fn reached(&self) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open = vec!["index.html".to_owned()];
        while let Some(address) = open.pop() {
            let Some((address, html)) = self.pages.get_key_value(&address) else { continue };
            if reached.insert(address.as_str()) {
                open.extend(values(html, "href").map(|href| follow(address, &href).0));
            }
        }
        reached
    }
}

/// The values of an attribute, entities decoded as far as addresses need it.
pub(crate) fn values<'a>(html: &'a str, attribute: &str) -> impl Iterator<Item = String> + 'a {
    let opening = format!(" {attribute}=\"");
    let starts: Vec<usize> = html.match_indices(&opening).map(|(at, _)| at + opening.len()).collect();
    starts.into_iter().map(|at| html[at..].split('"').next().unwrap_or("").replace("&amp;", "&").replace("&#x2F;", "/"))
}

/// The titles in the lines of a list, in their order.
pub(crate) fn titles(html: &str) -> Vec<&str> {
    let parts = html.split("<span class=\"ref-title\">").skip(1);
    parts.map(|part| part.split("</span>").next().unwrap_or("")).collect()
}
