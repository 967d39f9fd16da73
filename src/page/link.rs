//! Where the links of a text lead on the site.

use super::address::{Addresses, HOME, below_content};
use super::route::{Route, encode_fragment, encode_path};
use super::view::StatusView;
use crate::config::Config;
use crate::date::Date;
use crate::log::{DecisionLog, Target};
use crate::markdown::{Link, Resolve};
use crate::record::Record;
use crate::text::SourcePath;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What the pages of a site know of each other.
#[derive(Clone, Copy)]
pub(super) struct Map<'a> {
    pub(super) log: &'a DecisionLog,
    pub(super) addresses: &'a Addresses,
    pub(super) config: &'a Config,
    /// The day as of which the site is made.
    pub(super) today: Date,
}

/// The links of one text, each looked up once.
pub(super) struct Links<'a> {
    map: Map<'a>,
    record: &'a Record,
    position: Option<usize>,
    root: String,
    targets: BTreeMap<&'a str, Option<Link>>,
}

/// The files that texts with a page link and show.
pub(super) fn linked_assets(map: Map<'_>) -> BTreeSet<SourcePath> {
    let texts = map.log.records().par_iter().enumerate().filter(|(position, _)| map.addresses.of(*position).is_some());
    let assets = texts.flat_map_iter(|(_, record)| {
        // What ends in `.md` leads to a text or nowhere; most links do.
        let targets = targets(record).filter(|target| !target.split('#').next().unwrap_or("").ends_with(".md"));
        targets.filter_map(|target| match map.log.resolve(record, target) {
            Target::Asset(path) if map.log.publishes(&path) => Some(path),
            _ => None,
        })
    });
    assets.collect()
}

/// The targets of a text's links and images as they are written.
fn targets(record: &Record) -> impl Iterator<Item = &String> {
    let images = record.outline.images.iter().map(|image| &image.target.value);
    record.outline.links.iter().map(|link| &link.target.value).chain(images)
}

impl<'a> Links<'a> {
    /// Looks up the links and images of a text that is published at `route`.
    pub(super) fn new(map: Map<'a>, record: &'a Record, position: Option<usize>, route: &Route) -> Links<'a> {
        let mut links = Links { map, record, position, root: route.root(), targets: BTreeMap::new() };
        for target in targets(record) {
            let link = links.lead(map.log.resolve(record, target), target);
            links.targets.insert(target, link);
        }
        links
    }

    fn lead(&self, target: Target, written: &str) -> Option<Link> {
        match target {
            Target::External(address) => {
                Some(Link { href: address, title: String::new(), class: "external".to_owned() })
            }
            Target::Record { record, anchor } => self.to_record(record, anchor.as_deref()),
            Target::Asset(path) => self.map.log.publishes(&path).then(|| {
                let href = format!("{}{}", self.root, encode_path(&below_content(&path, self.map.config)));
                Link { href, title: String::new(), class: String::new() }
            }),
            Target::Missing(path) => self.to_generated(path.as_str(), written),
            Target::Outside | Target::Forbidden(_) => None,
        }
    }

    fn to_record(&self, position: usize, anchor: Option<&str>) -> Option<Link> {
        let record = self.map.log.record(position)?;
        let fragment = anchor.map(|anchor| format!("#{}", encode_fragment(anchor))).unwrap_or_default();
        if self.position == Some(position) && !fragment.is_empty() {
            return Some(Link { href: fragment, title: String::new(), class: String::new() });
        }
        let route = self.map.addresses.of(position)?;
        let href = format!("{}{}{fragment}", self.root, route.href());
        if record.kind.is_chapter() {
            return Some(Link { href, title: String::new(), class: String::new() });
        }
        let status = StatusView::of(record);
        let class = status.as_ref().map_or("unknown", |status| status.decision);
        let class = format!("record {class}");
        let title = match status {
            Some(status) => format!("{} ({})", record.name(), status.label),
            None => record.name(),
        };
        Some(Link { href, title, class })
    }

    /// A page that the site makes itself has no file: `../rules/short-pre-read.md` leads to it all the same.
    fn to_generated(&self, path: &str, written: &str) -> Option<Link> {
        let below = SourcePath::new(path);
        // The content folder itself has the site's home page for its index.
        let home = self.map.config.roots.is_root(path).then(|| Route(HOME.to_owned()));
        let below = below_content(&below, self.map.config);
        let candidates = [Route(below.to_string()), Route::of_text(&below), Route(format!("{below}/index.html"))];
        let route = home.into_iter().chain(candidates).find(|route| self.map.addresses.taken.contains(route))?;
        let fragment = written.split_once('#').map(|(_, fragment)| format!("#{fragment}")).unwrap_or_default();
        let href = format!("{}{}{fragment}", self.root, route.href());
        Some(Link { href, title: String::new(), class: String::new() })
    }

    fn target(&self, written: &str) -> Option<Link> {
        match self.targets.get(written) {
            Some(link) => link.clone(),
            None => self.lead(self.map.log.resolve(self.record, written), written),
        }
    }
}

impl Resolve for Links<'_> {
    fn link(&self, target: &str) -> Option<Link> {
        self.target(target)
    }

    fn image(&self, target: &str) -> Option<String> {
        self.target(target).map(|link| link.href)
    }

    fn mention(&self, id: &str) -> Option<Link> {
        let named = self.map.log.named_by(self.record, id)?;
        if self.position == Some(named) { None } else { self.to_record(named, None) }
    }
}
